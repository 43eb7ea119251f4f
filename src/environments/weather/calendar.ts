/** Days as a question names them, seen from the user's current date. */
export type When =
  /** Days from `from` to `to`, counted from today; past days are negative. */
  | { readonly kind: 'span'; readonly from: number; readonly to: number }
  /** Days of the month so many months from now. */
  | { readonly kind: 'month-days'; readonly month: number; readonly days: readonly number[] }
  /** All days of the month so many months from now. */
  | { readonly kind: 'month'; readonly month: number }
  /** The days of this month before today. */
  | { readonly kind: 'month-so-far' }
  /** Today's day so many years or months ago. */
  | { readonly kind: 'ago'; readonly years: number; readonly months: number }
  /** Monday to Sunday, so many weeks from now. */
  | { readonly kind: 'week'; readonly week: number }
  /** Saturday and Sunday; today counts. */
  | { readonly kind: 'weekend' }
  /** The first such day after today; 0 is Sunday. */
  | { readonly kind: 'weekday'; readonly day: number; readonly inNextWeek: boolean }
  /** A fixed day of the year so many years from now; the fourth Thursday of a month when the day is `fourth-thursday`. */
  | {
      readonly kind: 'feast';
      readonly month: number;
      readonly day: number | 'fourth-thursday';
      readonly year: number;
    };

const dayLength = 86_400_000;

export function dayNumber(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / dayLength);
}

export function dateOf(day: number): string {
  return new Date(day * dayLength).toISOString().slice(0, 10);
}

export function today(): When {
  return span(0, 0);
}

export function span(from: number, to: number): When {
  return { kind: 'span', from, to };
}

/** The dates that are meant, in order. */
export function datesOf(when: When, now: string): readonly string[] {
  return daysOf(when, now).map(dateOf);
}

function daysOf(when: When, now: string): readonly number[] {
  const current = dayNumber(now);
  const [year = 0, month = 0, day = 0] = now.split('-').map(Number);
  switch (when.kind) {
    case 'span':
      return range(current + when.from, current + when.to);
    case 'month-days':
      return when.days.map((each) => utc([year, month + when.month, each]));
    case 'month':
      return range(utc([year, month + when.month, 1]), utc([year, month + when.month + 1, 0]));
    case 'month-so-far':
      return range(utc([year, month, 1]), current - 1);
    case 'ago':
      return [utc([year - when.years, month - when.months, day])];
    case 'week': {
      const monday = current - ((weekday(current) + 6) % 7) + when.week * 7;
      return range(monday, monday + 6);
    }
    case 'weekend': {
      const sunday = current + ((7 - weekday(current)) % 7);
      return range(Math.max(sunday - 1, current), sunday);
    }
    case 'weekday': {
      const away = (when.day - weekday(current) + 7) % 7 || 7;
      return [current + away + (when.inNextWeek && away <= daysToSunday(current) ? 7 : 0)];
    }
    case 'feast':
      return [feast(when, year + when.year)];
  }
}

function feast({ month, day }: Extract<When, { kind: 'feast' }>, year: number): number {
  if (day !== 'fourth-thursday') return utc([year, month, day]);
  const first = utc([year, month, 1]);
  return first + ((4 - weekday(first) + 7) % 7) + 21;
}

function daysToSunday(day: number): number {
  return (7 - weekday(day)) % 7;
}

/** 0 is Sunday. */
function weekday(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Months from 1; days and months out of range run over. */
function utc([year, month, day]: readonly [number, number, number]): number {
  return Math.round(Date.UTC(year, month - 1, day) / dayLength);
}

export function range(from: number, to: number): number[] {
  return [...Array(Math.max(0, to - from + 1)).keys()].map((step) => from + step);
}
