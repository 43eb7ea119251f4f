import type { Defense } from '../../../contracts/defense.ts';
import { createTextDetector, type InspectText, type TextFinding } from '../../textDetector.ts';
import { clip, type TextPlace } from '../../texts.ts';
import { findCiphers } from './ciphers.ts';
import { findControls } from './controls.ts';
import { findDirections } from './directions.ts';
import { findEncodings } from './encodings.ts';
import { findHomoglyphs } from './homoglyphs.ts';
import { findInvisible } from './invisible.ts';
import { findMarkup } from './markup.ts';

/** Looks for one kind of disguise in a text, in time linear in its length. */
export type Finder = (text: string) => TextFinding | undefined;

/** Of characters that {@link printable} texts do not have. */
const characterFinders: readonly Finder[] = [findInvisible, findDirections, findControls, findHomoglyphs];
const textFinders: readonly Finder[] = [findMarkup, findEncodings, findCiphers];
/** The surest first: the first that finds something speaks. */
const finders: readonly Finder[] = [...characterFinders, ...textFinders];

const printable = /^[\t\n\f\r\x20-\x7e]*$/;

/** A shorter text has no room for a hidden one. */
const shortest = 4;
const shownExcerpt = 300;

const inspect: InspectText = (text, place) => {
  if (text.length < shortest || isMedia(text, place)) return undefined;
  for (const find of printable.test(text) ? textFinders : finders) {
    const found = find(text);
    if (found) return { ...found, excerpt: visible(clip(found.excerpt, shownExcerpt)) };
  }
  return undefined;
};

export const hiddenText: Defense = createTextDetector(
  {
    id: 'hidden-text',
    title: 'Hidden text',
    description:
      'Finds text that a person does not see or cannot read: invisible, direction and look-alike characters, terminal escapes, hidden markup, long encodings.',
    covers: ['tool definitions', 'results', 'errors', 'resources', 'prompts', 'questions', 'notifications'],
    source:
      'Unicode TR 36 and TR 39; "Bad Characters" (arXiv 2106.09898); "Trojan Source" (arXiv 2111.00169); SAFE-T1402',
  },
  inspect,
  { names: true },
);

const base64Only = /^[A-Za-z0-9+/=_\s-]*$/;

/** Images, audio and binary resources, which are base64 by the specification and no text for a reader. */
export function isMedia(text: string, { kind, member, parent }: TextPlace): boolean {
  if (kind !== 'value' || (member !== 'data' && member !== 'blob') || parent === undefined) return false;
  const { mimeType } = parent as { readonly mimeType?: unknown };
  return typeof mimeType === 'string' && !mimeType.startsWith('text/') && base64Only.test(text);
}

/** What a person would not see, as escapes. */
function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
