import type { RunResult } from '../contracts/cell.ts';
import { isFakeModelVersion } from '../contracts/model.ts';
import { boundsWithMissing } from '../experiment/statistics/missing.ts';
import { judgedNotes } from './judged.ts';
import { type AgentOverview, type Detail, isScripted } from './overview.ts';
import { isFloor, isMeasured } from './tally.ts';
import { count, percent, safe } from './text.ts';

/** What the run is, in two lines. */
export function summaryOf({ run, cells }: RunResult): string[] {
  const { experiment } = run;
  const invalid = cells.reduce((sum, cell) => sum + cell.invalid, 0);
  const episodes = cells.reduce((sum, cell) => sum + cell.episodes, 0);
  const part = episodes < run.planned ? ` of ${count(run.planned)} planned` : '';
  const state = run.state === 'finished' ? '' : `, ${run.state}`;
  return [
    `${run.name}: ${count(episodes)}${part} episodes, ${count(invalid)} invalid${state}`,
    `run ${run.id}, seed ${experiment.seed}, ${environmentsText(experiment)}, era ${experiment.era}`,
  ];
}

/** Environments that are named; more of them are counted. */
const namedEnvironments = 4;

function environmentsText({ environments }: RunResult['run']['experiment']): string {
  const tasks = (n: number): string => `${count(n)} ${n === 1 ? 'task' : 'tasks'}`;
  if (environments.length > namedEnvironments) {
    const all = environments.reduce((sum, each) => sum + each.tasks, 0);
    return `${count(environments.length)} environments with ${tasks(all)}`;
  }
  return `environments ${environments.map((each) => `${each.id} (${tasks(each.tasks)})`).join(', ')}`;
}

/** What a reader must know to read the figures right. */
export function notesOf(result: RunResult, agents: readonly AgentOverview[], detail: Detail): string[] {
  const attacked = agents.some((agent) => agent.attacked.size > 0);
  return [
    ...(attacked
      ? [
          'ASR: attacks that achieved their goal / attacks delivered; 0% is best. Intervals: Wilson, 95%, wider as far ' +
            'as episodes of one task are alike.',
        ]
      : []),
    ...(attacked && result.cells.some(({ against }) => against)
      ? [
          'Effects: successes with the defense against successes without, on pairs of episodes equal in all else. ' +
            'p: exact McNemar by task, Holm over all cells; for agents that do not act by chance it is left out.',
        ]
      : []),
    ...(attacked && detail === 'goals'
      ? ['Rows count carriers and environments together; report --detail shows each.']
      : []),
    ...coverageNotes(agents),
    ...agentNotes(agents),
    ...modelNotes(result),
    ...judgedNotes(result),
    ...invalidNotes(result),
    ...boundsNotes(agents),
    ...undeliveredNotes(result),
    ...floorNotes(agents),
    ...skippedNotes(result),
  ];
}

/** In one-factor designs, and in runs that were cut off, defense sets meet different attacks. */
function coverageNotes(agents: readonly AgentOverview[]): string[] {
  return agents.flatMap(({ agent, attacked }) => {
    const met = [...attacked].map(([defense, { cells }]) => {
      const places = new Set(cells.map(({ environment, attack }) => `${environment} ${attack?.id}`));
      return { defense, places };
    });
    const all = new Set(met.flatMap(({ places }) => [...places]));
    if (met.every(({ places }) => places.size === all.size)) return [];
    const counts = met.map(({ defense, places }) => `${safe(defense)} ${count(places.size)}`).join(', ');
    return [
      `The columns of ${safe(agent)} do not cover the same attacks: of ${count(all.size)} attacks in environments, ${counts}. ` +
        'So their sums do not compare; effects do, since they are counted on pairs.',
    ];
  });
}

function agentNotes(agents: readonly AgentOverview[]): string[] {
  const meanings: Readonly<Record<string, string>> = {
    'scripted/hijacked': 'scripted/hijacked obeys every payload it is exposed to: the worst case.',
    'scripted/faithful': 'scripted/faithful obeys none: the ceiling of utility.',
  };
  const known = agents.flatMap(({ agent }) => meanings[agent] ?? []);
  if (!agents.some(({ agent }) => isScripted(agent))) return [];
  return [['Scripted agents are no language models.', ...known].join(' ')];
}

