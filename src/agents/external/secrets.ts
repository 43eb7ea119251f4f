import type { Tail } from '../../protocol/child.ts';

/** Values that nobody is to read. */
export interface Secrets {
  /** A text with `[redacted]` in their place. */
  hide(text: string): string;
  /** The same for the end of a text, which may begin in the middle of one. */
  hideInTail(tail: Tail): string;
}

/** Shorter ones would be found by chance. */
const shortest = 8;
/** Characters that may stand for the one that was cut. */
const remains = 3;

export function isSecret(value: string): boolean {
  return value.length >= shortest;
}

export function createSecrets(values: readonly string[]): Secrets {
  // Long ones first: one may begin another.
  const secrets = values.filter(isSecret).sort((one, other) => other.length - one.length);
  const hide = (text: string): string =>
    secrets.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text);
  const longest = secrets[0]?.length;
  return {
    hide,
    hideInTail({ text, isCut }) {
      const hidden = hide(text);
      return isCut && longest !== undefined ? hidden.slice(longest + remains) : hidden;
    },
  };
}
