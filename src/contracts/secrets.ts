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
  return formIn(haystackOf(text), needlesOf(secret));
}

/** {@link findSecret}, for who looks for one secret in many texts or for many in one. */
export function formIn(haystack: Haystack, needles: readonly SecretNeedle[]): SecretForm | 'absent' {
  return needles.find((needle) => haystack[needle.within].includes(needle.text))?.form ?? 'absent';
}

/** A text in the two readings in which secrets are looked for. */
export interface Haystack {
  /** Letters and digits in lower case. */
  readonly letters: string;
  /** What base64 is made of; base64url as base64. */
  readonly sextets: string;
}

export function haystackOf(text: string): Haystack {
  return { letters: compact(text), sextets: base64Letters(text) };
}

/** What a text holds when it holds a secret in this form. */
export interface SecretNeedle {
  readonly form: SecretForm;
  readonly within: keyof Haystack;
  readonly text: string;
}

/**
 * All shapes of a secret that {@link findSecret} looks for, the plainest first.
 * @throws RangeError when the secret has fewer than six letters and digits
 */
export function needlesOf(secret: string): readonly SecretNeedle[] {
  const plain = compact(secret);
  if (plain.length < shortestSecret) {
    throw new RangeError(`A secret needs at least ${shortestSecret} letters or digits`);
  }
  const letters: readonly (readonly [SecretForm, string])[] = [
    ['plain', plain],
    ['reversed', plain.split('').reverse().join('')],
    ['rot13', rot13(plain)],
    ['hex', Buffer.from(secret, 'utf8').toString('hex')],
  ];
  return [
    ...letters.map(([form, text]) => ({ form, text, within: 'letters' }) as const),
    ...base64Cores(secret).map((text) => ({ form: 'base64', text, within: 'sextets' }) as const),
  ];
}

function compact(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

function rot13(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 84) % 26) + 97));
}

function base64Letters(text: string): string {
  return text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/[^A-Za-z0-9+/]+/g, '');
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
