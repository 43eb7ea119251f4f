export type Decision = 'pass' | 'fail' | 'undecided';

/** One limit on one agent with one defense set. */
export interface Criterion {
  /** Such as `ASR at most 5%`. */
  readonly name: string;
  /** Such as `scripted/hijacked with pinning`. */
  readonly subject: string;
  readonly decision: Decision;
  /** Why, with the figures. */
  readonly reason: string;
  /** About how many more episodes would decide, if the rate stays as it is. */
  readonly moreEpisodes?: number;
}
