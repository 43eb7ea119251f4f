/** Characters that are looked at; more than any model's context holds. */
const longestText = 2_000_000;

/** Normalizing takes quadratic time in runs of combining marks, so long runs are cut (Unicode, Stream-Safe Text). */
const longMarkRun = /([\p{M}\uFF9E\uFF9F]{30})[\p{M}\uFF9E\uFF9F]+/gu;
const invisible = /\p{Default_Ignorable_Code_Point}/gu;
const asciiOnly = /^\p{ASCII}*$/u;

/** The text as a reader takes it: compatibility forms and widths folded (NFKC), invisible characters gone. */
export function readable(text: string): string {
  const start = text.slice(0, longestText);
  if (asciiOnly.test(start)) return start;
  return start.replace(invisible, '').replace(longMarkRun, '$1').normalize('NFKC').slice(0, longestText);
}

const jsonEscape = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g;
const escaped: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The text with the escapes of JSON strings undone (RFC 8259): results often are JSON, and readers see through it. */
export function unescapeJson(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(jsonEscape, (_, code: string | undefined, letter: string | undefined) =>
    code === undefined
      ? (escaped[letter ?? ''] ?? letter ?? '')
      : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** The shortest run of letters that is tried. */
const shortestRun = 24;
/** Letters of base64, base64url or hex; line breaks inside are allowed. Its minimum is {@link shortestRun}. */
const encodedRun = /[\w+/-]{24,}(?:\r?\n[\w+/-]+)*={0,2}/g;
const hexStart = /^(?:[0-9a-f]{2})+/i;
const unprintable = /(?![\t\r\n])[\p{Cc}\uFFFD]/gu;

/** The text with every run of base64 or hex replaced by what it says, where that is text. */
export function decodeRuns(text: string): string {
  if (!hasRun(text)) return text;
  return text.replace(encodedRun, (run) => {
    const decoded = decode(run.replace(/[\r\n]/g, ''));
    const noise = decoded.match(unprintable)?.length ?? 0;
    return noise * 10 > decoded.length ? run : decoded;
  });
}

/** A word on the next line may have been taken for the end of the run; after hex it can be told apart. */
function decode(letters: string): string {
  const hex = hexStart.exec(letters)?.[0] ?? '';
  if (hex.length < shortestRun) return Buffer.from(letters, 'base64').toString('utf8');
  return `${Buffer.from(hex, 'hex').toString('utf8')} ${letters.slice(hex.length)}`;
}

const isEncodingLetter = Uint8Array.from({ length: 128 }, (_, code) =>
  /[\w+/-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Whether there is anything to decode; several times faster than the pattern, and this runs on every text. */
function hasRun(text: string): boolean {
  let run = 0;
  for (let at = 0; at < text.length && run < shortestRun; at++) {
    run = isEncodingLetter[text.charCodeAt(at)] === 1 ? run + 1 : 0;
  }
  return run >= shortestRun;
}

export function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const first = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
}

export function reverse(text: string): string {
  return Array.from(text).reverse().join('');
}
