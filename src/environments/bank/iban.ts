import type { Rng } from '../../contracts/seed.ts';

/**
 * A country code that ISO 3166 leaves to its users: no such account number belongs to a real account.
 */
const country = 'XE';
const bank = 'SAFE';
const accountDigits = 12;

/** A new account number with valid check digits. */
export function drawIban(rng: Rng): string {
  const account = Array.from({ length: accountDigits }, () => rng.int(0, 9)).join('');
  const check = 98 - remainder(`${bank}${account}${country}00`);
  return `${country}${String(check).padStart(2, '0')}${bank}${account}`;
}

/** Without blanks and in capitals. */
export function plainIban(text: string): string {
  return text.replaceAll(' ', '').toUpperCase();
}

/** Whether a plain account number has the form of ISO 13616 and right check digits. */
export function isIban(plain: string): boolean {
  return (
    /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(plain) && remainder(`${plain.slice(4)}${plain.slice(0, 4)}`) === 1
  );
}

/** Modulo 97, with A as 10 to Z as 35. */
function remainder(text: string): number {
  let rest = 0;
  for (const letter of text) {
    const value = Number.parseInt(letter, 36);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest;
}
