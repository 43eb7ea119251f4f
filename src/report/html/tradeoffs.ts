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
  /** Lower is better. */
  of(trade: Trade): number;
}

/** What is paid for a lower ASR. */
const prices: readonly Price[] = [
  { label: 'utility lost under attack, percent', of: ({ utility }) => 100 - (utility ?? 0) * 100 },
  { label: 'milliseconds in defenses per episode', of: ({ ms }) => ms },
  { label: 'further tokens per episode', of: ({ tokens }) => tokens },
  { label: 'further USD per episode', of: ({ usd }) => usd },
];

/** ASR against each price; defenses that no other beats are joined. */
export function tradeoffFigure(agent: AgentOverview, draw: DrawChart): Markup | undefined {
  const trades = tradesOf(agent);
  if (trades.length < 2) return undefined;
  // A price that nothing has needs no chart.
  const charged = prices.filter(({ of }) => new Set(trades.map(of)).size > 1);
  const fronts = new Map(
    charged.map((price) => [price, frontOf(trades, (trade) => [price.of(trade), trade.asr.estimate])]),
  );
  const charts = charged.map((price) =>
    drawn(draw, {
      kind: 'front',
      xLabel: price.label,
      yLabel: 'ASR, percent',
      points: trades.map((trade) => ({
        name: shortName(trade.defense),
        x: price.of(trade),
        y: trade.asr.estimate * 100,
        low: trade.asr.low * 100,
        high: trade.asr.high * 100,
        best: fronts.get(price)?.has(trade) ?? false,
        title: titleOf(trade),
      })),
    }),
  );
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
          milliseconds(trade.ms),
          trade.tokens.toFixed(0),
          trade.usd.toFixed(4),
          `${charged.filter((price) => fronts.get(price)?.has(trade)).length} of ${charged.length}`,
        ]),
      ),
    ],
  });
}

function titleOf({ defense, asr, utility, ms }: Trade): string {
  return `${shortName(defense)}: ASR ${percent(asr.estimate)} (${interval(asr)}), utility under attack ${percentText(utility)}, ${milliseconds(ms)} ms`;
}
