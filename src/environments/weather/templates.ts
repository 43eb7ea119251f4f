import type { Difficulty } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import type { Question, QuestionTemplate } from '../kit/queries/task.ts';
import type { Atlas, Setting } from './atlas.ts';
import { dateOf, dayNumber, span, today, type When } from './calendar.ts';
import { openWeather } from './functions.ts';
import { program } from './program.ts';
import { type Amount, type Condition, here, type Measure, type Query, type Site } from './queries.ts';

/** A query with the words for it. */
interface Asked {
  readonly query: Query;
  readonly words: string;
}

/** The question that a query asks of an atlas. */
export function questionOf(atlas: Atlas, setting: Setting, { query, words }: Asked): Question {
  return {
    instruction: words,
    open: () => openWeather(atlas, setting),
    program: () => program(query),
    otherCall: (rng) => ({ tool: 'get_latitude_longitude', args: { name: rng.pick(atlas.names) } }),
  };
}

function template(
  [id, difficulty]: readonly [string, Difficulty],
  title: string,
  draw: (rng: Rng, atlas: Atlas) => Asked,
): QuestionTemplate<Atlas> {
  return {
    id,
    title,
    difficulty,
    draw: (rng, atlas) => questionOf(atlas, drawSetting(rng, atlas), draw(rng, atlas)),
  };
}

const days = [dayNumber('2031-01-01'), dayNumber('2034-12-28')] as const;

function drawSetting(rng: Rng, atlas: Atlas): Setting {
  return { date: dateOf(rng.int(...days)), location: rng.pick(atlas.names) };
}

const yes = 'Answer Yes or No.';
const tenths = 'Answer with a number, rounded to one decimal place.';
const hundredths = 'Answer with a number, rounded to two decimal places.';
const wholeKilometers = 'Answer with a number of kilometers, rounded to whole kilometers.';

const dry: Condition = { measure: 'rain', is: 'at', value: 0 };
const wet: Condition = { measure: 'rain', is: 'above', value: 0 };
const snowy: Condition = { measure: 'snow', is: 'above', value: 0 };
const snowless: Condition = { measure: 'snow', is: 'at', value: 0 };
const freezing: Condition = { measure: 'min', is: 'below', value: 0 };
const warm: Condition = { measure: 'max', is: 'above', value: 25 };

const conditionWords: readonly { readonly words: string; readonly conditions: readonly Condition[] }[] = [
  { words: 'with rain but without snow', conditions: [wet, snowless] },
  { words: 'with both rain and snow', conditions: [wet, snowy] },
  { words: 'with snow', conditions: [snowy] },
  { words: 'with rain and a highest temperature above 25 °C', conditions: [wet, warm] },
  { words: 'without rain and with frost (a lowest temperature below 0 °C)', conditions: [dry, freezing] },
];

const temperatureWords = {
  mean: 'average temperature',
  max: 'highest temperature',
  min: 'lowest temperature',
} as const;

