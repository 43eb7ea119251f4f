import { describe, expect, test } from 'vitest';
import { datesOf, span, type When } from '../../../src/environments/weather/calendar.ts';
import { readTimes } from '../../../src/environments/weather/original/times.ts';

/** A Wednesday. */
const now = '2023-03-15';

function shown(when: When, today = now): string {
  const dates = datesOf(when, today);
  return dates.length > 2 ? `${dates[0]} to ${dates.at(-1)}, ${dates.length}` : dates.join(' ');
}

describe('days as questions name them', () => {
  test.each<[string, string]>([
    ['today', '2023-03-15'],
    ['tomorrow', '2023-03-16'],
    ['the day after tomorrow', '2023-03-17'],
    ['yesterday', '2023-03-14'],
    ['on this day last year', '2022-03-15'],
    ['on the same day five years ago', '2018-03-15'],
    ['the same day last month', '2023-02-15'],
    ['the 10th, 15th, and 20th of this month', '2023-03-10 to 2023-03-20, 3'],
    ['on the 1st and the 22nd of next month', '2023-04-01 2023-04-22'],
    ['the 7th of last month', '2023-02-07'],
    ['over the past 10 days', '2023-03-05 to 2023-03-14, 10'],
    ['in the last two weeks', '2023-03-01 to 2023-03-14, 14'],
    ['in the next 48 hours', '2023-03-16 2023-03-17'],
    ['for the next three days', '2023-03-16 to 2023-03-18, 3'],
    ['next week', '2023-03-20 to 2023-03-26, 7'],
    ['the upcoming week', '2023-03-16 to 2023-03-22, 7'],
    ['last week', '2023-03-08 to 2023-03-14, 7'],
    ['in the last month', '2023-02-01 to 2023-02-28, 28'],
    ['over the past month', '2023-02-13 to 2023-03-14, 30'],
    ['next month', '2023-04-01 to 2023-04-30, 30'],
    ['this month so far', '2023-03-01 to 2023-03-14, 14'],
    ['over the weekend', '2023-03-18 2023-03-19'],
    ['next Friday', '2023-03-24'],
    ['this Saturday afternoon', '2023-03-18'],
    ['towards the end of this week', '2023-03-19'],
    ['on Christmas Day', '2023-12-25'],
    ["on Valentine's Day next year", '2024-02-14'],
    ['on Halloween this year', '2023-10-31'],
    ['on Thanksgiving Day this year', '2023-11-23'],
    ['on December 1st', '2023-12-01'],
    ['in two weeks', '2023-03-29'],
  ])('%s', (words, dates) => {
    const { times, text } = readTimes(`What about ${words}?`);
    expect(times.map((when) => shown(when))).toEqual([dates]);
    expect(text).toContain('⟨t0⟩');
  });

  test('stand in the order of the text', () => {
    const { text, times } = readTimes('Is it warmer tomorrow than on this day last year or today?');
    expect(text).toBe('Is it warmer ⟨t0⟩ than ⟨t1⟩ or ⟨t2⟩?');
    expect(times.map((when) => shown(when))).toEqual(['2023-03-16', '2022-03-15', '2023-03-15']);
  });

  test.each<[When, string, string]>([
    [{ kind: 'weekend' }, '2023-03-18', '2023-03-18 2023-03-19'],
    [{ kind: 'weekend' }, '2023-03-19', '2023-03-19'],
    [{ kind: 'weekday', day: 5, inNextWeek: false }, '2023-03-17', '2023-03-24'],
    [{ kind: 'weekday', day: 1, inNextWeek: true }, '2023-06-01', '2023-06-05'],
    [{ kind: 'weekday', day: 0, inNextWeek: true }, '2023-06-01', '2023-06-11'],
    [{ kind: 'week', week: 1 }, '2023-03-19', '2023-03-20 to 2023-03-26, 7'],
    [{ kind: 'month', month: 1 }, '2023-12-31', '2024-01-01 to 2024-01-31, 31'],
    [{ kind: 'month-so-far' }, '2023-03-01', ''],
    [span(1, 1), '2024-02-28', '2024-02-29'],
  ])('%j from %s', (when, today, dates) => {
    expect(shown(when, today)).toBe(dates);
  });
});
