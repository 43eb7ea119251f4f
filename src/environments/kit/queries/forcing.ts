import { isJsonObject, type JsonValue } from '../../../contracts/json.ts';
import { sameValue } from './compare.ts';

/** No world can be made in which this is the answer. */
export class Unforceable extends Error {}

const mostItems = 200;

export function wantText(answer: JsonValue): string {
  if (typeof answer !== 'string' || answer.trim() === '')
    throw new Unforceable('The recorded answer is no text');
  return answer;
}

export function wantTexts(answer: JsonValue): readonly string[] {
  if (!Array.isArray(answer) || answer.length > mostItems)
    throw new Unforceable('The recorded answer is no list');
  return answer.map(wantText);
}

export function wantNumber(answer: JsonValue): number {
  if (typeof answer !== 'number') throw new Unforceable('The recorded answer is no number');
  return answer;
}

/** A whole number from 0 to `most`. */
export function wantCount(answer: JsonValue, most: number): number {
  const count = wantNumber(answer);
  if (!Number.isInteger(count) || count < 0 || count > most)
    throw new Unforceable(`The recorded answer is no whole number from 0 to ${most}`);
  return count;
}

export function wantYes(answer: JsonValue): boolean {
  return wantOneOf(answer, ['Yes', 'No']) === 'Yes';
}

/** The option that the answer names. */
export function wantOneOf<Option extends string>(answer: JsonValue, options: readonly Option[]): Option {
  const named = isJsonObject(answer) ? undefined : options.find((option) => sameValue(answer, option));
  if (named === undefined) throw new Unforceable('The recorded answer is none of those the question offers');
  return named;
}
