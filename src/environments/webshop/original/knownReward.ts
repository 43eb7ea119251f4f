import type { Goal, WantedOption } from '../scoring/goal.ts';
import { originalReward } from '../scoring/original.ts';
import type { Choices, ShownProduct } from '../shop/product.ts';
import type { InstructionRecords } from './products.ts';

export type KnownReward =
  | { readonly kind: 'known'; readonly reward: number }
  | { readonly kind: 'unknown'; readonly reason: string };

/** What was bought, as far as the pages have shown it. */
export interface ShownPurchase {
  readonly product: ShownProduct;
  readonly choices: Choices;
}

/**
 * The reward of a recorded purchase, where it follows from the wish, from what is said of the products, and from the
 * pages that were open: the bought product must be the one the wish was made from (else its kind is not known), and
 * each attribute a tag of it or in a text that was shown.
 */
export function knownReward(
  wish: string,
  { product, choices }: ShownPurchase,
  said: InstructionRecords,
): KnownReward {
  const source = sourceOf(wish, said);
  if (source === 'none') return unknown('what is said of the products does not hold the instruction');
  if (source.asins.length !== 1 || source.asins[0] !== product.asin)
    return unknown('the bought product is not known to be the wanted one, and kinds are not recorded');
  const tags = said[product.asin]?.attributes ?? [];
  // The original makes a wish with the price it charges, so the wanted product is never too dear.
  const bought = { ...product, charged: 0, query: '', category: '', tags };
  const goal: Goal = { text: wish, product: bought, priceCap: 0, ...source };
  const reward = originalReward(goal, { product: bought, choices });
  const everything = { ...bought, tags: [...tags, ...goal.attributes] };
  if (reward === originalReward(goal, { product: everything, choices })) return { kind: 'known', reward };
  return unknown('an attribute is no tag of the bought product, and not all of its texts were shown');
}

function unknown(reason: string): KnownReward {
  return { kind: 'unknown', reason };
}

interface Source extends Pick<Goal, 'attributes' | 'options'> {
  /** Products that the wish can have been made from. */
  readonly asins: readonly string[];
}

/** The instruction that a wish begins with, the longest if there are several. */
function sourceOf(wish: string, said: InstructionRecords): Source | 'none' {
  const fitting = Object.entries(said)
    .map(([asin, { instruction, instruction_attributes }]) => ({
      asin,
      base: instruction ?? '',
      attributes: instruction_attributes ?? [],
    }))
    .filter(({ base }) => base !== '' && /^(?:$| with |, and price )/.test(restOf(wish, base)));
  const longest = fitting.reduce((length, { base }) => Math.max(length, base.length), 0);
  const sources = fitting.filter(({ base }) => base.length === longest);
  const [first] = sources;
  if (!first) return 'none';
  return {
    asins: sources.map(({ asin }) => asin),
    attributes: first.attributes,
    options: optionsIn(restOf(wish, first.base)),
  };
}

/** What follows `base`, or something that follows no base. */
function restOf(wish: string, base: string): string {
  return wish.startsWith(base) ? wish.slice(base.length) : '-';
}

/** Options as the wish lists them: ` with color: red, and size: large, and price lower than ...`. */
function optionsIn(rest: string): readonly WantedOption[] {
  const listed = rest.replace(/, and price lower than [\d.]+ dollars$/, '');
  if (!listed.startsWith(' with ')) return [];
  return listed
    .slice(' with '.length)
    .split(/, and (?=[^:]+: )/)
    .map((pair) => {
      const at = pair.indexOf(': ');
      return { name: pair.slice(0, at), value: pair.slice(at + 2) };
    });
}
