/**
 * JSON text that strict readers take. Half of a surrogate pair, which a stranger may have sent and UTF-8 cannot hold,
 * becomes U+FFFD, in keys too.
 */
export function strictJson(value: object): string {
  // JSON.stringify escapes halves, and only halves, as \ud800 to \udfff; other escapes are passed over as a whole.
  return JSON.stringify(value).replace(/\\(?:u(d[89a-f][0-9a-f]{2})|.)/g, (escaped, half?: string) =>
    half === undefined ? escaped : '\\ufffd',
  );
}
