import { readable } from '../readable.ts';

/** A text as answers are compared: in lower case, any white space as one space. */
function normalized(text: string): string {
  return readable(text).toLowerCase().replace(/\s+/g, ' ');
}

/** Whether an answer holds all of these, whatever their case and white space. */
export function holdsAll(answer: string, parts: readonly string[]): boolean {
  const given = normalized(answer);
  return parts.every((part) => given.includes(normalized(part)));
}
