/** Shorter texts are copied faster one by one; so are all where numbers are stored with the high byte first. */
const fewest = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 32 : Number.POSITIVE_INFINITY;

/** Reused from text to text, as long as the longest so far. */
let scratch = createScratch(1 << 14);
/** One defense after the other reads the same text, so it is copied once. */
let latest: { readonly text: string; readonly codes: Uint16Array } = { text: '', codes: scratch.codes };

function createScratch(length: number): { readonly codes: Uint16Array; readonly bytes: Buffer } {
  const codes = new Uint16Array(length);
  return { codes, bytes: Buffer.from(codes.buffer) };
}

/**
 * What `charCodeAt` tells of each character of `text`, for who looks at all of them several times as fast. Not to be
 * changed, and good until the next call.
 */
export function codesOf(text: string): Uint16Array {
  const { length } = text;
  if (length < fewest) return copied(text);
  if (text === latest.text) return latest.codes;
  if (scratch.codes.length < length) scratch = createScratch(length);
  scratch.bytes.write(text, 'utf16le');
  latest = { text, codes: scratch.codes.subarray(0, length) };
  return latest.codes;
}

function copied(text: string): Uint16Array {
  const codes = new Uint16Array(text.length);
  for (let at = 0; at < codes.length; at++) codes[at] = text.charCodeAt(at);
  return codes;
}
