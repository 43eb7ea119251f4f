/** What a chore asks for, in the words of names: `mug` stands for any of mug 1, mug 2, ... */
export interface Aim {
  readonly object: string;
  /** How many objects have to be in one and the same receptacle. */
  readonly count: 1 | 2;
  /** Where to; absent when the object is to be examined under a lamp. */
  readonly receptacle?: string;
  readonly lamp?: string;
  readonly treatment?: Treatment;
  readonly sliced?: boolean;
  /** Everything has to be closed at the end. */
  readonly tidy?: boolean;
}

export type Treatment = 'clean' | 'heat' | 'cool';

/** The kind of a thing by its name: `mug 12` is a mug. */
export function kindOf(name: string): string {
  return name.replace(/ \d+$/, '');
}
