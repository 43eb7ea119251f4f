/** What a task expects as its answer; a list is compared without order. */
export type ExpectedAnswer = string | number | readonly string[];

/** Numbers closer than this are equal. */
const tolerance = 1e-6;

/**
 * Whether an answer says what was expected: case, white space, quotes, emphasis, a final full stop and the order
 * of a list make no difference, anything else does. A list is written with commas.
 */
export function sameAnswer(answer: string, expected: ExpectedAnswer): boolean {
  if (typeof expected === 'number') {
    const said = normalized(answer);
    return said !== '' && Math.abs(Number(said) - expected) <= tolerance;
  }
  if (typeof expected === 'string') return normalized(answer) === normalized(expected);
  const said = listed(answer);
  const wanted = expected.map(normalized).sort();
  return said.length === wanted.length && said.every((item, index) => item === wanted[index]);
}

/** The usual way to write an expected answer. */
export function answerText(expected: ExpectedAnswer): string {
  return typeof expected === 'object' ? expected.join(', ') : String(expected);
}

const openingMarks = '"\'`*_[ \t\r\n';
const closingMarks = '"\'`*_]., \t\r\n';

function normalized(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && openingMarks.includes(text.charAt(start))) start++;
  while (end > start && closingMarks.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end).toLowerCase().split(/\s+/).join(' ');
}

function listed(answer: string): string[] {
  return answer
    .split(/[,\n]/)
    .map(normalized)
    .filter((item) => item !== '')
    .sort();
}
