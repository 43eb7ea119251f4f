import { type AttackStage, attackStages } from '../../contracts/events.ts';
import type { DrawChart, IntervalPoint } from '../charts/index.ts';
import { endings } from '../endings.ts';
import { type AgentOverview, agentLabel } from '../overview.ts';
import { detectorsOf, lossesOf, type Pooled } from '../pools.ts';
import { count, percent } from '../text.ts';
import type { Markup } from './markup.ts';
import {
  drawn,
  type Figure,
  figureMarkup,
  isMeasured,
  legend,
  numbers,
  rateText,
  shortName,
} from './parts.ts';

/** Where the attacks ended, one bar per defense set. */
export function funnelFigure(agent: AgentOverview, draw: DrawChart): Markup | undefined {
  if (agent.attacked.size === 0) return undefined;
  const rows = [...agent.attacked].map(([defense, tally]) => ({ row: shortName(defense), tally }));
  const seen = attackStages.map((stage) => endings[stage]);
  const parts = rows.flatMap(({ row, tally }) =>
    attackStages.map((stage) => ({ row, series: endings[stage], count: tally.endedAt[stage] })),
  );
  const cells = (stage: AttackStage, index: number): string => count(rows[index]?.tally.endedAt[stage] ?? 0);
  return titled(agent, {
    title: 'Where attacks ended',
    caption:
      'Valid attacked episodes by the last stage they reached: further right is further into the attack. An attempt that a defense blocked is no success.',
    legend: legend(seen, 'stages'),
    body: [
      drawn(draw, {
        kind: 'stack',
        label: 'episodes',
        rows: rows.map(({ row }) => row),
        series: seen,
        parts,
      }),
      numbers(
        ['defense', ...seen, 'stopped by a defense'],
        rows.map(({ row, tally }, index) => [
          row,
          ...attackStages.map((stage) => cells(stage, index)),
          count(tally.stopped),
        ]),
      ),
    ],
  });
}

/** ASR and HR with each defense set, against those without. */
export function effectFigure(agent: AgentOverview, draw: DrawChart): Markup | undefined {
  if (agent.attacked.size === 0) return undefined;
  const series = ['ASR', 'HR'] as const;
  const metricOf = (defense: string, name: (typeof series)[number]) =>
    agent.attacked.get(defense)?.[name === 'ASR' ? 'asr' : 'hr'];
  const points = [...agent.attacked.keys()].flatMap((defense) =>
    series.flatMap((name): IntervalPoint[] => pointOf(defense, name, metricOf(defense, name))),
  );
  const references = series.flatMap((name) => {
    const before = metricOf('none', name);
    return isMeasured(before)
      ? [
          {
            series: name,
            value: before.estimate * 100,
            title: `${name} without a defense: ${rateText(before)}`,
          },
        ]
      : [];
  });
  return titled(agent, {
    title: 'Attacks and harm, before and after',
    caption:
      'ASR: attacks that achieved their goal, of those delivered. HR: attacked episodes with harm, whoever wanted it. Dashed lines: without a defense. Bars: 95% intervals.',
    legend: legend(series, 'points'),
    body: [
      drawn(draw, {
        kind: 'intervals',
        label: 'percent',
        rows: [...agent.attacked.keys()].map(shortName),
        series,
        points,
        references,
      }),
      numbers(
        ['defense', 'ASR before', 'ASR after', 'HR before', 'HR after'],
        [...agent.attacked.keys()].map((defense) => [
          shortName(defense),
          ...series.flatMap((name) => [rateText(metricOf('none', name)), rateText(metricOf(defense, name))]),
        ]),
      ),
    ],
  });
}

function pointOf(defense: string, series: string, metric: Parameters<typeof rateText>[0]): IntervalPoint[] {
  if (!isMeasured(metric)) return [];
  const { estimate, low, high } = metric;
  return [
    {
      row: shortName(defense),
      series,
      value: estimate * 100,
      low: low * 100,
      high: high * 100,
      title: `${shortName(defense)}, ${series}: ${rateText(metric)}`,
    },
  ];
}

