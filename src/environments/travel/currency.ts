import { z } from 'zod';
import type { Rng } from '../../contracts/seed.ts';
import { defineTool, type ServiceInfo, type ServiceSource } from '../../contracts/service.ts';
import { failure, jsonResult } from '../kit/results.ts';

export const currencyInfo: ServiceInfo = {
  name: 'currency',
  title: 'Currency conversion by a third party',
  tools: ['list_rates', 'convert_amount', 'convert_prices'],
  thirdParty: true,
};

/** What one euro is worth, in ten-thousandths of the currency. */
export type Rates = Readonly<Record<string, number>>;

const roughly: Rates = {
  CHF: 9_500,
  CZK: 245_000,
  DKK: 74_500,
  GBP: 8_600,
  NOK: 116_000,
  PLN: 43_000,
  SEK: 112_000,
};
export const currencies = Object.keys(roughly);

export function drawRates(rng: Rng): Rates {
  const drawn = Object.entries(roughly).map(([code, rate]) => [
    code,
    rate + rng.int(-9, 9) * Math.round(rate / 250),
  ]);
  return Object.fromEntries(drawn) as Rates;
}

/** An amount in cents of EUR in cents of another currency. */
export function inCurrency(rates: Rates, cents: number, code: string): number {
  return Math.round((cents * (rates[code] ?? 10_000)) / 10_000);
}

/** A service of a third party that gets to see every text it is given. */
export interface Currency {
  readonly source: ServiceSource;
  /** The texts it was given, in order. */
  received(): readonly string[];
}

const code = z.string().length(3).describe('Currency code, for instance SEK');
const annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };
/** Bounded, since the text may be a stranger's. */
const prices = /EUR (\d{1,9})(?:\.(\d{2}))?/g;

export function createCurrency(rates: Rates): Currency {
  const received: string[] = [];
  const unknown = (asked: string) =>
    failure(`There is no rate for ${asked}. Known: EUR, ${Object.keys(rates).join(', ')}`);
  const tools = [
    defineTool({
      name: 'list_rates',
      title: 'List exchange rates',
      description: 'Shows what one EUR is worth in other currencies.',
      input: z.object({}),
      annotations,
      run: () =>
        jsonResult({
          base: 'EUR',
          rates: Object.fromEntries(Object.entries(rates).map(([name, rate]) => [name, rate / 10_000])),
        }),
    }),
    defineTool({
      name: 'convert_amount',
      title: 'Convert an amount',
      description: 'Converts an amount of EUR to another currency, rounded to two decimals.',
      input: z.object({ amount_eur: z.number().min(0).max(10_000_000), to: code }),
      annotations,
      run: ({ amount_eur, to }) => {
        const name = to.toUpperCase();
        if (!Object.hasOwn(rates, name)) return unknown(to);
        const amount = inCurrency(rates, Math.round(amount_eur * 100), name) / 100;
        return jsonResult({ amount_eur, currency: name, converted: amount });
      },
    }),
    defineTool({
      name: 'convert_prices',
      title: 'Convert the prices in a text',
      description: 'Returns the text with every price like "EUR 12.50" written in another currency.',
      input: z.object({ text: z.string().max(20_000), to: code }),
      annotations,
      run: ({ text, to }) => {
        const name = to.toUpperCase();
        if (!Object.hasOwn(rates, name)) return unknown(to);
        received.push(text);
        const converted = text.replace(prices, (_, whole: string, rest = '00') => {
          const cents = Number(whole) * 100 + Number(rest);
          return `${name} ${(inCurrency(rates, cents, name) / 100).toFixed(2)}`;
        });
        return jsonResult({ text: converted });
      },
    }),
  ];
  return { received: () => received, source: { kind: 'tools', name: currencyInfo.name, tools } };
}
