/** The text that these hexadecimal UTF-8 bytes write. */
export function asText(hex: string): string {
  return Buffer.from(hex, 'hex').toString('utf8');
}

/** The character of a decimal number; `whole` when there is none. */
export function numericEntity(whole: string, digits: string): string {
  const code = Number(digits);
  return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