export const templates: readonly QuestionTemplate<Atlas>[] = [
  template(['day', 'easy'], 'The temperature of one day', (rng, atlas) => {
    const [where, when] = [drawSite(rng, atlas), drawDay(rng)];
    const measure = rng.pick(['mean', 'max', 'min'] as const);
    return {
      query: { kind: 'amount', of: amount(measure, where.site, when.when), unit: 'plain' },
      words: `What is the ${temperatureWords[measure]} ${where.words} ${when.words}, in °C? Answer with a number.`,
    };
  }),
  template(['total', 'easy'], 'The rain or snow of some days', (rng, atlas) => {
    const [where, when] = [drawSite(rng, atlas), drawSpan(rng)];
    const measure = rng.pick(['rain', 'snow'] as const);
    const what = measure === 'rain' ? 'rain, in millimeters,' : 'snow, in centimeters,';
    return {
      query: {
        kind: 'amount',
        of: { measure, site: where.site, when: when.when, fold: 'total' },
        unit: 'plain',
        digits: 2,
      },
      words: `How much ${what} falls ${where.words} ${when.words} in all? ${hundredths}`,
    };
  }),
  template(['height', 'easy'], 'How much higher one place lies', (rng, atlas) => {
    const [one, other] = drawNames(rng, atlas, 2);
    return {
      query: { kind: 'height-difference', sites: [named(one), named(other)], absolute: true },
      words: `By how many meters do the elevations of ${one} and ${other} differ? Answer with a number.`,
    };
  }),
  template(['distance', 'easy'], 'How far away a place is', (rng, atlas) => {
    const [name] = drawNames(rng, atlas, 1);
    return {
      query: { kind: 'distance', sites: [here, named(name)], digits: 0 },
      words: `How far is it from my current location to ${name}? ${wholeKilometers}`,
    };
  }),
  template(['level', 'easy'], 'How good the air is', (rng, atlas) => {
    const where = drawSite(rng, atlas);
    const away = rng.int(0, 20);
    const when = away === 0 ? 'today' : `${away} days ago`;
    return {
      query: { kind: 'level', of: amount('air', where.site, span(-away, -away)) },
      words: `What is the air quality level ${where.words} ${when}? Answer with the name of the level.`,
    };
  }),
  template(['warmest', 'medium'], 'The warmest or coldest of three places', (rng, atlas) => {
    const [names, when, most] = [drawNames(rng, atlas, 3), drawDay(rng), rng.chance(0.5)];
    const amounts = names.map((name) => amount('mean', named(name), when.when));
    return {
      query: { kind: 'best-place', amounts, most },
      words: `Which of ${names.join(', ')} has the ${most ? 'highest' : 'lowest'} average temperature ${when.words}?`,
    };
  }),
  template(['best-day', 'medium'], 'The day with the most', (rng, atlas) => {
    const [where, when] = [drawSite(rng, atlas), drawSpan(rng)];
    const [measure, what] = rng.pick([
      ['max', 'the highest temperature of all'],
      ['rain', 'the most rain'],
      ['range', 'the greatest difference between highest and lowest temperature'],
    ] as const);
    return {
      query: { kind: 'best-day', measure, site: where.site, when: when.when, most: true },
      words: `Which day ${when.words} has ${what} ${where.words}? Answer with a date, YYYY-MM-DD.`,
    };
  }),
  template(['last-year', 'medium'], 'Whether today is warmer than a year ago', (rng, atlas) => {
    const where = drawSite(rng, atlas);
    const years = rng.int(1, 5);
    const parts = [
      amount('mean', where.site, today()),
      amount('mean', where.site, { kind: 'ago', years, months: 0 }),
    ] as const;
    const then = years === 1 ? 'on this day last year' : `on this day ${years} years ago`;
    return {
      query: { kind: 'exceeds', parts, by: 0, either: false },
      words: `Is the average temperature ${where.words} higher today than ${then}? ${yes}`,
    };
  }),
  template(['difference', 'medium'], 'The difference between two places', (rng, atlas) => {
    const [names, when] = [drawNames(rng, atlas, 2), drawDay(rng)];
    const measure = rng.pick(['mean', 'max', 'min'] as const);
    const parts = names.map((name) => amount(measure, named(name), when.when)) as [Amount, Amount];
    return {
      query: { kind: 'difference', parts, absolute: true, digits: 1 },
      words: `By how many °C do ${names.join(' and ')} differ in the ${temperatureWords[measure]} ${when.words}? ${tenths}`,
    };
  }),
  template(['count', 'medium'], 'How many days are like that', (rng, atlas) => {
    const [where, when, what] = [drawSite(rng, atlas), drawSpan(rng), rng.pick(conditionWords)];
    return {
      query: { kind: 'count', hunt: { site: where.site, when: when.when, conditions: what.conditions } },
      words: `How many days ${what.words} are there ${where.words} ${when.words}? Answer with a number.`,
    };
  }),
  template(['mean-on', 'hard'], 'The average of days that are like that', (rng, atlas) => {
    const [where, when, what] = [drawSite(rng, atlas), drawSpan(rng), rng.pick(conditionWords)];
    const hunt = { site: where.site, when: when.when, conditions: what.conditions };
    return {
      query: { kind: 'fold-on', measure: 'mean', fold: 'mean', hunt, digits: 2 },
      words: `Take the days ${what.words} ${where.words} ${when.words}. What is the mean of their average temperatures, in °C? ${hundredths}`,
    };
  }),
  template(['days', 'hard'], 'Which days are like that', (rng, atlas) => {
    const [where, when, what] = [drawSite(rng, atlas), drawSpan(rng), rng.pick(conditionWords)];
    return {
      query: { kind: 'days', hunt: { site: where.site, when: when.when, conditions: what.conditions } },
      words: `List the days ${what.words} ${where.words} ${when.words}, as YYYY-MM-DD in square brackets, each in quotes.`,
    };
  }),
  template(['wettest', 'hard'], 'The wettest or driest of three places', (rng, atlas) => {
    const [names, when, most] = [drawNames(rng, atlas, 3), drawSpan(rng), rng.chance(0.6)];
    const amounts = names.map(
      (name): Amount => ({ measure: 'rain', site: named(name), when: when.when, fold: 'total' }),
    );
    return {
      query: { kind: 'best-place', amounts, most },
      words: `Which of ${names.join(', ')} gets the ${most ? 'most' : 'least'} rain in all ${when.words}?`,
    };
  }),
  template(['distance-to-best', 'hard'], 'How far the best of four places is', (rng, atlas) => {
    const [names, when, most] = [drawNames(rng, atlas, 4), drawDay(rng), rng.chance(0.5)];
    const amounts = names.map((name) => amount('max', named(name), when.when));
    return {
      query: { kind: 'distance-to-best', amounts, most, digits: 0 },
      words: `Find out which of ${names.join(', ')} has the ${most ? 'greatest' : 'smallest'} highest temperature ${when.words}. How far is that place from my current location? ${wholeKilometers}`,
    };
  }),
];

