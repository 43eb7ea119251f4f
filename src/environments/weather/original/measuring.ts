import { type Amount, here, type Measure, type Query, type Site, type Unit } from '../queries.ts';
import type { Frame } from './frame.ts';

/** What a text is about, when it says so. */
export function measureIn(text: string): Measure | undefined {
  if (/\brain\w* and snow|\bsnow\w* and rain|\bcombined\b.*\b(?:rain|snow)|\bprecipitation\b/.test(text))
    return 'water';
  if (/\bsnow(?!ing)/.test(text)) return 'snow';
  if (/\brain/.test(text)) return 'rain';
  if (/\b(?:highest|high|maximum) temperature|\bhottest\b/.test(text)) return 'max';
  if (/\b(?:lowest|low|minimum) temperature/.test(text)) return 'min';
  return /\btemperature|\bwarm|\bhot|\bcold|\bcool/.test(text) ? 'mean' : undefined;
}

/** The amount of a measure, with the usual way to make one number of many days. */
export function amountOf(measure: Measure, site: Site, when: Frame['when'], text = ''): Amount {
  const isWater = measure === 'rain' || measure === 'snow' || measure === 'water';
  const isMean = /\baverage\b/.test(text) || !isWater;
  if (/\bhighest\b/.test(text) && isWater) return { measure, site, when, fold: 'highest' };
  if (measure === 'max') return { measure, site, when, fold: 'highest' };
  if (measure === 'min') return { measure, site, when, fold: 'lowest' };
  return { measure, site, when, fold: isMean ? 'mean' : 'total' };
}

/** The place that a mark such as `⟨p1⟩` stands for. */
export function siteAt({ sites }: Frame, mark: string | undefined): Site | undefined {
  return mark === undefined ? undefined : sites[Number(mark)];
}

export function readDistance(frame: Frame): Query | undefined {
  if (!/\bhow far\b|\bdistance\b/.test(frame.text) || frame.sites.length === 0) return undefined;
  const [one, other = here] = frame.sites;
  return one && { kind: 'distance', sites: [other, one] };
}

export function readHeight(frame: Frame): Query | undefined {
  if (!/\belevation\b|\baltitude\b/.test(frame.text) || frame.sites.length === 0) return undefined;
  const compared = /compared to (?:that of )?⟨p(?<place>\d+)⟩|between ⟨p\d+⟩ and ⟨p(?<second>\d+)⟩/.exec(
    frame.text,
  )?.groups;
  const other = siteAt(frame, compared?.['place'] ?? compared?.['second']) ?? here;
  const isWithin = /\bhighest and lowest\b|\bbase and the summit\b/.test(frame.text);
  if (isWithin) return undefined;
  const led = /between ⟨p(?<place>\d+)⟩ and|\bspecifically to ⟨p(?<better>\d+)⟩/.exec(frame.text)?.groups;
  const one = siteAt(frame, led?.['place'] ?? led?.['better']) ?? frame.site;
  return { kind: 'height-difference', sites: [one, other], absolute: !/\bhigher\b/.test(frame.text) };
}

export function readAir(frame: Frame): Query | undefined {
  const { text, site, when, sites } = frame;
  if (!/\bair\b/.test(text) || /\bnext (?:spring|summer|autumn|fall|winter)\b/.test(text)) return undefined;
  const air = (where: Site): Amount => amountOf('air', where, when);
  if (/\bwhich city\b/.test(text) && sites.length > 1)
    return { kind: 'best-place', amounts: sites.map(air), most: /\bworse|\bworst|\bhighest/.test(text) };
  if (/\bsame as here\b/.test(text)) return { kind: 'same-level', parts: [air(site), air(here)] };
  return { kind: 'level', of: air(site) };
}

export function readPlaceChoice({ text, sites, when }: Frame): Query | undefined {
  if (
    !/\b(?:which city|the city with)\b/.test(text) ||
    sites.length < 2 ||
    /\bconsecutive|\btemperature rise|\bhourly/.test(text)
  )
    return undefined;
  const measure = measureIn(text) ?? 'mean';
  const amounts = sites.map((site) => {
    const amount = amountOf(measure, site, when, text);
    return amount.fold === 'highest' && measure !== 'max' ? { ...amount, fold: 'total' as const } : amount;
  });
  return {
    kind: 'best-place',
    amounts,
    most: !/\b(?:lowest|least|cooler|coldest|coolest)\b/.test(text.replace(/lowest temp/, '')),
  };
}

/** Signs of a question that asks for more than one number of one place. */
const notPlain =
  /\b(?:trend|pattern|percentage|which|how does|years|both|time of year)\b|\band (?:how|what)\b|^on days\b|\bcompar|\btemperature\b.*\b(?:rain|snow)fall|\b(?:rain|snow)fall\b.*\btemperature\b/;

export function readAmount({ text, hint, sites, site, when }: Frame): Query | undefined {
  const measure = measureIn(text);
  const isPlain = sites.length < 2 && !notPlain.test(text) && !/\byes\b|\barray\b|\blist\b/i.test(hint);
  if (measure === undefined || !isPlain) return undefined;
  const isRange =
    /\b(?:temperature )?(?:difference|variation|drop) (?:in ⟨p|from morning|between (?:morning|sunrise))|\btemperature variation\b/.test(
      text,
    );
  const isTemperature = measure === 'mean' || measure === 'max' || measure === 'min';
  if (isTemperature && isRange)
    return { kind: 'amount', of: { measure: 'range', site, when, fold: 'mean' }, unit: 'plain' };
  return {
    kind: 'amount',
    of: amountOf(measure, site, when, text),
    unit: unitIn(`${text} ${hint}`, measure),
  };
}

function unitIn(text: string, measure: Measure): Unit {
  if (/\binch/i.test(text)) return measure === 'snow' ? 'inches of snow' : 'inches';
  return /\bfahrenheit\b/i.test(text) && measure !== 'rain' && measure !== 'snow' ? 'fahrenheit' : 'plain';
}
