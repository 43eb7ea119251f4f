import type { Day } from './atlas.ts';
import type { When } from './calendar.ts';

/** Where: the user's own city, or a place by name. */
export type Site = { readonly by: 'here' } | { readonly by: 'name'; readonly name: string };

/** `range` is the highest less the lowest temperature of a day, `water` rain and snow together. */
export type Measure = 'mean' | 'max' | 'min' | 'range' | 'rain' | 'snow' | 'water' | 'air';

/** How the days of a span become one number. */
export type Fold = 'mean' | 'total' | 'highest' | 'lowest';

/** One number: a measure at a place over days. */
export interface Amount {
  readonly measure: Measure;
  readonly site: Site;
  readonly when: When;
  readonly fold: Fold;
}

/** What a day must be like; `than` compares two measures of the day. */
export type Condition =
  | { readonly measure: Measure; readonly is: 'above' | 'below' | 'at'; readonly value: number }
  | { readonly measure: Measure; readonly is: 'above'; readonly than: Measure };

/** Factors by which answers are given in another unit; Fahrenheit also adds 32. */
export const units = { plain: 1, fahrenheit: 1.8, inches: 1 / 25.4, 'inches of snow': 1 / 2.54 } as const;
export type Unit = keyof typeof units;

/** Days that are looked at, and what they must be like. */
export interface Hunt {
  readonly site: Site;
  readonly when: When;
  readonly conditions: readonly Condition[];
}

/** Words for more, less and the same. */
export type Words = readonly [more: string, less: string, same: string];

/** A question about the weather. Numbers are rounded to `digits` where the question says so. */
export type Query =
  | { readonly kind: 'amount'; readonly of: Amount; readonly unit: Unit; readonly digits?: number }
  /** `parts` by `parts`, the first less the second; without sign when `absolute`. */
  | {
      readonly kind: 'difference';
      readonly parts: readonly [Amount, Amount];
      readonly absolute: boolean;
      readonly digits?: number;
    }
  /** Whether the first exceeds the second by more than `by`; either way when `either`. */
  | {
      readonly kind: 'exceeds';
      readonly parts: readonly [Amount, Amount];
      readonly by: number;
      readonly either: boolean;
    }
  | { readonly kind: 'relation'; readonly parts: readonly [Amount, Amount]; readonly words: Words }
  /** `labels` names the days in the order of the dates; dates when absent. */
  | {
      readonly kind: 'best-day';
      readonly measure: Measure;
      readonly site: Site;
      readonly when: When;
      readonly most: boolean;
      readonly labels?: readonly string[];
    }
  | { readonly kind: 'best-place'; readonly amounts: readonly Amount[]; readonly most: boolean }
  | { readonly kind: 'count' | 'any' | 'days' | 'run'; readonly hunt: Hunt }
  | {
      readonly kind: 'fold-on';
      readonly measure: Measure;
      readonly fold: Fold;
      readonly hunt: Hunt;
      readonly digits?: number;
    }
  | { readonly kind: 'level'; readonly of: Amount }
  | { readonly kind: 'same-level'; readonly parts: readonly [Amount, Amount] }
  /** Dry, and on average from 10 to 30 °C. */
  | { readonly kind: 'pleasant'; readonly site: Site; readonly when: When }
  | { readonly kind: 'height-difference'; readonly sites: readonly [Site, Site]; readonly absolute: boolean }
  | { readonly kind: 'distance'; readonly sites: readonly [Site, Site]; readonly digits?: number }
  /** How far the user's city is from the best of some places. */
  | {
      readonly kind: 'distance-to-best';
      readonly amounts: readonly Amount[];
      readonly most: boolean;
      readonly digits: number;
    };

export const here: Site = { by: 'here' };

/** What a day measures. */
export function measured(day: Day, measure: Measure): number {
  if (measure === 'range') return day.max - day.min;
  if (measure === 'water') return day.rain + day.snow;
  return day[measure];
}

/** From this average on, in °C. */
export const pleasantFrom = 10;
export const pleasantTo = 30;
