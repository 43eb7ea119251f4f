import { safeLines } from '../text.ts';

/** Longest text from outside that one place of a page takes. */
const maxText = 20_000;

/** Markup that is safe to stand in a page. Only `html` and the chart writer make it. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text is escaped, markup and lists of it are not; undefined leaves no trace. */
export type Child = Markup | string | number | undefined | readonly Child[];

/** The one way in which text gets into a page, into elements and into quoted attributes alike. */
export function html(strings: TemplateStringsArray, ...children: readonly Child[]): Markup {
  return new Markup(strings.map((literal, index) => literal + rendered(children[index])).join(''));
}

function rendered(child: Child): string {
  if (child === undefined) return '';
  if (child instanceof Markup) return child.text;
  return typeof child === 'object' ? child.map(rendered).join('') : escaped(String(child));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Controls, invisible and direction characters become visible, then nothing in the text can be markup. */
export function escaped(text: string): string {
  return safeLines(text, maxText).replace(/[&<>"'`]/g, (character) => entities[character] ?? '');
}
