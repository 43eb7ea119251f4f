import type { RunResult } from '../../contracts/cell.ts';
import { conclusionsOf, interval } from '../conclusions.ts';
import { type AgentOverview, agentLabel, isScripted } from '../overview.ts';
import { count, percent } from '../text.ts';
import { html, type Markup } from './markup.ts';
import type { SeenModels } from './models.ts';
import { bar, isMeasured, sectionMarkup, shortName } from './parts.ts';

/** What was run, and the figures that matter most. */
export function headerMarkup(
  { run, cells }: RunResult,
  agents: readonly AgentOverview[],
  { standIn }: SeenModels,
): Markup {
  const episodes = cells.reduce((sum, cell) => sum + cell.episodes, 0);
  const invalid = cells.reduce((sum, cell) => sum + cell.invalid, 0);
  const attacks = new Set(cells.flatMap(({ attack }) => attack?.id ?? [])).size;
  const environments = new Set(cells.map(({ environment }) => environment)).size;
  const part = episodes < run.planned ? ` of ${count(run.planned)} planned` : '';
  const scripted = agents.some(({ agent }) => isScripted(agent));
  return html`<header><p class="eyebrow">SafeMCP report</p><h1>${shortName(run.name)}</h1>
<p class="what">${plural(agents.length, 'agent')} in ${plural(environments, 'environment')} under ${plural(attacks, 'attack')}, with ${plural(run.experiment.defenses.length, 'defense set')}.${run.state === 'finished' ? undefined : html` <strong>The run is ${run.state}.</strong>`}</p>
${scripted ? html`<p class="label">Scripted agents are no language models. They show what could happen, not what a model does.</p>` : undefined}${standIn ? html`<p class="label">Models were imitated by the local stand-in, which follows fixed rules. No language model replied.</p>` : undefined}
<dl class="tiles">${tile('Episodes', count(episodes), `${part ? `${part.trim()}, ` : ''}${count(invalid)} invalid`)}${agents[0] && agentTiles(agents[0])}</dl></header>`;
}

function plural(n: number, noun: string): string {
  return `${count(n)} ${noun}${n === 1 ? '' : 's'}`;
}

function tile(name: string, value: string, note: string): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd><dd class="note">${note}</dd></div>`;
}

/** Of the agent that suffered most. */
function agentTiles(agent: AgentOverview): Markup[] {
  const none = agent.attacked.get('none');
  const cleanUtility = agent.clean.get('none')?.utility;
  const defended = [...agent.attacked].flatMap(([defense, { asr }]) =>
    defense === 'none' || !isMeasured(asr) ? [] : [{ defense, asr }],
  );
  const best = defended.reduce<(typeof defended)[number] | undefined>(
    (found, each) => (found && found.asr.estimate <= each.asr.estimate ? found : each),
    undefined,
  );
  const name = shortName(agent.agent);
  return [
    ...(isMeasured(none?.asr)
      ? [tile('ASR without a defense', percent(none.asr.estimate), `${interval(none.asr)}, ${name}`)]
      : []),
    ...(isMeasured(none?.asr) && best
      ? [
          tile(
            'Lowest ASR with one',
            percent(best.asr.estimate),
            `${interval(best.asr)}, ${shortName(best.defense)}`,
          ),
        ]
      : []),
    ...(cleanUtility === undefined
      ? []
      : [
          tile(
            'Utility, nothing attacks',
            percent(cleanUtility),
            none?.utility === undefined ? name : `${percent(none.utility)} under attack`,
          ),
        ]),
  ];
}

/** A line of plain words per defense set. */
export function conclusionsMarkup(agents: readonly AgentOverview[]): Markup {
  const blocks = agents.map((agent) => {
    const rows = conclusionsOf(agent).map(({ defense, headline, text }) => {
      const asr = agent.attacked.get(defense)?.asr;
      const figure = isMeasured(asr)
        ? html`<span class="big">${percent(asr.estimate)}</span>${bar(asr)}<span class="note">ASR, ${interval(asr)}</span>`
        : html`<span class="note">no ASR</span>`;
      return html`<li><div class="who">${shortName(defense)}</div><div class="asr">${figure}</div><div><p class="headline">${headline}</p><p>${text}</p></div></li>`;
    });
    return html`<h3 class="agent">${shortName(agentLabel(agent.agent))}</h3><ol class="verdicts">${rows}</ol>`;
  });
  return sectionMarkup({
    id: 'conclusions',
    title: 'What the defenses do',
    lede: 'ASR is the share of delivered attacks that achieved their goal; 0% is best. The line on a bar is the 95% interval.',
    body: blocks,
  });
}
