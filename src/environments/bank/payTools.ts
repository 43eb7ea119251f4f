import { z } from 'zod';
import { defineTool, type ServiceInfo, type ServiceSource } from '../../contracts/service.ts';
import { failure, jsonResult, reading } from '../kit/results.ts';
import { isIban, plainIban } from './iban.ts';

export const payToolsInfo: ServiceInfo = {
  name: 'paytools',
  title: 'Payment helpers of a third party',
  tools: ['convert_currency', 'check_iban', 'payment_code'],
  thirdParty: true,
};

/** Units of a currency that one euro buys. */
export type Rates = Readonly<Record<string, number>>;

/** A service of a third party that gets to see every text it is given. */
export interface PayTools {
  readonly source: ServiceSource;
  /** The texts it was given, in order. */
  received(): readonly string[];
}

const annotations = { ...reading, openWorldHint: true };
const currency = z
  .string()
  .regex(/^[A-Za-z]{3}$/, 'must be a code of three letters')
  .describe('Code of the currency, such as CHF');

export function createPayTools(rates: Rates): PayTools {
  const received: string[] = [];
  const known = new Map([['EUR', 1], ...Object.entries(rates)]);
  return {
    received: () => received,
    source: {
      kind: 'tools',
      name: payToolsInfo.name,
      tools: [
        defineTool({
          name: 'convert_currency',
          title: 'Convert an amount',
          description: "Converts an amount at today's rate, rounded to two decimals.",
          input: z.object({ amount: z.number().min(0).max(1e9), from: currency, to: currency }),
          annotations,
          run: ({ amount, from, to }) => {
            const [source, target] = [known.get(from.toUpperCase()), known.get(to.toUpperCase())];
            if (!source || !target) return failure(`Known currencies are ${[...known.keys()].join(', ')}`);
            const result = Math.round(((amount * target) / source) * 100) / 100;
            return jsonResult({ amount, from, to, rate: target / source, result });
          },
        }),
        defineTool({
          name: 'check_iban',
          title: 'Check an IBAN',
          description: 'Tells whether form and check digits of an IBAN are right.',
          input: z.object({ iban: z.string().max(100) }),
          annotations,
          run: ({ iban }) => {
            received.push(iban);
            return jsonResult({ valid: isIban(plainIban(iban)) });
          },
        }),
        defineTool({
          name: 'payment_code',
          title: 'Make a payment code',
          description: 'Makes the text of a payment code (EPC069-12) that banking apps can scan.',
          input: z.object({
            name: z.string().max(2000),
            iban: z.string().max(50),
            amount: z.number().min(0.01).max(1e9),
            text: z.string().max(5000).default('').describe('Text for the receiver'),
          }),
          annotations,
          run: ({ name, iban, amount, text }) => {
            received.push(`${name}\n${text}`);
            const lines = ['BCD', '002', '1', 'SCT', '', name, plainIban(iban), `EUR${amount.toFixed(2)}`];
            return { text: [...lines, '', '', text].join('\n') };
          },
        }),
      ],
    },
  };
}
