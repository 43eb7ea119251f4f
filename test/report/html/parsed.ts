import { parseHTML } from 'linkedom';

/** As much of the DOM as tests look at; the compiler knows no browser. */
export interface Parsed {
  readonly id: string;
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Parsed | null;
  querySelectorAll(selector: string): Iterable<Parsed>;
}

export function parsed(page: string): Parsed {
  const window: unknown = parseHTML(page);
  const { document } = window as { readonly document: { readonly documentElement: Parsed } };
  return document.documentElement;
}
