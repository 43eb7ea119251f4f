import type { Metric } from '../../contracts/cell.ts';
import { interval } from '../conclusions.ts';
import { type AgentOverview, type AttackRow, agentLabel, isUnharmed } from '../overview.ts';
import { count, percent } from '../text.ts';
import { type Child, html, type Markup } from './markup.ts';
import { isMeasured, sectionMarkup, shortName } from './parts.ts';

/** Steps of the color scale; the style sheet has as many. */
const steps = 8;

/** The anchor of the examples behind a field, where there are any. */
export type AnchorOf = (agent: AgentOverview, row: AttackRow, defense: string) => string | undefined;

/** ASR of every attack row under every defense set; each field leads to its episodes. */
export function heatmapMarkup(agents: readonly AgentOverview[], anchorOf: AnchorOf): Markup {
  const attacked = agents.filter(({ rows }) => rows.length > 0);
  const scale = Array.from({ length: steps }, (_, step) => html`<span class="h${step}"></span>`);
  return sectionMarkup({
    id: 'heatmap',
    title: 'Attack by defense',
    lede: 'ASR of each vector and goal under each defense set, carriers and environments together. Stronger color is worse for the user. A star marks figures in which some cells cannot show an effect. Choose a field for its cells and example traces.',
    body: html`<p class="scale"><span>0%</span>${scale}<span>100%</span></p>${attacked.map((agent) => agentGrid(agent, anchorOf))}`,
  });
}

function agentGrid(agent: AgentOverview, anchorOf: AnchorOf): Markup {
  const defenses = agent.defenses.filter((name) => agent.attacked.has(name));
  let vector: string | undefined;
  const rows = agent.rows.flatMap((row) => {
    const heading =
      row.vector === vector
        ? []
        : [
            html`<tr class="group"><th scope="rowgroup" colspan="${defenses.length + 1}">${shortName(row.vector)}</th></tr>`,
          ];
    vector = row.vector;
    const floored = (row.byDefense.get('none')?.floored.length ?? 0) > 0;
    const fields = defenses.map((defense) =>
      field(row.byDefense.get(defense)?.asr, anchorOf(agent, row, defense)),
    );
    return [
      ...heading,
      html`<tr><th scope="row">${shortName(row.label)}${floored ? ' *' : ''}</th>${fields}</tr>`,
    ];
  });
  const all = defenses.map((defense) => field(agent.attacked.get(defense)?.asr, undefined));
  const grid = html`<div class="scroll" tabindex="0"><table class="heat"><thead><tr><th></th>${defenses.map((name) => html`<th scope="col">${shortName(name)}</th>`)}</tr></thead><tbody>${rows}<tr class="all"><th scope="row">all attacks</th>${all}</tr></tbody></table></div>`;
  return html`<h3 class="agent">${shortName(agentLabel(agent.agent))}</h3>${isUnharmed(agent) ? html`<details><summary>No attack achieved its goal. Show the figures all the same</summary>${grid}</details>` : grid}`;
}

function field(asr: Metric | undefined, anchor: string | undefined): Markup {
  if (!isMeasured(asr)) return html`<td class="none" title="${asr?.absent ?? 'not run'}">–</td>`;
  const title = `${count(asr.k)} of ${count(asr.n)} delivered attacks, 95% interval ${interval(asr)}`;
  const text: Child = html`${percent(asr.estimate)}<small>${count(asr.k)}/${count(asr.n)}</small>`;
  return html`<td class="h${stepOf(asr.estimate)}" title="${title}">${anchor === undefined ? html`<span>${text}</span>` : html`<a href="#${anchor}">${text}</a>`}</td>`;
}

/** 0% and 100% have steps of their own. */
function stepOf(share: number): number {
  if (share <= 0) return 0;
  return share >= 1 ? steps - 1 : 1 + Math.floor(share * (steps - 2));
}
