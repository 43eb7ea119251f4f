import type { EpisodeEvent, EpisodeRecord } from '../contracts/events.ts';
import type { Catalog, Experiment, ModelChoice, Plan } from '../contracts/experiment.ts';
import { priceOf, pricesAsOf } from '../models/index.ts';
import { builtInCatalog } from './catalog.ts';
import { runEpisode } from './episode.ts';

/** What a plan will ask of the model behind an agent; an estimate. */
export interface ModelForecast {
  readonly agent: string;
  readonly model: string;
  readonly episodes: number;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Absent when the model's price is not known. */
  readonly usd?: number;
}

export interface Forecast {
  readonly agents: readonly ModelForecast[];
  /** What the estimate rests on, in words. */
  readonly assumptions: readonly string[];
}

/** One episode's share. */
interface Work {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Tasks of an environment that are looked at. */
const sampledTasks = 2;
const charactersPerToken = 4;
/** Tokens of a turn besides the arguments of its call: thoughts, and the frame of the call. */
const tokensPerTurn = 60;
/** For environments with services of strangers, which a forecast does not start. */
const usualWork: Work = { calls: 6, inputTokens: 15_000, outputTokens: 500 };

/**
 * What the models behind a plan's agents will be asked: a turn for every call of the reference solution and one for
 * the answer, each of which reads all that came before. The solutions are carried out for it, without models.
 * @returns undefined when no agent has a model
 */
export async function forecastModels(
  { experiment, episodes }: Plan,
  catalog: Catalog,
): Promise<Forecast | undefined> {
  const choices = (experiment.agentChoices ?? []).filter(({ model }) => model !== undefined);
  if (choices.length === 0) return undefined;
  const work = new Map<string, Work>();
  for (const { id } of experiment.environments) work.set(id, await workIn(id, experiment, catalog));
  const agents = choices.map(({ id, model = '' }) => {
    const sum = { episodes: 0, calls: 0, inputTokens: 0, outputTokens: 0 };
    for (const { key } of episodes) {
      if (key.agent !== id) continue;
      const one = work.get(key.environment) ?? usualWork;
      sum.episodes++;
      sum.calls += one.calls;
      sum.inputTokens += one.inputTokens;
      sum.outputTokens += one.outputTokens;
    }
    const usd = costOf(
      sum,
      experiment.models?.find((each) => each.id === model),
    );
    return { agent: id, model, ...rounded(sum), ...(usd !== undefined && { usd }) };
  });
  return { agents, assumptions: assumptionsOf(work) };
}

function assumptionsOf(work: ReadonlyMap<string, Work>): string[] {
  const unknown = [...work].filter(([, each]) => each === usualWork).map(([id]) => id);
  return [
    `one turn for each call of the reference solution and one for the answer, measured on ${sampledTasks} tasks of each environment; ${charactersPerToken} characters a token; nothing cached`,
    'attacks and defenses change the number of turns; calls by models of defenses, judges and attacks are not counted',
    `prices as of ${pricesAsOf}, where the experiment gives none`,
    ...(unknown.length === 0
      ? []
      : [`${usualWork.calls} turns and ${usualWork.inputTokens} tokens an episode in ${unknown.join(', ')}`]),
  ];
}

function costOf(work: Work, model: ModelChoice | undefined): number | undefined {
  const price = model && priceOf(model);
  return price && (work.inputTokens * price.input + work.outputTokens * price.output) / 1e6;
}

/** The mean over a few tasks; what is usual where it cannot be known without starting somebody's servers. */
async function workIn(environment: string, experiment: Experiment, catalog: Catalog): Promise<Work> {
  if (!builtInCatalog().environments.some(({ id }) => id === environment)) return usualWork;
  const tasks = experiment.environments.find(({ id }) => id === environment)?.tasks ?? 0;
  const seen: Work[] = [];
  for (let task = 0; task < Math.min(tasks, sampledTasks); task++) {
    const record = await solved(environment, task, { experiment, catalog });
    if (record.outcome.status === 'completed') seen.push(workOf(record));
  }
  if (seen.length === 0) return usualWork;
  const mean = (of: (work: Work) => number): number =>
    seen.reduce((sum, work) => sum + of(work), 0) / seen.length;
  return {
    calls: mean(({ calls }) => calls),
    inputTokens: mean(({ inputTokens }) => inputTokens),
    outputTokens: mean(({ outputTokens }) => outputTokens),
  };
}

async function solved(
  environment: string,
  task: number,
  setting: { readonly experiment: Experiment; readonly catalog: Catalog },
): Promise<EpisodeRecord> {
  // Nobody is asked about the answer either.
  const { judges: _, ...rest } = setting.experiment;
  const experiment: Experiment = {
    ...rest,
    transport: 'memory',
    defenses: [{ name: 'none', members: [] }],
  };
  const key = { agent: 'scripted/faithful', environment, task, defense: 'none', trial: 0 };
  const { signal } = new AbortController();
  return runEpisode({ id: 'forecast', key }, { ...setting, experiment, signal });
}

/** What a model would have read and written, had it done what the solution did. */
function workOf({ instruction, events }: EpisodeRecord): Work {
  const exchanges = events.flatMap((event) => (event.type === 'exchange' ? [event] : []));
  const listings = new Map(
    exchanges.filter(isMethod('tools/list')).map((each) => [each.service, charactersOf(each.reply)]),
  );
  const opening = [...listings.values()].reduce((sum, each) => sum + each, instruction.length);
  let read = tokensIn(opening);
  let inputTokens = read;
  let outputTokens = tokensPerTurn;
  let calls = 1;
  for (const exchange of exchanges.filter(isMethod('tools/call'))) {
    const said = tokensPerTurn + tokensIn(charactersOf(exchange.request));
    read += said + tokensIn(charactersOf(exchange.reply));
    inputTokens += read;
    outputTokens += said;
    calls++;
  }
  return { calls, inputTokens, outputTokens };
}

type Exchange = Extract<EpisodeEvent, { type: 'exchange' }>;

function isMethod(method: string): (exchange: Exchange) => boolean {
  return ({ request }) => request?.method === method;
}

function charactersOf(message: unknown): number {
  return JSON.stringify(message ?? null).length;
}

function tokensIn(characters: number): number {
  return characters / charactersPerToken;
}

function rounded<Sum extends Record<string, number>>(sum: Sum): Sum {
  return Object.fromEntries(Object.entries(sum).map(([key, value]) => [key, Math.round(value)])) as Sum;
}
