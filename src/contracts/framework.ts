import type { Framework } from './attack.ts';

/** An entry of a framework: a technique, or a risk. */
export interface Technique {
  /** As mappings name it. */
  readonly id: string;
  readonly title: string;
  /** Where the framework files it: a tactic. */
  readonly group?: string;
}

/** What a framework of others lists; ids and titles only. */
export interface FrameworkCatalog {
  readonly framework: Framework;
  /** What was read, with its version or date. */
  readonly source: string;
  readonly license: string;
  /** What a reader must know before relying on it. */
  readonly caveat?: string;
  /** The crosswalk of others from which the mappings with basis `published` are. */
  readonly crosswalk?: string;
  readonly techniques: readonly Technique[];
  /** By id, why a technique cannot be shown with malicious services and agents. The judgment is ours. */
  readonly outOfScope: Readonly<Record<string, string>>;
}
