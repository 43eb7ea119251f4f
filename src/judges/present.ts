import { createHash } from 'node:crypto';

/** Characters of a text that a judge reads; of a longer one the beginning and the end. */
const mostShown = 12_000;

/**
 * A text as a judge may read it without taking orders from it: between two lines that hold a digest of the text, which
 * the text itself cannot hold, and cut to a length that fits a model's window.
 */
export function fenced(name: string, text: string): string {
  const line = `${name} ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  return `<<< ${line}\n${shortened(text)}\n>>> ${line}`;
}

function shortened(text: string): string {
  if (text.length <= mostShown) return text;
  const half = mostShown / 2;
  const left = text.length - mostShown;
  return `${text.slice(0, half)}\n[... ${left} characters left out ...]\n${text.slice(-half)}`;
}
