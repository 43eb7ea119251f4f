import { formsOf } from './payload.ts';
import { type Paint, safe } from './text.ts';

/** How excerpts are written. */
export interface Pen {
  readonly width: number;
  readonly paint: Paint;
  /** Lines that one text takes at most. */
  readonly maxLines: number;
  /** The payloads of the episode's attacks, marked where they stand. */
  readonly payloads: readonly string[];
}

const indent = 15;
const [open, close] = ['>>', '<<'];

/** A labeled text in lines of the pen's width; of a long one the beginning, or the part around the payload. */
export function excerpt(label: string, text: string, pen: Pen): string[] {
  if (text === '') return [];
  const head = label === '' ? '' : `${safe(label, 40)}: `;
  const room = pen.width - indent;
  const capacity = room * pen.maxLines - head.length - 6;
  const { before, payload, after } = split(safe(text, Number.POSITIVE_INFINITY), pen.payloads);
  const lead = payload === '' ? before.length : Math.max(0, capacity - payload.length - open.length * 2) >> 1;
  const cut = before.length > lead ? `...${before.slice(before.length - lead)}` : before;
  const marked = payload === '' ? '' : `${open}${payload}${close}`;
  const whole = `${head}${cut}${marked}${after}`;
  const shown =
    whole.length > capacity + head.length + 3 ? `${whole.slice(0, capacity + head.length)}...` : whole;
  const start = head.length + cut.length;
  return layOut(shown, { from: start, to: start + marked.length }, room, pen.paint);
}

interface Split {
  readonly before: string;
  readonly payload: string;
  readonly after: string;
}

/** The text around the first place of a payload, which may stand there as JSON. */
function split(text: string, payloads: readonly string[]): Split {
  const needle = shownForms(payloads).find((form) => text.includes(form));
  if (needle === undefined) return { before: text, payload: '', after: '' };
  const at = text.indexOf(needle);
  return { before: text.slice(0, at), payload: needle, after: text.slice(at + needle.length) };
}

/** Whether one of the payloads stands whole in a text. */
export function holdsPayload(text: string, payloads: readonly string[]): boolean {
  const shown = safe(text, Number.POSITIVE_INFINITY);
  return shownForms(payloads).some((form) => shown.includes(form));
}

function shownForms(payloads: readonly string[]): string[] {
  return payloads.flatMap(formsOf).map((form) => safe(form, Number.POSITIVE_INFINITY));
}

/** Lines of `room` characters, painted where the range is. */
function layOut(
  text: string,
  range: { readonly from: number; readonly to: number },
  room: number,
  paint: Paint,
): string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += room) {
    const line = text.slice(at, at + room);
    const [from, to] = [range.from - at, range.to - at].map((place) =>
      Math.min(Math.max(place, 0), line.length),
    );
    const painted = `${line.slice(0, from)}${paint('red', line.slice(from, to))}${line.slice(to)}`;
    lines.push(`${' '.repeat(indent)}${painted}`);
  }
  return lines;
}