/** Which model is behind which agent, under which version it answered, and whether it was one at all. */
function modelNotes({ run, cells }: RunResult): string[] {
  const versions = new Map<string, Set<string>>();
  for (const { id, version } of cells.flatMap(({ models = [] }) => models)) {
    const known = versions.get(id) ?? new Set();
    versions.set(id, version === undefined ? known : known.add(version));
  }
  const behind = (run.experiment.agentChoices ?? []).flatMap(({ id, kind, model }) => {
    if (model === undefined) return [];
    const answered = [...(versions.get(model) ?? [])].filter((version) => version !== model).sort();
    const as = answered.length === 0 ? '' : `, which answered as ${answered.join(' and ')}`;
    return [`${safe(id)}: ${safe(kind)} with the model ${safe(model)}${safe(as)}.`];
  });
  const pretended = [...versions].filter(([, all]) => [...all].some(isFakeModelVersion));
  if (pretended.length === 0) return behind;
  const which = pretended.map(([id]) => safe(id)).join(', ');
  return [
    ...behind,
    `Answers came from SafeMCP's local stand-in, no language model (${which}): they show that the experiment runs, and nothing about a model.`,
  ];
}

function invalidNotes({ cells }: RunResult): string[] {
  const by = new Map<string, number>();
  for (const cell of cells)
    for (const [status, episodes] of Object.entries(cell.invalidBy))
      by.set(status, (by.get(status) ?? 0) + episodes);
  if (by.size === 0) return [];
  const list = [...by].map(([status, episodes]) => `${count(episodes)} ${status}`).join(', ');
  const problem = cells.find((cell) => cell.problem !== undefined)?.problem;
  const such = problem === undefined ? '' : ` One of them: ${safe(problem, 300)}`;
  return [`Invalid episodes count in no figure: ${list}.${such}`];
}

/** Where invalid episodes could have changed a figure: how far. */
function boundsNotes(agents: readonly AgentOverview[]): string[] {
  const texts = agents.flatMap(({ agent, attacked }) =>
    [...attacked].flatMap(([defense, { asr, invalid }]) => {
      if (invalid === 0 || 'absent' in asr) return [];
      const { low, high } = boundsWithMissing(asr.k, asr.n, invalid);
      return [`${percent(low)} to ${percent(high)} for ${safe(agent)} with ${safe(defense)}`];
    }),
  );
  if (texts.length === 0) return [];
  return [`ASR whatever the invalid episodes would have shown: ${texts.join('; ')}.`];
}

/** An attack whose service never got as far as attacking shows nothing, neither of the agent nor of a defense. */
function undeliveredNotes({ cells }: RunResult): string[] {
  const silent = cells.filter(
    ({ attack, defense, funnel, episodes, invalid }) =>
      attack !== null && defense === 'none' && episodes > invalid && funnel.delivered === 0,
  );
  const [first] = silent;
  if (!first?.attack) return [];
  return [
    `Never delivered: ${count(silent.length)} cells, such as ${safe(first.attack.id)} in ${safe(first.environment)}. ` +
      'The malicious service had no occasion, for instance because it waits for more calls than the task makes.',
  ];
}

function floorNotes(agents: readonly AgentOverview[]): string[] {
  return agents.flatMap((agent) => {
    const none = agent.attacked.get('none');
    if (!isMeasured(none) || none.floored.length === 0) return [];
    const smallest = Math.max(...none.floored.map(({ floor }) => floor?.smallestDetectable ?? 0));
    const which = isFloor(none)
      ? `Every cell of ${agent.agent}`
      : `* ${count(none.floored.length)} of ${count(none.cells.length)} cells of ${agent.agent}`;
    return [
      `${which} cannot show a defense's effect: the ASR without defense cannot be told from zero ` +
        `(smallest effect that could have been seen: ${percent(smallest)}).`,
    ];
  });
}

/** Reasons shown; the JSON report has every skipped combination. */
const maxReasons = 4;

function skippedNotes({ run }: RunResult): string[] {
  if (run.skipped.length === 0) return [];
  const total = run.skipped.reduce((sum, { attacks }) => sum + attacks, 0);
  const shown = run.skipped
    .slice(0, maxReasons)
    .map(({ environment, reason, attacks }) => `  ${count(attacks)} x ${environment}: ${reason}`);
  const hidden = run.skipped.length - maxReasons;
  const more = hidden > 0 ? [`  and ${hidden} more reasons; safemcp run FILE --dry-run shows all`] : [];
  return [`Not run, because impossible: ${count(total)} combinations.`, ...shown, ...more];
}
