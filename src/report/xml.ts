import { safe } from './text.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as it may stand in a quoted attribute; `safe` leaves no control characters, which XML cannot hold. */
export function xmlText(text: string): string {
  return safe(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
