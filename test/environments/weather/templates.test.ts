import { describe, expect, test } from 'vitest';
import type { Task } from '../../../src/contracts/environment.ts';
import type { JsonValue } from '../../../src/contracts/json.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { sameValue } from '../../../src/environments/kit/queries/compare.ts';
import { airLevel, type Day } from '../../../src/environments/weather/atlas.ts';
import { distance } from '../../../src/environments/weather/geodesic.ts';
import { weather } from '../../../src/environments/weather/index.ts';
import { makeAtlas } from '../../../src/environments/weather/makeAtlas.ts';
import { openStage } from '../../support/actor.ts';
import { solved } from '../kit/queries/support.ts';

const seed = createSeed('weather templates');
const atlas = makeAtlas(seed.child('atlas'));

interface Setting {
  readonly text: string;
  readonly today: string;
  readonly home: string;
}

async function settingOf(task: Task): Promise<Setting> {
  const { actor } = await openStage(task);
  const text = async (tool: string): Promise<string> => (await actor.call('weather', tool, {})).text;
  return {
    text: task.instruction,
    today: await text('get_user_current_date'),
    home: await text('get_user_current_location'),
  };
}

function later(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

const steps = (count: number): number[] => [...Array(count).keys()];

/** The dates that an instruction speaks of, besides today. */
function datesIn({ text, today }: Setting): string[] {
  const around = /(\d+) days (after|before) today/.exec(text);
  if (around) {
    const count = Number(around[1]);
    return steps(count).map((step) => later(today, around[2] === 'after' ? step + 1 : step - count));
  }
  if (/calendar month/.test(text)) {
    const shift = text.includes('next calendar month') ? 1 : -1;
    const [year = 0, month = 0] = today.split('-').map(Number);
    const first = new Date(Date.UTC(year, month - 1 + shift, 1)).toISOString().slice(0, 10);
    return steps(31)
      .map((step) => later(first, step))
      .filter((date) => date.slice(0, 7) === first.slice(0, 7));
  }
  const away = /(\d+) days (from now|ago)/.exec(text);
  if (away) return [later(today, away[2] === 'ago' ? -Number(away[1]) : Number(away[1]))];
  const years = / this day (?:last year|(\d+) years ago)/.exec(text);
  if (years) {
    const [year, month, day] = today.split('-').map(Number);
    return [
      new Date(Date.UTC((year ?? 0) - Number(years[1] ?? 1), (month ?? 1) - 1, day))
        .toISOString()
        .slice(0, 10),
    ];
  }
  if (text.includes('tomorrow')) return [later(today, 1)];
  return [text.includes('yesterday') ? later(today, -1) : today];
}

/** Places named in an instruction, in order; the user's own when none is. */
function placesIn({ text, home }: Setting): string[] {
  const named = atlas.names
    .filter((name) => new RegExp(`\\b${name}\\b`).test(text))
    .sort((a, b) => text.indexOf(a) - text.indexOf(b));
  return named.length > 0 ? named : [home];
}

function at(name = '') {
  const [first] = atlas.find(name);
  if (!first) throw new Error(`There is no ${name}`);
  return first;
}

const daysAt = (setting: Setting, name = placesIn(setting)[0]): Day[] =>
  datesIn(setting).map((date) => atlas.weather(at(name), date));
const total = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function temperature(text: string): (day: Day) => number {
  if (text.includes('average temperature')) return ({ mean }) => mean;
  return text.includes('highest temperature') ? ({ max }) => max : ({ min }) => min;
}

function isLike(text: string): (day: Day) => boolean {
  if (text.includes('with rain but without snow')) return ({ rain, snow }) => rain > 0 && snow === 0;
  if (text.includes('both rain and snow')) return ({ rain, snow }) => rain > 0 && snow > 0;
  if (text.includes('above 25')) return ({ rain, max }) => rain > 0 && max > 25;
  if (text.includes('frost')) return ({ rain, min }) => rain === 0 && min < 0;
  return ({ snow }) => snow > 0;
}

function bestPlace(setting: Setting, most: boolean, weigh: (days: readonly Day[]) => number): string {
  const sorted = placesIn(setting).sort((a, b) => weigh(daysAt(setting, a)) - weigh(daysAt(setting, b)));
  return (most ? sorted.at(-1) : sorted[0]) ?? '';
}

/** The answers, computed from the atlas alone. */
const oracles: Record<string, (setting: Setting) => JsonValue> = {
  day: (setting) => daysAt(setting).map(temperature(setting.text))[0] ?? null,
  total: (setting) =>
    round(total(daysAt(setting).map(({ rain, snow }) => (setting.text.includes('rain') ? rain : snow))), 2),
  height: (setting) => {
    const [one = 0, other = 0] = placesIn(setting).map((name) => atlas.elevation(at(name)));
    return Math.abs(one - other);
  },
  distance: (setting) => round(distance(at(setting.home), at(placesIn(setting).at(-1))), 0),
  level: (setting) => airLevel(daysAt(setting)[0]?.air ?? 0),
  warmest: (setting) => bestPlace(setting, setting.text.includes('highest'), ([day]) => day?.mean ?? 0),
  'best-day': (setting) => {
    const { text } = setting;
    const weigh = ({ max, min, rain }: Day): number =>
      text.includes('difference') ? max - min : text.includes('most rain') ? rain : max;
    const weights = daysAt(setting).map(weigh);
    return datesIn(setting)[weights.indexOf(Math.max(...weights))] ?? '';
  },
  'last-year': (setting) => {
    const now = atlas.weather(at(placesIn(setting)[0]), setting.today).mean;
    return now > (daysAt(setting)[0]?.mean ?? 0) ? 'Yes' : 'No';
  },
  difference: (setting) => {
    const [one = 0, other = 0] = placesIn(setting).map(
      (name) => daysAt(setting, name).map(temperature(setting.text))[0] ?? 0,
    );
    return round(Math.abs(one - other), 1);
  },
  count: (setting) => daysAt(setting).filter(isLike(setting.text)).length,
  'mean-on': (setting) => {
    const like = daysAt(setting).filter(isLike(setting.text));
    return round(total(like.map(({ mean }) => mean)) / like.length, 2);
  },
  days: (setting) => datesIn(setting).filter((_, place) => daysAt(setting).map(isLike(setting.text))[place]),
  wettest: (setting) =>
    bestPlace(setting, setting.text.includes('most'), (days) => total(days.map(({ rain }) => rain))),
  'distance-to-best': (setting) => {
    const best = bestPlace(setting, setting.text.includes('greatest'), ([day]) => day?.max ?? 0);
    return round(distance(at(setting.home), at(best)), 0);
  },
};

describe.each(weather.templates.map(({ id }, index) => [id, index] as const))('%s', (id, index) => {
  test('the reference solution answers as the atlas says', async () => {
    for (let round = 0; round < 16; round++) {
      const task = weather.task(seed, index + round * weather.templates.length);
      const { answer, calls } = await solved(task);
      const expected = oracles[id]?.(await settingOf(task)) ?? null;
      expect(sameValue(answer, expected), `${task.instruction}\n${answer}\n${JSON.stringify(expected)}`).toBe(
        true,
      );
      expect(calls.length).toBeLessThanOrEqual(20);
    }
  });
});
