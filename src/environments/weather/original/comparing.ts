import { today, type When } from '../calendar.ts';
import { type Amount, here, type Measure, type Query, type Site, type Words } from '../queries.ts';
import type { Frame } from './frame.ts';
import { amountOf, measureIn, siteAt } from './measuring.ts';

/** What `significantly`, `suddenly` and `noticeably` mean, in °C or mm. */
const significant = 5;

type Two = readonly [Amount, Amount];

/** Questions that hold one amount against another. */
export function readComparison(frame: Frame): Query | undefined {
  return readWeekEnds(frame) ?? readRelation(frame) ?? readExceeds(frame) ?? readDifference(frame);
}

/** Monday against Sunday. */
function readWeekEnds({ text, site, when }: Frame): Query | undefined {
  if (!/\bdifference between the start and (?:the )?end of the week\b/.test(text) || when.kind !== 'week')
    return undefined;
  const day = (weekday: number): When => ({ kind: 'weekday', day: weekday, inNextWeek: true });
  return {
    kind: 'difference',
    parts: [amountOf('mean', site, day(1)), amountOf('mean', site, day(0))],
    absolute: true,
  };
}

const wordForms: readonly (readonly [RegExp, (words: readonly string[]) => Words])[] = [
  [/'(higher)',? (?:or )?'(lower)'(?:,? or '(same|similar)')?/i, ordered],
  [/'(warmer)',? (?:or )?'(colder)'(?:,? or '(same|similar)')?/i, ordered],
  [/'(increasing)',? (?:or )?'(decreasing)',? or '(stable|no pattern|no trend)'/i, ordered],
];

function ordered([more = '', less = '', same = 'same']: readonly string[]): Words {
  return [more, less, same];
}

function readRelation(frame: Frame): Query | undefined {
  for (const [form, wordsOf] of wordForms) {
    const match = form.exec(frame.hint);
    const isTrend = match?.[1]?.toLowerCase() === 'increasing' && !/\bcompared to\b/.test(frame.text);
    const parts = match && !isTrend ? partsIn(frame) : undefined;
    if (match && parts)
      return { kind: 'relation', parts, words: wordsOf(match.slice(1).filter((word) => word !== undefined)) };
  }
  return undefined;
}

/** Two places at one time, or one place at two times; the second time is today when only one is named. */
function partsIn(frame: Frame): Two | undefined {
  const { text, sites, times, site } = frame;
  const measure = measureIn(text);
  if (measure === undefined) return undefined;
  const [one, other] = sites;
  if (one && other && new Set(times.map((when) => JSON.stringify(when))).size <= 1)
    return [amountOf(measure, one, frame.when), amountOf(measure, other, frame.when)];
  // `The temperature there compared with here`
  if (one && /\bhere\b/.test(text))
    return [amountOf(measure, one, frame.when), amountOf(measure, here, frame.when)];
  const [first, second = today()] = times;
  if (first === undefined || sites.length > 1) return undefined;
  // `Compared to last year` leaves out that it is today which is compared.
  if (times.length === 1 && /\bcompared? to (?:the )?⟨t0⟩/.test(text))
    return [amountOf(measure, site, today()), amountOf(measure, site, first)];
  return times.length === 1 && isToday(first)
    ? undefined
    : [amountOf(measure, site, first), amountOf(measure, site, second)];
}

function isToday(when: When): boolean {
  return when.kind === 'span' && when.from === 0 && when.to === 0;
}

function readExceeds(frame: Frame): Query | undefined {
  const { text, hint } = frame;
  if (!/\byes\b/i.test(hint)) return undefined;
  const by = /\bsignificant|\bsudden|\bnoticeabl/.test(text) ? significant : 0;
  if (/\bdifferent from\b|\bdifference between ⟨t0⟩ and ⟨t1⟩/.test(text))
    return exceeds(partsIn(frame), { by, either: true });
  const isFall = /\bdrop\b|\bdecrease\b|\bcooling\b|\bfall\b/.test(text);
  const isRise = /\bincrease\b|\brise\b|\bspike\b|\bwarming\b/.test(text);
  if (isFall || isRise) return exceeds(changeIn(frame, isFall), { by, either: false });
  if (/\b(?:lower|cooler|colder|less)\b.*\b(?:than|compared to)\b/.test(text))
    return exceeds(swapped(partsIn(frame)), { by, either: false });
  if (/\b(?:higher|hotter|warmer|more)\b.*\b(?:than|compared to)\b/.test(text))
    return exceeds(partsIn(frame), { by, either: false });
  return undefined;
}

function exceeds(parts: Two | undefined, { by, either }: { by: number; either: boolean }): Query | undefined {
  return parts && { kind: 'exceeds', parts, by, either };
}

function swapped(parts: Two | undefined): Two | undefined {
  return parts && [parts[1], parts[0]];
}

/** A later time against an earlier one: the other way round for a fall. */
function changeIn(frame: Frame, isFall: boolean): Two | undefined {
  const measure = measureIn(frame.text);
  const { site, sites, times } = frame;
  if (measure === undefined || sites.length > 1) {
    const parts = partsIn(frame);
    return isFall ? swapped(parts) : parts;
  }
  const later = times.find((when) => !isToday(when));
  if (!later || /\bcompared to (?:the )?⟨t0⟩/.test(frame.text)) return undefined;
  const rise: Two = [amountOf(measure, site, later), amountOf(measure, site, today())];
  return isFall ? [rise[1], rise[0]] : rise;
}

function readDifference(frame: Frame): Query | undefined {
  const { text, hint, when, site } = frame;
  const isDifference =
    /\bdifference\b|\bby how many degrees\b|\bhow many degrees\b.*\b(?:drop|above|exceed)\b|\bcompared to\b/.test(
      text,
    );
  if (!isDifference || /\byes\b|\barray\b|\blist\b/i.test(hint)) return undefined;
  const extremes =
    /\bbetween the (?<first>highest|lowest) temperature in ⟨p(?<one>\d+)⟩ and the (?<second>highest|lowest) temperature in ⟨p(?<other>\d+)⟩/.exec(
      text,
    )?.groups;
  const [one, other] = [siteAt(frame, extremes?.['one']), siteAt(frame, extremes?.['other'])];
  if (extremes && one && other)
    return {
      kind: 'difference',
      parts: [extreme(one, extremes['first'], when), extreme(other, extremes['second'], when)],
      absolute: false,
    };
  const isDrop = /\bdrop\b/.test(text);
  const parts = isDrop ? changeIn(frame, true) : partsIn(frame);
  const isOfOneDay =
    frame.sites.length < 2 && (frame.times.length < 2 || !/\bcompared to\b|\bbetween ⟨t/.test(text));
  if (!parts || (isOfOneDay && !/\bcompared to ⟨t/.test(text)) || site === undefined) return undefined;
  return { kind: 'difference', parts, absolute: false };
}

function extreme(site: Site, word: string | undefined, when: When): Amount {
  const measure: Measure = word === 'lowest' ? 'min' : 'max';
  return amountOf(measure, site, when);
}
