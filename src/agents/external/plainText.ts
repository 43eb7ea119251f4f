const controlEscape = '\u001b';
const bell = '\u0007';

/** What a program has printed, without colors, titles and other orders to a terminal; in one pass. */
export function plainText(printed: string): string {
  let text = '';
  for (let at = 0; at < printed.length; at++) {
    const character = printed.charAt(at);
    if (character === controlEscape) at = endOfSequence(printed, at);
    else if (character >= ' ' || character === '\n' || character === '\t') text += character;
  }
  return text.trim();
}

/** The place of the last character of the escape sequence that begins at `start` (ECMA-48). */
function endOfSequence(text: string, start: number): number {
  const kind = text.charAt(start + 1);
  if (kind === '[') {
    let at = start + 2;
    while (at < text.length && !isFinal(text.charCodeAt(at))) at++;
    return at;
  }
  if (kind !== ']') return start + 1;
  for (let at = start + 2; at < text.length; at++) {
    if (text.charAt(at) === bell) return at;
    if (text.charAt(at) === controlEscape) return at + 1;
  }
  return text.length;
}

function isFinal(code: number): boolean {
  return code >= 0x40 && code <= 0x7e;
}
