import type { JsonObject } from '../../contracts/json.ts';
import { firstJsonObject } from '../../contracts/jsonText.ts';

/** What a turn in the text protocol comes to. */
export type Step =
  | {
      readonly kind: 'action';
      readonly tool: string;
      readonly arguments: JsonObject;
      /** The turn up to the end of its action; what follows is made up. */
      readonly said: string;
    }
  | { readonly kind: 'answer'; readonly text: string }
  /** `what` is said to the model. */
  | { readonly kind: 'unreadable'; readonly what: string };

/** Longest turn that is read. */
const maxLength = 100_000;

/**
 * The first action or answer of a turn. Tolerates what models do: other letter case, Markdown or numbers at labels,
 * arguments on lines of their own, and whatever they make up afterwards. Takes time linear in the turn's length.
 */
export function readStep(turn: string): Step {
  const text = turn.slice(0, maxLength);
  const sections = sectionsOf(text);
  const first = sections.findIndex(({ label }) => label !== 'thought' && label !== 'action input');
  const section = sections[first];
  if (section?.label === 'action') return readAction(text, section, sections[first + 1]);
  if (section?.label === 'answer' || section?.label === 'final answer') {
    // An answer may hold lines that look like labels; only an observation cannot be part of it.
    const madeUp = sections.find(({ label, start }) => label === 'observation' && start > section.start);
    return { kind: 'answer', text: text.slice(section.from, madeUp?.start).trim() };
  }
  return { kind: 'unreadable', what: 'There was neither an Action nor an Answer' };
}

function readAction(text: string, action: Section, next: Section | undefined): Step {
  const input = next?.label === 'action input' ? next : undefined;
  const body = text.slice(action.from, action.to).trimStart();
  const nameEnd = body.search(/[[({:\s]/);
  const tool = (nameEnd < 0 ? body : body.slice(0, nameEnd)).replace(/[`*"']/g, '');
  if (tool === '') return { kind: 'unreadable', what: 'The Action names no tool' };
  const given = `${nameEnd < 0 ? '' : body.slice(nameEnd)}${input ? text.slice(input.from, input.to) : ''}`;
  const said = text.slice(0, (input ?? action).to).trimEnd();
  const args = firstJsonObject(given);
  if (args) return { kind: 'action', tool, arguments: args, said };
  if (/[^[\](){}:`\s]/.test(given))
    return { kind: 'unreadable', what: `The arguments of ${tool.slice(0, 80)} are no JSON object` };
  return { kind: 'action', tool, arguments: {}, said };
}

const labels = ['thought', 'action', 'action input', 'observation', 'answer', 'final answer'] as const;
type Label = (typeof labels)[number];

/** A part of a turn that a label begins; `from` and `to` enclose what follows the label. */
interface Section {
  readonly label: Label;
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

function sectionsOf(text: string): Section[] {
  const heads: Omit<Section, 'to'>[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const head = headOf(text, start);
    if (head) heads.push(head);
    start = newline < 0 ? text.length : newline + 1;
  }
  return heads.map((head, place) => ({ ...head, to: heads[place + 1]?.start ?? text.length }));
}

/** Longest label with its decoration. */
const maxHead = 40;

function headOf(text: string, start: number): Omit<Section, 'to'> | undefined {
  const line = text.slice(start, start + maxHead);
  const colon = line.indexOf(':');
  if (colon < 0) return undefined;
  const word = line
    .slice(0, colon)
    .replace(/[*_`#>0-9-]/g, '')
    .trim()
    .toLowerCase();
  const label = labels.find((each) => each === word);
  if (!label) return undefined;
  // Bold labels close after the colon: `**Action:** tool[...]`.
  const closing = line.startsWith('**', colon + 1) ? 2 : 0;
  return { label, start, from: start + colon + 1 + closing };
}
