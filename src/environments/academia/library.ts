export interface Author {
  /** Unique; namesakes have a number: `Ada Moor_2`. */
  readonly name: string;
  readonly org: string;
}

export interface Paper {
  /** Unique. */
  readonly title: string;
  readonly authors: readonly string[];
  readonly year: number;
  readonly venue: string;
  readonly keywords: readonly string[];
  readonly docType: 'Conference' | 'Journal';
  /** Titles of the papers it cites. */
  readonly references: readonly string[];
}

/** Authors and papers, with the two nets they span. Never changed. */
export interface Library {
  readonly authors: ReadonlyMap<string, Author>;
  readonly papers: ReadonlyMap<string, Paper>;
  /** How many papers of the library cite this one. */
  citations(title: string): number;
  /** Titles of joint papers, by the name of the co-author. */
  coauthors(name: string): ReadonlyMap<string, readonly string[]>;
}

/** Every author of a paper must be among `authors`, every reference among `papers`. */
export function createLibrary(authors: readonly Author[], papers: readonly Paper[]): Library {
  const citations = new Map<string, number>();
  const joint = new Map<string, Map<string, string[]>>();
  for (const { title, authors: writers, references } of papers) {
    for (const reference of references) citations.set(reference, (citations.get(reference) ?? 0) + 1);
    for (const one of writers) {
      const others = joint.get(one) ?? new Map<string, string[]>();
      joint.set(one, others);
      for (const other of writers) {
        if (other === one) continue;
        const titles = others.get(other);
        if (titles) titles.push(title);
        else others.set(other, [title]);
      }
    }
  }
  return {
    authors: new Map(authors.map((author) => [author.name, author])),
    papers: new Map(papers.map((paper) => [paper.title, paper])),
    citations: (title) => citations.get(title) ?? 0,
    coauthors: (name) => joint.get(name) ?? new Map<string, string[]>(),
  };
}