const lossKinds = [
  { series: 'defense alone', name: 'defense' },
  { series: 'attack with the defense', name: 'both' },
] as const;

/** Relative accuracy loss: what attack, defense and both take from the task. */
export function lossFigure(agent: AgentOverview, draw: DrawChart): Markup | undefined {
  const before = lossesOf(agent, 'none').attack;
  const rows = agent.defenses
    .filter((defense) => defense !== 'none')
    .map((defense) => ({ row: shortName(defense), losses: lossesOf(agent, defense) }));
  const points = rows.flatMap(({ row, losses }) =>
    lossKinds.flatMap(({ series, name }): IntervalPoint[] => {
      const pooled = losses[name];
      return pooled
        ? [{ row, series, value: pooled.mean * 100, title: `${row}, ${series}: ${lossText(pooled)}` }]
        : [];
    }),
  );
  if (points.length === 0) return undefined;
  const values = [...points.map(({ value }) => value), (before?.mean ?? 0) * 100];
  const series = lossKinds.map((kind) => kind.series);
  return titled(agent, {
    title: 'What the task loses (RAL)',
    caption:
      'Relative accuracy loss against the clean, undefended pair: by the defense alone (its price), and by attack and defense together. Dashed line: by the attack without a defense. Left of 0 is a gain. Means over cells, weighted by pairs.',
    legend: legend(series, 'points'),
    body: [
      drawn(draw, {
        kind: 'intervals',
        label: 'percent of utility lost',
        rows: rows.map(({ row }) => row),
        series,
        points,
        domain: [Math.min(0, ...values) * 1.05, Math.max(10, ...values) * 1.05],
        ...(before && {
          references: [
            {
              series: series[1] ?? '',
              value: before.mean * 100,
              title: `attack without a defense: ${lossText(before)}`,
            },
          ],
        }),
      }),
      numbers(
        ['defense', 'attack, no defense', ...series],
        rows.map(({ row, losses }) => [
          row,
          lossText(before),
          ...lossKinds.map(({ name }) => lossText(losses[name])),
        ]),
      ),
    ],
  });
}

function lossText(pooled: Pooled | undefined): string {
  return pooled ? `${percent(pooled.mean)} (${count(pooled.n)} pairs in ${count(pooled.cells)} cells)` : '–';
}

/** What each detector flags of attacks, and of honest traffic. */
export function detectorFigure(agent: AgentOverview, draw: DrawChart): Markup | undefined {
  const rates = detectorsOf(agent).map((each) => ({
    ...each,
    row: shortName(each.detector === each.defense ? each.detector : `${each.defense} / ${each.detector}`),
  }));
  const points = rates.flatMap(({ row, dr, fpr }) => [
    ...pointOf(row, 'DR', dr),
    ...pointOf(row, 'FPR', fpr),
  ]);
  if (points.length === 0) return undefined;
  const series = ['DR', 'FPR'];
  return titled(agent, {
    title: 'What detectors see',
    caption:
      'DR: delivered attacks that were flagged on a message with payload; more is better. FPR: clean episodes flagged at all; less is better. Defenses that act without flagging show 0%. Bars: 95% intervals.',
    legend: legend(series, 'points'),
    body: [
      drawn(draw, {
        kind: 'intervals',
        label: 'percent of episodes',
        rows: rates.map(({ row }) => row),
        series,
        points,
      }),
      numbers(
        ['detector', 'DR', 'FPR'],
        rates.map(({ row, dr, fpr }) => [row, rateText(dr), rateText(fpr)]),
      ),
    ],
  });
}

export function titled(agent: AgentOverview, figure: Figure): Markup {
  return figureMarkup({ ...figure, title: `${figure.title}: ${shortName(agentLabel(agent.agent))}` });
}
