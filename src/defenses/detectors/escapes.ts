/** A text with the escapes of JSON in it undone: data is often written out as JSON inside a text. */
export function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9a-f]{4})|([nrtbf"\\/]))/gi, (_, code?: string, letter?: string) => {
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    return letter === undefined || /[nrtbf]/i.test(letter) ? '\n' : letter;
  });
}
