import { span, today, type When } from '../calendar.ts';

/** A text whose times are replaced by marks, and the times in the order of the marks. */
export interface Timed {
  readonly text: string;
  readonly times: readonly When[];
}

const numberWords = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const number = `\\d{1,3}|${numberWords.slice(1).join('|')}`;
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const monthShifts: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1, upcoming: 1 };
const unitDays: Readonly<Record<string, number>> = { hour: 1 / 24, day: 1, week: 7 };

type Parts = Readonly<Record<string, string>>;

interface Form {
  readonly form: RegExp;
  make(parts: Parts): When;
}

function form(pattern: string, make: (parts: Parts) => When): Form {
  return { form: new RegExp(`\\b(?:${pattern})`, 'giu'), make };
}

function countOf(word: string): number {
  const place = numberWords.indexOf(word.toLowerCase());
  return place < 0 ? Number(word) : place;
}

function length({ count = '1', unit = 'day' }: Parts): number {
  return Math.round(countOf(count) * (unitDays[unit.toLowerCase()] ?? 1));
}

function feast(month: number, day: number | 'fourth-thursday'): (parts: Parts) => When {
  return ({ which = '' }) => ({
    kind: 'feast',
    month,
    day,
    year: /next/i.test(which) ? 1 : /last/i.test(which) ? -1 : 0,
  });
}

const which = '(?: (?<which>(?:this|next|last) year))?';

/** The longer forms stand before those they contain. */
const forms: readonly Form[] = [
  form(
    `(?:on )?(?:this|the same|same) (?:day|time|date)(?: of the)? (?:last|previous) year|this time last year`,
    () => ago(1, 0),
  ),
  form(`(?:on )?(?:this|the same|same) (?:day|time|date) (?:last|previous) month|this time last month`, () =>
    ago(0, 1),
  ),
  form(`(?:on )?(?:this|the same|same) (?:day|time|date) (?<count>${number}) years ago`, ({ count = '1' }) =>
    ago(countOf(count), 0),
  ),
  form(
    `(?:on )?(?:the )?(?<days>\\d{1,2}(?:st|nd|rd|th)(?:(?:,? and|,? or|,)(?: the)? \\d{1,2}(?:st|nd|rd|th))*) of (?<shift>this|next|last) month`,
    monthDays,
  ),
  form(`the first week of this month`, () => ({ kind: 'month-days', month: 0, days: [1, 2, 3, 4, 5, 6, 7] })),
  form(`(?:the )?day after tomorrow`, () => span(2, 2)),
  form(`(?:the )?day before yesterday`, () => span(-2, -2)),
  form(
    `(?:over |in |for |within )?(?:the )?(?:next|upcoming|coming|following) (?<count>${number}) (?<unit>hour|day|week)s?`,
    (parts) => span(1, length(parts)),
  ),
  form(
    `(?:over |in |for |during )?(?:the )?(?:past|last|previous) (?<count>${number}) (?<unit>hour|day|week)s?`,
    (parts) => span(-length(parts), -1),
  ),
  form(`in (?<count>${number}) (?<unit>day|week)s?`, (parts) => span(length(parts), length(parts))),
  form(`(?:on )?christmas day${which}`, feast(12, 25)),
  form(`(?:on )?halloween(?: night)?${which}`, feast(10, 31)),
  form(`(?:on )?valentine['’]s day${which}`, feast(2, 14)),
  form(`(?:on )?thanksgiving(?: day)?${which}`, feast(11, 'fourth-thursday')),
  form(
    `on (?<month>${months.join('|')}) (?<day>\\d{1,2})(?:st|nd|rd|th)?\\b`,
    ({ month = '', day = '1' }) => ({
      kind: 'feast',
      month: months.indexOf(month.toLowerCase()) + 1,
      day: Number(day),
      year: 0,
    }),
  ),
  form(`(?:over |on |during |for )?(?:this|the|next|the upcoming|upcoming)(?: long)? weekend`, () => ({
    kind: 'weekend',
  })),
  form(
    `(?:on )?(?<next>next|this|on) (?<day>${weekdays.join('|')})(?: (?:morning|afternoon|evening|night))?`,
    ({ next = '', day = '' }) => ({
      kind: 'weekday',
      day: weekdays.indexOf(day.toLowerCase()),
      inNextWeek: next.toLowerCase() === 'next',
    }),
  ),
  form(`(?:over |in |for |during )?(?:the )?(?:upcoming|coming) week`, () => span(1, 7)),
  form(`(?:over |in |for |during )?(?:the )?(?:past|last|previous) week`, () => span(-7, -1)),
  form(`(?:over |in |for |during )?(?:the )?next week`, () => ({ kind: 'week', week: 1 })),
  form(`(?:towards? )?the end of (?:this|the) week|later this week`, () => ({
    kind: 'weekday',
    day: 0,
    inNextWeek: false,
  })),
  form(`(?:for |in )?this week`, () => ({ kind: 'week', week: 0 })),
  form(`(?:over |in |for |during )?(?:the )?past month`, () => span(-30, -1)),
  form(`(?:over |in |for |during )?(?:the )?past year`, () => span(-365, -1)),
  form(`(?:in |for |during )?(?:the )?(?<shift>last|next|upcoming) month`, ({ shift = '' }) => ({
    kind: 'month',
    month: monthShifts[shift.toLowerCase()] ?? 0,
  })),
  form(`(?:of |for |in )?this month,? (?:had .+? )?so far`, () => ({ kind: 'month-so-far' })),
  form(`tomorrow(?:['’]s)?`, () => span(1, 1)),
  form(`yesterday(?:['’]s)?`, () => span(-1, -1)),
  form(`today(?:['’]s)?|right now|current(?= (?:temperature|rain|snow|weather))`, today),
];

function ago(years: number, past: number): When {
  return { kind: 'ago', years, months: past };
}

function monthDays({ days = '', shift = '' }: Parts): When {
  const numbers = [...days.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  return { kind: 'month-days', month: monthShifts[shift.toLowerCase()] ?? 0, days: numbers };
}

/** Finds the times in a text. */
export function readTimes(text: string): Timed {
  const found: When[] = [];
  const marked = forms.reduce(
    (rest, { form: pattern, make }) =>
      rest.replace(pattern, (...match: unknown[]) => {
        const groups = match.at(-1);
        found.push(make(typeof groups === 'object' && groups !== null ? (groups as Parts) : {}));
        return `⟦${found.length - 1}⟧`;
      }),
    text,
  );
  const order = [...marked.matchAll(/⟦(\d+)⟧/g)].map(([, place]) => Number(place));
  return {
    text: order.reduce((rest, place, rank) => rest.replace(`⟦${place}⟧`, `⟨t${rank}⟩`), marked),
    times: order.flatMap((place) => found[place] ?? []),
  };
}
