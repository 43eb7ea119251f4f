import type { JsonValue } from '../../../contracts/json.ts';
import type { Rng } from '../../../contracts/seed.ts';
import {
  Unforceable,
  wantCount,
  wantNumber,
  wantOneOf,
  wantTexts,
  wantYes,
} from '../../kit/queries/forcing.ts';
import { type Atlas, airLevels, type Setting } from '../atlas.ts';
import { datesOf, type When } from '../calendar.ts';
import { type Amount, type Fold, type Hunt, type Query, type Unit, units } from '../queries.ts';
import { createDraft, type Draft } from './draft.ts';

/** Temperatures that a forced difference starts from, °C. */
const basis = 14;

/** An atlas in which `answer` is the answer on the day of `setting`. @throws Unforceable */
export function makeFixture(
  query: Query,
  { setting, answer }: { readonly setting: Setting; readonly answer: JsonValue },
  rng: Rng,
): Atlas {
  const draft = createDraft(setting, rng);
  switch (query.kind) {
    case 'amount':
      forceAmount(draft, query.of, fromUnit(wantNumber(answer), query.unit));
      break;
    case 'difference':
    case 'exceeds':
    case 'relation':
      forceComparison(draft, query, answer);
      break;
    case 'best-day':
      forceBestDay(draft, query, answer);
      break;
    case 'best-place':
      forceBestPlace(draft, query, answer);
      break;
    case 'count':
    case 'any':
    case 'days':
    case 'run':
      forceHunt(draft, query, answer);
      break;
    case 'fold-on':
      forceFold(draft, query, wantNumber(answer));
      break;
    case 'level':
      forceAmount(draft, query.of, airLevels.indexOf(wantOneOf(answer, airLevels)) * 20 + 10);
      break;
    case 'same-level':
      forceAmount(draft, query.parts[0], 30);
      forceAmount(draft, query.parts[1], wantYes(answer) ? 34 : 70);
      break;
    case 'pleasant':
      for (const date of dates(draft, query.when))
        draft.set(
          query.site,
          date,
          wantYes(answer) ? { mean: 18, rain: 0, snow: 0 } : { mean: -4, rain: 0, snow: 3 },
        );
      break;
    case 'height-difference':
      draft.raise(query.sites[0], 120 + wantNumber(answer));
      draft.raise(query.sites[1], 120);
      break;
    case 'distance':
      draft.part(query.sites, wantNumber(answer));
      break;
    case 'distance-to-best':
      throw new Unforceable('No world is made for such a question');
  }
  return draft.atlas();
}

function dates(draft: Draft, when: When): readonly string[] {
  return datesOf(when, draft.setting.date);
}

function fromUnit(value: number, unit: Unit): number {
  return (value - (unit === 'fahrenheit' ? 32 : 0)) / units[unit];
}

/** Makes the days of an amount fold to a value. */
function forceAmount(draft: Draft, amount: Amount, value: number): void {
  const days = dates(draft, amount.when);
  const isSigned = amount.measure === 'mean' || amount.measure === 'max' || amount.measure === 'min';
  if (!isSigned && value < 0) throw new Unforceable('The recorded answer is below zero');
  for (const [place, number] of spread({ value, fold: amount.fold, isSigned }, days.length).entries())
    draft.set(amount.site, days[place] ?? '', { [amount.measure]: number });
}

interface Folded {
  readonly value: number;
  readonly fold: Fold;
  readonly isSigned: boolean;
}

/** So many numbers that fold to a value; amounts that cannot be negative fall on the first two days. */
function spread({ value, fold, isSigned }: Folded, count: number): readonly number[] {
  const places = [...Array(count).keys()];
  if (count === 0) throw new Unforceable('The question means no day at all');
  if (fold === 'highest')
    return places.map((place) => (place === 0 ? value : isSigned ? value - 2 : value / 2));
  if (fold === 'lowest') return places.map((place) => (place === 0 ? value : value + 2));
  if (fold === 'mean' && isSigned) {
    const swing = (place: number): number => (place % 2 === 0 ? 0.5 : -0.5);
    return places.map((place) => (place === count - 1 && count % 2 === 1 ? value : value + swing(place)));
  }
  const total = fold === 'mean' ? value * count : value;
  const first = count === 1 ? total : Math.round(total * 6) / 10;
  return places.map((place) => [first, total - first][place] ?? 0);
}

function forceComparison(
  draft: Draft,
  query: Extract<Query, { kind: 'difference' | 'exceeds' | 'relation' }>,
  answer: JsonValue,
): void {
  const difference = differenceFor(query, answer);
  const [one, other] = query.parts;
  // Whatever cannot be below zero starts high enough.
  const start = Math.max(basis, -difference);
  forceAmount(draft, other, start);
  forceAmount(draft, one, start + difference);
}

