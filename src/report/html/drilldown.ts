import type { Cell, Metric, PairedDifference } from '../../contracts/cell.ts';
import type { EpisodeRecord } from '../../contracts/events.ts';
import { interval, share } from '../conclusions.ts';
import { cleanRow, type ExamplePlace, type ExampleSource } from '../examples.ts';
import { type AgentOverview, type AttackRow, agentLabel, isDeterministic } from '../overview.ts';
import { count, percent } from '../text.ts';
import { html, type Markup } from './markup.ts';
import { sectionMarkup, shortName, table } from './parts.ts';
import { traceMarkup } from './traceView.ts';

/** Traces that a page holds, however large the run. */
const maxTraces = 150;
/** Cells listed behind one field. */
const maxCells = 40;

/** One field of the heatmap with what is behind it. */
interface Field {
  readonly anchor: string;
  readonly place: ExamplePlace;
  readonly cells: readonly Cell[];
  readonly ids: readonly (readonly [what: string, id: string])[];
}

/** The fields of all agents in order, with as many examples as a page may hold: every field gets one before any gets two. */
export function fieldsOf(agents: readonly AgentOverview[], examples: ExampleSource): Field[] {
  const all = agents.flatMap((agent, number) => [
    ...agent.rows.flatMap((row, index) => rowFields(agent, row, `f${number}-${index}`)),
    ...cleanFields(agent, `f${number}-clean`),
  ]);
  const wanted = all.map((field) => {
    const { achieved, resisted, falseAlarm } = examples.idsOf(field.place);
    return [
      ...(achieved === undefined ? [] : [['The attack achieved its goal', achieved] as const]),
      ...(resisted === undefined ? [] : [['The attack did not achieve its goal', resisted] as const]),
      ...(falseAlarm === undefined
        ? []
        : [['Nothing attacked, and something was flagged', falseAlarm] as const]),
    ];
  });
  const firsts = wanted.filter((ids) => ids.length > 0).length;
  let seconds = Math.max(0, maxTraces - firsts);
  let left = maxTraces;
  return all.map((field, index) => {
    const own = (wanted[index] ?? []).slice(0, seconds > 0 ? 2 : 1).slice(0, left);
    seconds -= Math.max(0, own.length - 1);
    left -= own.length;
    return { ...field, ids: own };
  });
}

function rowFields(agent: AgentOverview, row: AttackRow, prefix: string): Field[] {
  return agent.defenses.flatMap((defense, index) => {
    const cells = row.byDefense.get(defense)?.cells;
    const place = { agent: agent.agent, vector: row.vector, label: row.label, defense };
    return cells ? [{ anchor: `${prefix}-${index}`, place, cells, ids: [] }] : [];
  });
}

function cleanFields(agent: AgentOverview, prefix: string): Field[] {
  return [...agent.clean].flatMap(([defense, { cells }], index) =>
    defense === 'none'
      ? []
      : [
          {
            anchor: `${prefix}-${index}`,
            place: { agent: agent.agent, ...cleanRow, defense },
            cells,
            ids: [],
          },
        ],
  );
}

/** Anchors of the fields by place. */
export function anchorsOf(fields: readonly Field[]): (place: ExamplePlace) => string | undefined {
  const anchors = new Map(fields.map(({ place, anchor }) => [nameOf(place), anchor]));
  return (place) => anchors.get(nameOf(place));
}

function nameOf({ agent, vector, label, defense }: ExamplePlace): string {
  return JSON.stringify([agent, vector, label, defense]);
}

/** Every field with its cells and example traces, closed until asked for. Records are read one by one. */
export async function drilldownMarkup(
  agents: readonly AgentOverview[],
  fields: readonly Field[],
  examples: ExampleSource,
): Promise<Markup> {
  const blocks: Markup[] = [];
  for (const { agent } of agents) {
    const rows = new Map<string, Markup[]>();
    for (const field of fields) {
      const { place, ids } = field;
      if (place.agent !== agent || (place.vector === '' && ids.length === 0)) continue;
      const row =
        place.vector === ''
          ? 'Nothing attacked, and something was flagged'
          : `${place.vector}: ${place.label}`;
      rows.set(row, [...(rows.get(row) ?? []), await fieldMarkup(field, examples)]);
    }
    const items = [...rows].map(
      ([row, own]) => html`<details class="row"><summary>${shortName(row)}</summary>${own}</details>`,
    );
    if (items.length > 0) blocks.push(html`<h3 class="agent">${shortName(agentLabel(agent))}</h3>${items}`);
  }
  return sectionMarkup({
    id: 'examples',
    title: 'Behind the figures',
    lede: 'The cells behind each field of the heatmap, and example traces with the payload marked. Traces are cut; “safemcp show ID” prints one whole.',
    body: blocks.length > 0 ? blocks : html`<p>No episodes are stored.</p>`,
  });
}

async function fieldMarkup({ anchor, place, cells, ids }: Field, examples: ExampleSource): Promise<Markup> {
  const traces: Markup[] = [];
  for (const [what, id] of ids) {
    const record: EpisodeRecord = await examples.record(id);
    traces.push(traceMarkup(what, record));
  }
  // The anchor is inside, so that going to it opens what is around it.
  return html`<details class="field"><summary>${shortName(place.defense)} <span class="note">${pooledText(cells)}</span></summary><div id="${anchor}">${cellTable(cells)}${traces.length > 0 ? traces : html`<p class="note">The page holds no example for this field; “safemcp episodes” lists them.</p>`}</div></details>`;
}

/** What the field says, in figures. */
function pooledText(cells: readonly Cell[]): string {
  const name = cells.some(({ attack }) => attack) ? 'asr' : 'fpr';
  let [k, n] = [0, 0];
  for (const { metrics } of cells) {
    const metric = metrics[name];
    if ('k' in metric) [k, n] = [k + metric.k, n + metric.n];
  }
  return n === 0 ? '' : `${name.toUpperCase()} ${percent(k / n)} (${count(k)}/${count(n)})`;
}

function cellTable(cells: readonly Cell[]): Markup {
  const rows = cells
    .slice(0, maxCells)
    .map((cell) => [
      shortName(`${cell.environment}${cell.attack ? ` ${cell.attack.id}` : ''}`),
      ...rateColumns(cell.attack ? cell.metrics.asr : cell.metrics.fpr),
      'estimate' in cell.metrics.utility
        ? percent(cell.metrics.utility.estimate)
        : cell.metrics.utility.absent,
      cell.against ? changeText(cell.against, isDeterministic(cell.agent)) : '–',
      cell.floor ? 'no credit' : '',
    ]);
  const hidden = cells.length - rows.length;
  const attacked = cells.some(({ attack }) => attack);
  return html`<details class="numbers"><summary>${rows.length + Math.max(0, hidden)} cells</summary>${table(['cell', attacked ? 'ASR' : 'FPR', '95% interval', 'utility', 'against undefended', 'floor'], rows)}${hidden > 0 ? html`<p class="note">${hidden} more: safemcp report --format csv</p>` : undefined}</details>`;
}

function rateColumns(metric: Metric): [string, string] {
  if ('absent' in metric) return [metric.absent, ''];
  return [share(metric), interval(metric)];
}

/** p is left out for agents that do not act by chance. */
function changeText({ difference, pHolm, pairs }: PairedDifference, deterministic: boolean): string {
  if ('absent' in difference) return difference.absent;
  const change = `${difference.k > 0 ? '+' : ''}${difference.k} in ${pairs} pairs`;
  return deterministic ? change : `${change}, p ${pHolm < 0.001 ? '< 0.001' : `= ${pHolm.toFixed(3)}`}`;
}
