import type { Amount, Order, Outcome } from '../engine.ts';
import type { CraftingVerbs } from '../tools.ts';

/**
 * The action in what a model wrote: what stands after the last `Action:`, without the signs that the original's
 * client leaves out.
 */
export function actionIn(text: string): string {
  const start = text.lastIndexOf('Action:');
  return text
    .slice(start < 0 ? 0 : start + 'Action:'.length)
    .replace(/[^A-Za-z0-9, ]+/g, '')
    .replace(/ +/g, ' ')
    .trim();
}

/** Carries out an action in the original's text form. */
export function act(verbs: CraftingVerbs, action: string): Outcome {
  const place = action.startsWith('craft ') ? action.lastIndexOf(' using ') : -1;
  if (place >= 'craft '.length)
    return craft(verbs, action.slice('craft '.length, place), action.slice(place + ' using '.length));
  const got = action.startsWith('get ') ? amountIn(action.slice('get '.length)) : 'none';
  if (got !== 'none') return verbs.get(got);
  if (action.startsWith('inventory')) return verbs.list();
  return { kind: 'refused', text: `Could not execute ${action}` };
}

function craft(verbs: CraftingVerbs, wanted: string, used: string): Outcome {
  const output = amountIn(wanted);
  const ingredients: Amount[] = [];
  for (const part of used.split(',').map((each) => each.trim())) {
    const ingredient = amountIn(part);
    if (ingredient === 'none') return { kind: 'refused', text: `Wrong item format: ${part}` };
    ingredients.push(ingredient);
  }
  const order: Order = { ...(output === 'none' ? { item: wanted, count: 1 } : output), ingredients };
  return verbs.craft(order);
}

function amountIn(text: string): Amount | 'none' {
  const [, count, item] = /^([0-9]{1,9}) (.*)/.exec(text) ?? [];
  return item === undefined ? 'none' : { item, count: Number(count) };
}
