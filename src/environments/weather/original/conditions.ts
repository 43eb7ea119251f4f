import type { Condition } from '../queries.ts';

const wet: Condition = { measure: 'rain', is: 'above', value: 0 };
const dry: Condition = { measure: 'rain', is: 'at', value: 0 };
const snowy: Condition = { measure: 'snow', is: 'above', value: 0 };
const snowless: Condition = { measure: 'snow', is: 'at', value: 0 };

const waterForms: readonly (readonly [RegExp, readonly Condition[]])[] = [
  [/\b(?:more|higher|greater) rain\w* than snow/, [{ measure: 'rain', is: 'above', than: 'snow' }]],
  [/\b(?:more|higher|greater) snow\w* than rain/, [{ measure: 'snow', is: 'above', than: 'rain' }]],
  [/\brain\w* (?:showers )?(?:but |and )?(?:no|not|without) snow/, [wet, snowless]],
  [/\bsnow\w* (?:but |and )?(?:no|not|without) rain/, [snowy, dry]],
  [/\brain\w* (?:showers )?and (?:any )?snow|\bsnow\w*(?: accumulation)? and (?:any )?rain/, [wet, snowy]],
  [/\bheavy rain\w*(?: \(more than (?<heavy>\d{1,3}) ?mm\))?/, []],
  [/\bsnow\w* exceeds (?<deep>\d{1,3})/, []],
  [/\blight rain\w*(?: \(less than (?<least>\d{1,3}) ?mm\))?/, []],
  [/\bsnow/, [snowy]],
  [/\bprecipitation\b/, [{ measure: 'water', is: 'above', value: 0 }]],
  [/\brain|\bumbrella\b|\bshowers\b/, [wet]],
];

/** What days must be like, as a question says it; nothing when it says nothing of that kind. */
export function conditionsIn(text: string): readonly Condition[] {
  return [...waterIn(text), ...temperatureIn(text)];
}

function waterIn(text: string): readonly Condition[] {
  for (const [form, conditions] of waterForms) {
    const match = form.exec(text);
    if (!match) continue;
    const { heavy, deep, least } = match.groups ?? {};
    if (conditions.length > 0) return conditions;
    if (deep !== undefined) return [{ measure: 'snow', is: 'above', value: Number(deep) }];
    if (match[0].startsWith('heavy')) return [{ measure: 'rain', is: 'above', value: Number(heavy ?? 50) }];
    return [wet, { measure: 'rain', is: 'below', value: Number(least ?? 10) }];
  }
  return [];
}

function temperatureIn(text: string): readonly Condition[] {
  const found: Condition[] = [];
  const below = /\btemperatures? (?:drops? |falls? |is |are )?below (?:freezing|(?<value>\d{1,2}))/.exec(
    text,
  );
  if (below) found.push({ measure: 'mean', is: 'below', value: Number(below.groups?.['value'] ?? 0) });
  const above = /\btemperatures? (?:rises? |is |are )?(?:above|exceeding|over) (?<value>\d{1,2})/.exec(text);
  if (above) found.push({ measure: 'max', is: 'above', value: Number(above.groups?.['value'] ?? 0) });
  return found;
}
