/** The shape in which a secret stands in a text. */
export type SecretForm = 'plain' | 'reversed' | 'rot13' | 'hex' | 'base64';

/** Fewer letters and digits than this would be found by chance. */
const shortestSecret = 6;

/**
 * Finds a secret in a text, plainly or in one plain encoding: reversed, rot13, hex, base64 (also base64url, and
 * as part of a longer encoded text). Letter case (except in base64), spaces and punctuation between the letters
 * make no difference, so a secret that was split and joined again is found.
 * @throws RangeError when the secret has fewer than six letters and digits
 */
export function findSecret(text: string, secret: string): SecretForm | 'absent' {
  const plain = compact(secret);
  if (plain.length < shortestSecret) {
    throw new RangeError(`A secret needs at least ${shortestSecret} letters or digits`);
  }
  const haystack = compact(text);
  const needles: readonly (readonly [SecretForm, string])[] = [
    ['plain', plain],
    ['reversed', plain.split('').reverse().join('')],
    ['rot13', rot13(plain)],
    ['hex', Buffer.from(secret, 'utf8').toString('hex')],
  ];
  const found = needles.find(([, needle]) => haystack.includes(needle));
  if (found) return found[0];
  const sextets = base64Letters(text);
  return base64Cores(secret).some((core) => sextets.includes(core)) ? 'base64' : 'absent';
}

function compact(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function rot13(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 84) % 26) + 97));
}

function base64Letters(text: string): string {
  return text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[^A-Za-z0-9+/]/g, '');
}

/** The letters that depend on the secret alone, for each of the three places a byte can have in base64. */
function base64Cores(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const firstWhole = Math.ceil((offset * 8) / 6);
    const endOfWhole = Math.floor(((offset + bytes.length) * 8) / 6);
    return encoded.slice(firstWhole, endOfWhole);
  });
}
