import { span, type When } from '../calendar.ts';
import type { Hunt, Measure, Query } from '../queries.ts';
import { conditionsIn } from './conditions.ts';
import type { Frame } from './frame.ts';
import { measureIn } from './measuring.ts';

/** How far a run of days is followed. */
const longestRun = 30;

function huntIn({ text, site, when }: Frame): Hunt | undefined {
  const conditions = conditionsIn(text);
  return conditions.length > 0 ? { site, when, conditions } : undefined;
}

/** An amount of those days only that are like something. */
export function readOnDays(frame: Frame): Query | undefined {
  const { text } = frame;
  const parts =
    /^(?<what>.*?\b(?:temperature|snowfall|rainfall|precipitation)\b.*?) (?<days>(?:during|on|for|in) (?:the )?(?:days\b|(?:snow|rain)\w* events\b).*)$/.exec(
      text,
    )?.groups;
  const hunt = parts && huntIn({ ...frame, text: parts['days'] ?? '' });
  const measure = measureIn(parts?.['what'] ?? '');
  if (!hunt || measure === undefined) return undefined;
  const what = parts?.['what'] ?? '';
  const isTotal = /\btotal\b|\bhow much\b/.test(what);
  if (measure === 'max') return { kind: 'fold-on', measure, fold: 'highest', hunt };
  if (measure === 'min') return { kind: 'fold-on', measure, fold: 'lowest', hunt };
  return { kind: 'fold-on', measure, fold: isTotal ? 'total' : 'mean', hunt };
}

export function readCount(frame: Frame): Query | undefined {
  const { text } = frame;
  if (!/\bhow many (?:\w+ )?days\b/.test(text) || / and what is\b/.test(text)) return undefined;
  const hunt = huntIn(frame);
  if (!hunt) return undefined;
  return /\bconsecutive\b|\bcontinuous\b/.test(text)
    ? { kind: 'run', hunt: { ...hunt, when: from(hunt.when) } }
    : { kind: 'count', hunt };
}

/** A run that starts on a day goes on from there. */
function from(when: When): When {
  return when.kind === 'span' && when.from === when.to ? span(when.from, when.from + longestRun - 1) : when;
}

export function readDays(frame: Frame): Query | undefined {
  const { text, hint, site, times } = frame;
  if (!/\bwhich days?\b/.test(text)) return undefined;
  const best =
    /\b(?<most>highest|most|greater amount|heavier|more|hottest|warmest)\b|\b(?<least>lowest|least|coldest)\b/.exec(
      text,
    )?.groups;
  const isThan = /\bthan\b/.test(text);
  if (/\blist\b/i.test(hint) && (!best || isThan)) {
    const hunt = huntIn(frame);
    return hunt && { kind: 'days', hunt };
  }
  const measure: Measure | undefined = measureIn(text);
  const isMixed = /\btemperature\b.*\b(?:rain|snow)|\b(?:rain|snow).*\btemperature\b/.test(text);
  if (!best || isThan || isMixed || measure === undefined || /\blist\b/i.test(hint)) return undefined;
  const labels = [...hint.matchAll(/'(\d{1,2}(?:st|nd|rd|th))'/g)].map(([, label = '']) => label);
  const isLabeled = labels.length > 1 && !/both/i.test(hint);
  const query = {
    kind: 'best-day',
    measure,
    site,
    when: joined(times),
    most: best['most'] !== undefined,
  } as const;
  return isLabeled ? { ...query, labels } : query;
}

/** `The 7th of last month or the 20th of last month` means both days. */
function joined(times: readonly When[]): When {
  const [first, second] = times;
  if (first?.kind === 'month-days' && second?.kind === 'month-days' && first.month === second.month)
    return { ...first, days: [...first.days, ...second.days] };
  return first ?? span(0, 0);
}

/** Whether something is so on any day that is meant. */
export function readYesNo(frame: Frame): Query | undefined {
  const { text, hint, site, when } = frame;
  if (!/\byes\b/i.test(hint) || /\bcompar/.test(text)) return undefined;
  if (/\bsuitable for outdoor|\bwarm enough\b/.test(text)) return { kind: 'pleasant', site, when };
  const hunt = huntIn(frame);
  return hunt && { kind: 'any', hunt };
}
