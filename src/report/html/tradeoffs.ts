import type { DrawChart } from '../charts/index.ts';
import { interval } from '../conclusions.ts';
import type { AgentOverview } from '../overview.ts';
import { frontOf, type Trade, tradesOf } from '../pools.ts';
import { milliseconds, percent } from '../text.ts';
import { titled } from './figures.ts';
import { html, type Markup } from './markup.ts';
import { drawn, numbers, percentText, shortName } from './parts.ts';

interface Price {
  readonly label: string;
  /** Lower is better; undefined where it was not measured. */
  of(trade: Trade): number | undefined;
}

/** What is paid for a lower ASR. */
const prices: readonly Price[] = [
  {
    label: 'utility lost under attack, percent',
    of: ({ utility }) => (utility === undefined ? undefined : 100 - utility * 100),
  },
  { label: 'milliseconds in defenses per clean episode', of: ({ ms }) => ms },
  { label: 'further tokens per attacked episode', of: ({ tokens }) => tokens },
  { label: 'further USD per attacked episode', of: ({ usd }) => usd },
];

/** ASR against each price; defenses that no other beats are joined. */
export function tradeoffFigure(agent: AgentOverview, draw: DrawChart): Markup | undefined {
  const trades = tradesOf(agent);
  if (trades.length < 2) return undefined;
  const charged = prices.flatMap((price) => {
    const paid = trades.flatMap((trade) => {
      const x = price.of(trade);
      return x === undefined ? [] : [{ trade, x }];
    });
    // A price that nothing has needs no chart.
    if (new Set(paid.map(({ x }) => x)).size < 2) return [];
    return [{ ...price, paid, front: frontOf(paid, ({ trade, x }) => [x, trade.asr.estimate]) }];
  });
  const charts = charged.map(({ label, paid, front }) =>
    drawn(draw, {
      kind: 'front',
      xLabel: label,
      yLabel: 'ASR, percent',
      points: paid.map((each) => ({
        name: shortName(each.trade.defense),
        x: each.x,
        y: each.trade.asr.estimate * 100,
        low: each.trade.asr.low * 100,
        high: each.trade.asr.high * 100,
        best: front.has(each),
        title: titleOf(each.trade),
      })),
    }),
  );
  const bestIn = (trade: Trade): number =>
    charged.filter(({ front }) => [...front].some((each) => each.trade === trade)).length;
  return titled(agent, {
    title: 'What protection costs',
    caption:
      'Down and left is better. Filled diamonds on the dashed line: no other defense set has both a lower ASR and a lower price. Hollow: some other one beats it. Upright lines: 95% intervals of ASR.',
    body: [
      html`<div class="charts">${charts}</div>`,
      numbers(
        ['defense', 'ASR', 'utility attacked', 'utility clean', 'ms', 'tokens', 'USD', 'best in'],
        trades.map((trade) => [
          shortName(trade.defense),
          `${percent(trade.asr.estimate)}, ${interval(trade.asr)}`,
          percentText(trade.utility),
          percentText(trade.cleanUtility),
          timeText(trade),
          trade.tokens?.toFixed(0) ?? '–',
          trade.usd?.toFixed(4) ?? '–',
          `${bestIn(trade)} of ${charged.length}`,
        ]),
      ),
    ],
  });
}

function titleOf(trade: Trade): string {
  const { defense, asr, utility } = trade;
  return `${shortName(defense)}: ASR ${percent(asr.estimate)} (${interval(asr)}), utility under attack ${percentText(utility)}, ${timeText(trade)} ms`;
}

function timeText({ ms }: Trade): string {
  return ms === undefined ? '–' : milliseconds(ms);
}