function differenceFor(
  query: Extract<Query, { kind: 'difference' | 'exceeds' | 'relation' }>,
  answer: JsonValue,
): number {
  if (query.kind === 'exceeds')
    return wantYes(answer) ? query.by + 3 : query.either ? query.by / 2 : query.by - 2;
  if (query.kind === 'relation') {
    const place = query.words.indexOf(wantOneOf(answer, query.words));
    return [4, -4, 0][place] ?? 0;
  }
  const difference = wantNumber(answer);
  if (query.absolute && difference < 0) throw new Unforceable('The recorded answer is below zero');
  return difference;
}

function forceBestDay(draft: Draft, query: Extract<Query, { kind: 'best-day' }>, answer: JsonValue): void {
  const days = dates(draft, query.when);
  const names = query.labels ?? days;
  const best = wantOneOf(answer, names);
  const far = query.most ? 12 : 3;
  for (const [place, date] of days.entries())
    draft.set(query.site, date, { [query.measure]: names[place] === best ? far : 7 + (place % 3) * 0.4 });
}

function forceBestPlace(
  draft: Draft,
  query: Extract<Query, { kind: 'best-place' }>,
  answer: JsonValue,
): void {
  const names = query.amounts.map(({ site }) => (site.by === 'name' ? site.name : draft.setting.location));
  const best = wantOneOf(answer, names);
  const far = query.most ? 22 : 3;
  for (const [place, amount] of query.amounts.entries())
    forceAmount(draft, amount, names[place] === best ? far : 9 + place);
}

function forceHunt(
  draft: Draft,
  { kind, hunt }: Extract<Query, { kind: 'count' | 'any' | 'days' | 'run' }>,
  answer: JsonValue,
): void {
  const days = dates(draft, hunt.when);
  const chosen = new Set(chosenDays(kind, days, answer));
  for (const date of days) meet(draft, { hunt, date, isMet: chosen.has(date) });
}

function chosenDays(
  kind: 'count' | 'any' | 'days' | 'run',
  days: readonly string[],
  answer: JsonValue,
): readonly string[] {
  if (kind === 'run') return days.slice(0, wantCount(answer, days.length));
  // Days in the middle, so that a program must look at all.
  if (kind === 'count') return [...days].reverse().slice(0, wantCount(answer, days.length));
  if (kind === 'any') return wantYes(answer) ? days.slice(-1) : [];
  const wanted = wantTexts(answer);
  if (wanted.some((date) => !days.includes(date)))
    throw new Unforceable('The recorded days are not those of the question');
  return wanted;
}

interface Meeting {
  readonly hunt: Hunt;
  readonly date: string;
  readonly isMet: boolean;
}

/** A day that meets all conditions, or all but the first. */
function meet(draft: Draft, { hunt, date, isMet }: Meeting): void {
  for (const [place, condition] of hunt.conditions.entries()) {
    // A second condition on the same measure would undo what the first has set.
    if (!isMet && place > 0 && condition.measure === hunt.conditions[0]?.measure) continue;
    const isTrue = isMet || place > 0;
    if ('than' in condition) {
      draft.set(hunt.site, date, { [condition.than]: 1, [condition.measure]: isTrue ? 4 : 0 });
      continue;
    }
    const { is, value, measure } = condition;
    const isHigh = is === 'above' ? isTrue : is === 'below' ? !isTrue : false;
    const off = is === 'at' && isTrue ? 0 : isHigh || is === 'at' ? 2.5 : -2.5;
    draft.set(hunt.site, date, { [measure]: value === 0 && off < 0 && isAmount(measure) ? 0 : value + off });
  }
}

function isAmount(measure: string): boolean {
  return measure === 'rain' || measure === 'snow' || measure === 'water';
}

/** Chooses how many days fit, so that they can have tenths of a degree. */
function forceFold(draft: Draft, query: Extract<Query, { kind: 'fold-on' }>, answer: number): void {
  const days = dates(draft, query.hunt.when);
  const counts = days.map((_, place) => place + 1);
  const isEven = (count: number): boolean =>
    Math.abs(answer * count * 10 - Math.round(answer * count * 10)) < 1e-6;
  const count =
    query.fold === 'mean' ? (counts.find((each) => each > 1 && isEven(each)) ?? 1) : Math.min(2, days.length);
  const isSigned = !isAmount(query.measure);
  if (!isSigned && answer < 0) throw new Unforceable('The recorded answer is below zero');
  const none = !isSigned && answer === 0;
  const numbers = none ? [] : spread({ value: answer, fold: query.fold, isSigned }, count);
  for (const [place, date] of [...days].reverse().entries()) {
    meet(draft, { hunt: query.hunt, date, isMet: place < numbers.length });
    const own = numbers[place];
    if (own !== undefined) draft.set(query.hunt.site, date, { [query.measure]: own });
  }
}