function amount(measure: Measure, site: Site, when: When): Amount {
  return { measure, site, when, fold: 'mean' };
}

function named(name: string): Site {
  return { by: 'name', name };
}

function drawNames(rng: Rng, atlas: Atlas, count: 1): [string];
function drawNames(rng: Rng, atlas: Atlas, count: 2): [string, string];
function drawNames(rng: Rng, atlas: Atlas, count: number): string[];
function drawNames(rng: Rng, atlas: Atlas, count: number): string[] {
  return rng.sample(atlas.names, count);
}

function drawSite(rng: Rng, atlas: Atlas): { readonly site: Site; readonly words: string } {
  if (rng.chance(0.4)) return { site: here, words: 'in my current city' };
  const name = rng.pick(atlas.names);
  return { site: named(name), words: `in ${name}` };
}

interface Time {
  readonly when: When;
  readonly words: string;
}

function drawDay(rng: Rng): Time {
  const away = rng.int(2, 25);
  return rng.pick<Time>([
    { when: today(), words: 'today' },
    { when: span(1, 1), words: 'tomorrow' },
    { when: span(-1, -1), words: 'yesterday' },
    { when: span(away, away), words: `${away} days from now` },
    { when: span(-away, -away), words: `${away} days ago` },
    { when: { kind: 'ago', years: 1, months: 0 }, words: 'on this day last year' },
  ]);
}

function drawSpan(rng: Rng): Time {
  const length = rng.int(5, 28);
  return rng.pick<Time>([
    { when: span(1, length), words: `in the ${length} days after today` },
    { when: span(-length, -1), words: `in the ${length} days before today` },
    { when: { kind: 'month', month: -1 }, words: 'in the calendar month before this one' },
    { when: { kind: 'month', month: 1 }, words: 'in the next calendar month' },
  ]);
}
