/** Longest address that is looked at. */
const maxAddress = 2000;

/** The origin of an https address without user name and password; undefined for everything else. */
export function httpsOrigin(address: string): string | undefined {
  if (address.length > maxAddress || !URL.canParse(address)) return undefined;
  const { protocol, origin, username, password } = new URL(address);
  return protocol === 'https:' && username === '' && password === '' ? origin : undefined;
}
