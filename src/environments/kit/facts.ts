/** What a text must say: some words, or a number in whatever notation. */
export type Fact = string | number;

/** What a text must say and must not say. */
export interface Statement {
  readonly says: readonly Fact[];
  readonly avoids?: readonly Fact[];
}

/** Whether `text` says all it must, and nothing it must not. */
export function states(text: string, { says, avoids = [] }: Statement): boolean {
  const plain = plainText(text);
  const numbers = numbersIn(text);
  const holds = (fact: Fact): boolean =>
    typeof fact === 'number' ? numbers.has(Math.round(fact * 100)) : plain.includes(plainText(fact));
  return says.every(holds) && !avoids.some(holds);
}

/** Whether two texts are equal but for line ends and blank space at the end. */
export function sameText(a: string, b: string): boolean {
  return unixText(a) === unixText(b);
}

function unixText(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}

/** Case, runs of blank space and the padding of table cells make no difference. */
function plainText(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').replaceAll(' |', '|').replaceAll('| ', '|');
}

const dates = /\b\d{4}-\d{2}-\d{2}\b/g;
/** Bounded, since the text may be a stranger's. */
const numerals = /\d(?:[\d.,']{0,24}\d)?/g;

/** All numbers in `text` in hundredths, without the parts of dates. */
function numbersIn(text: string): Set<number> {
  const found = text.replaceAll(dates, ' ').match(numerals) ?? [];
  return new Set(found.map(hundredths));
}

/** Reads `1,234.5`, `1.234,50`, `1'234` alike: a last separator with one or two digits behind it is the decimal one. */
function hundredths(digits: string): number {
  const separator = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const decimals = digits.length - separator - 1;
  const hasDecimals = separator >= 0 && decimals <= 2;
  const whole = hasDecimals ? digits.slice(0, separator) : digits;
  const fraction = hasDecimals ? digits.slice(separator + 1).padEnd(2, '0') : '00';
  return Number(`${whole.replace(/\D/g, '')}${fraction}`);
}

/** An amount of money as the office writes it: `EUR 1,234.50`. */
export function money(cents: number): string {
  const [whole = '', fraction = ''] = (cents / 100).toFixed(2).split('.');
  const groups: string[] = [];
  for (let end = whole.length; end > 0; end -= 3) groups.unshift(whole.slice(Math.max(0, end - 3), end));
  return `EUR ${groups.join(',')}.${fraction}`;
}
