import type { JsonValue } from '../../contracts/json.ts';
import { greatest, mean, type Program, sum, Unclear, yesNo } from '../kit/queries/program.ts';
import type { Day } from './atlas.ts';
import { datesOf } from './calendar.ts';
import { createGuide, distanceBetween, type Guide, heightAt, levelOf } from './lookups.ts';
import {
  type Amount,
  type Condition,
  type Fold,
  type Hunt,
  here,
  type Measure,
  measured,
  pleasantFrom,
  pleasantTo,
  type Query,
  type Unit,
  units,
} from './queries.ts';

/** Nearer than this, amounts are the same. */
const nothing = 1e-9;

/** How the answer is found through the tools. */
export function* program(query: Query): Program<JsonValue> {
  const guide = createGuide();
  switch (query.kind) {
    case 'amount':
      return rounded(inUnit(yield* amountOf(guide, query.of), query.unit), query.digits);
    case 'difference':
    case 'exceeds':
    case 'relation':
      return yield* compare(guide, query);
    case 'best-day': {
      const days = yield* guide.days(query.site, query.when, [query.measure]);
      const names = query.labels ?? datesOf(query.when, yield* guide.today());
      const sign = query.most ? 1 : -1;
      const best = greatest(days, (day) => sign * measured(day, query.measure));
      return names[days.indexOf(best)] ?? '';
    }
    case 'best-place':
      return nameOf(yield* bestOf(guide, query.amounts, query.most));
    case 'count':
    case 'any':
    case 'days':
    case 'run':
      return yield* search(guide, query.kind, query.hunt);
    case 'fold-on': {
      const days = yield* huntedDays(guide, query.hunt, [query.measure]);
      const fitting = days.filter((day) => fits(day, query.hunt.conditions));
      return rounded(
        foldOf(
          fitting.map((day) => measured(day, query.measure)),
          query.fold,
        ),
        query.digits,
      );
    }
    case 'level':
      return yield* levelOf(yield* amountOf(guide, query.of));
    case 'same-level': {
      const [one, other] = [yield* amountOf(guide, query.parts[0]), yield* amountOf(guide, query.parts[1])];
      return yesNo((yield* levelOf(one)) === (yield* levelOf(other)));
    }
    case 'pleasant': {
      const days = yield* guide.days(query.site, query.when, ['mean', 'rain', 'snow']);
      return yesNo(
        days.every(
          (day) => day.mean >= pleasantFrom && day.mean <= pleasantTo && measured(day, 'water') === 0,
        ),
      );
    }
    case 'height-difference':
    case 'distance':
    case 'distance-to-best':
      return yield* aboutPlaces(guide, query);
  }
}

function* amountOf(guide: Guide, { measure, site, when, fold }: Amount): Program<number> {
  const days = yield* guide.days(site, when, [measure]);
  return foldOf(
    days.map((day) => measured(day, measure)),
    fold,
  );
}

function foldOf(numbers: readonly number[], fold: Fold): number {
  if (fold === 'total') return sum(numbers);
  const average = mean(numbers);
  if (fold === 'mean') return average;
  return fold === 'highest' ? Math.max(...numbers) : Math.min(...numbers);
}

function inUnit(value: number, unit: Unit): number {
  return value * units[unit] + (unit === 'fahrenheit' ? 32 : 0);
}

/** @throws Unclear when the value lies in the middle between two roundings */
function rounded(value: number, digits: number | undefined): number {
  if (digits === undefined) return value;
  const scaled = value * 10 ** digits;
  if (Math.abs(Math.abs(scaled % 1) - 0.5) < 1e-6) throw new Unclear('It could be rounded either way');
  return Math.round(scaled) / 10 ** digits;
}

function* compare(
  guide: Guide,
  query: Extract<Query, { kind: 'difference' | 'exceeds' | 'relation' }>,
): Program<JsonValue> {
  const difference = (yield* amountOf(guide, query.parts[0])) - (yield* amountOf(guide, query.parts[1]));
  switch (query.kind) {
    case 'difference':
      return rounded(query.absolute ? Math.abs(difference) : difference, query.digits);
    case 'exceeds':
      return yesNo((query.either ? Math.abs(difference) : difference) > query.by + nothing);
    case 'relation': {
      const [more, less, same] = query.words;
      if (Math.abs(difference) <= nothing) return same;
      return difference > 0 ? more : less;
    }
  }
}

function* bestOf(guide: Guide, amounts: readonly Amount[], most: boolean): Program<Amount> {
  const weighed: { amount: Amount; value: number }[] = [];
  for (const amount of amounts) weighed.push({ amount, value: yield* amountOf(guide, amount) });
  return greatest(weighed, ({ value }) => (most ? value : -value)).amount;
}

function nameOf({ site }: Amount): string {
  if (site.by === 'here') throw new Unclear('The place has no name');
  return site.name;
}

function* huntedDays(guide: Guide, hunt: Hunt, more: readonly Measure[]): Program<readonly Day[]> {
  const measures = hunt.conditions.flatMap((each) =>
    'than' in each ? [each.measure, each.than] : [each.measure],
  );
  return yield* guide.days(hunt.site, hunt.when, [...measures, ...more]);
}

function fits(day: Day, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => {
    const value = measured(day, condition.measure);
    if ('than' in condition) return value > measured(day, condition.than);
    if (condition.is === 'at') return value === condition.value;
    return condition.is === 'above' ? value > condition.value : value < condition.value;
  });
}

function* search(guide: Guide, kind: 'count' | 'any' | 'days' | 'run', hunt: Hunt): Program<JsonValue> {
  const days = yield* huntedDays(guide, hunt, []);
  const fitting = days.map((day) => fits(day, hunt.conditions));
  if (kind === 'any') return yesNo(fitting.includes(true));
  if (kind === 'count') return fitting.filter(Boolean).length;
  if (kind === 'run') return fitting.includes(false) ? fitting.indexOf(false) : fitting.length;
  const dates = datesOf(hunt.when, yield* guide.today());
  return dates.filter((_, place) => fitting[place]);
}

function* aboutPlaces(
  guide: Guide,
  query: Extract<Query, { kind: 'height-difference' | 'distance' | 'distance-to-best' }>,
): Program<JsonValue> {
  if (query.kind === 'distance-to-best') {
    const { site } = yield* bestOf(guide, query.amounts, query.most);
    return rounded(yield* distanceBetween(yield* guide.at(here), yield* guide.at(site)), query.digits);
  }
  const [one, other] = [yield* guide.at(query.sites[0]), yield* guide.at(query.sites[1])];
  if (query.kind === 'distance') return rounded(yield* distanceBetween(one, other), query.digits);
  const difference = (yield* heightAt(one)) - (yield* heightAt(other));
  return query.absolute ? Math.abs(difference) : difference;
}
