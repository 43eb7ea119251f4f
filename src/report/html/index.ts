import { createHash } from 'node:crypto';
import type { RunResult } from '../../contracts/cell.ts';
import { type DrawChart, openCharts } from '../charts/index.ts';
import type { ExampleSource } from '../examples.ts';
import { type AgentOverview, agentLabel, isUnharmed, overviewOf } from '../overview.ts';
import { anchorsOf, drilldownMarkup, fieldsOf } from './drilldown.ts';
import { detectorFigure, effectFigure, funnelFigure, lossFigure } from './figures.ts';
import { heatmapMarkup } from './heatmap.ts';
import { manifestMarkup, methodMarkup, publishedMarkup, type Writer } from './manifest.ts';
import { html, Markup } from './markup.ts';
import { watchModels } from './models.ts';
import { sectionMarkup, shortName } from './parts.ts';
import { style } from './style.ts';
import { conclusionsMarkup, headerMarkup } from './summary.ts';
import { tradeoffFigure } from './tradeoffs.ts';

export type { Writer } from './manifest.ts';

const chapters = [
  ['conclusions', 'Conclusions'],
  ['heatmap', 'Attack by defense'],
  ['effects', 'Effects'],
  ['detectors', 'Detection'],
  ['costs', 'Costs'],
  ['examples', 'Traces'],
  ['method', 'Method'],
  ['manifest', 'Manifest'],
  ['published', 'Others'],
] as const;

/**
 * The report as one page that needs nothing else: no script, no request, no style but its own. Whatever services,
 * models and files have said stands in it as text.
 */
export async function htmlReport(
  result: RunResult,
  examples: ExampleSource,
  writer: Writer,
): Promise<string> {
  const draw = await openCharts();
  const agents = overviewOf(result, 'goals');
  const fields = fieldsOf(agents, examples);
  const anchor = anchorsOf(fields);
  const models = watchModels(examples);
  const drilldown = await drilldownMarkup(agents, fields, models.examples);
  return page(result.run.name, [
    headerMarkup(result, agents, models.seen()),
    navigation(),
    conclusionsMarkup(agents),
    heatmapMarkup(agents, (agent, row, defense) =>
      anchor({ agent: agent.agent, vector: row.vector, label: row.label, defense }),
    ),
    ...figureSections(agents, draw),
    drilldown,
    methodMarkup(result, agents),
    manifestMarkup(result, models.seen(), writer),
    publishedMarkup(),
  ]);
}

function navigation(): Markup {
  const links = chapters.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`);
  return html`<nav aria-label="Sections"><ul>${links}</ul></nav>`;
}

type MakeFigure = (agent: AgentOverview, draw: DrawChart) => Markup | undefined;

function figureSections(agents: readonly AgentOverview[], draw: DrawChart): Markup[] {
  const section = (id: string, title: string, make: readonly MakeFigure[]): Markup => {
    const figures = agents.flatMap((agent) => {
      const own = make.flatMap((figure) => figure(agent, draw) ?? []);
      return own.length === 0 || !isUnharmed(agent)
        ? own
        : html`<details class="quiet"><summary>${shortName(agentLabel(agent.agent))}: no attack achieved its goal. Show the figures all the same</summary>${own}</details>`;
    });
    return sectionMarkup({ id, title, body: figures.length > 0 ? figures : html`<p>Nothing measured.</p>` });
  };
  return [
    section('effects', 'How far attacks come', [funnelFigure, effectFigure, lossFigure]),
    section('detectors', 'Detection and false alarms', [detectorFigure]),
    section('costs', 'Protection and its price', [tradeoffFigure]),
  ];
}

function page(name: string, body: readonly Markup[]): string {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  // The policy is markup of ours: its quotes must stand as they are.
  const meta = new Markup(
    `<meta http-equiv="Content-Security-Policy" content="${policy}"><style>${style}</style>`,
  );
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">${meta}<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${name.slice(0, 200)} · SafeMCP report</title></head>
<body><div class="page">${body}<footer>Every figure can be traced to episodes: safemcp episodes, safemcp show ID.</footer></div></body></html>
`.text;
}
