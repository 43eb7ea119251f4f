/** An honest text, or an honest text with a payload in it; several strings where the payload is split. */
export interface Example {
  /** Where the honest part comes from: an environment, a family of ordinary texts, a package. */
  readonly source: string;
  readonly strings: readonly ExampleString[];
  /** Absent: honest. */
  readonly attack?: ExampleAttack;
}

export interface ExampleString {
  readonly text: string;
  /** Where the payload stands in `text`; absent in honest ones. */
  readonly payload?: { readonly from: number; readonly to: number };
}

export interface ExampleAttack {
  readonly carrier: string;
  readonly goal: string;
  /** How the payload stands among honest text. */
  readonly setting: Setting;
}

/** Settings of a payload that may stand anywhere. */
export const freeSettings = ['alone', 'after', 'between', 'scattered'] as const;
type FreeSetting = (typeof freeSettings)[number];
/** `blended`: the carrier works the payload into the text. `in parts`: in several strings. */
export type Setting = FreeSetting | 'blended' | 'in parts';

/** An honest example of one string. */
export function honest(source: string, text: string): Example {
  return { source, strings: [{ text }] };
}
