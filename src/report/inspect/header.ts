import type { Run } from '../../contracts/experiment.ts';
import { digest, type JsonObject } from '../../contracts/json.ts';
import { isFakeModelVersion } from '../../contracts/model.ts';
import type { LogParts, LogPlace } from './log.ts';
import { inspectResults } from './results.ts';
import { scorers, scorersIn } from './scores.ts';
import type { Subject } from './subject.ts';
import { clockTime } from './time.ts';

/** Version of Inspect's log format. */
const formatVersion = 2;

const states = { running: 'started', finished: 'success', stopped: 'cancelled' } as const;

/** What stands before the samples of a log, in the order in which Inspect reads it. */
export function logHeader(parts: LogParts): JsonObject {
  const { run, cells, subject, seen } = parts;
  return {
    version: formatVersion,
    status: states[run.state],
    eval: evalOf(parts),
    plan: {
      name: 'plan',
      steps: [{ solver: subject.agent, params: subject.choice?.parameters ?? {} }],
      config: configOf(subject),
    },
    results: inspectResults(cells, seen),
    stats: {
      started_at: run.startedAt,
      // Nobody knows when the run ended, and without an end Inspect's viewer shows a duration of NaN.
      completed_at: clockTime(Date.parse(run.startedAt), seen.wallMs),
      model_usage: seen.usage.byModel(),
    },
  };
}

/** Unique and stable for a log of a run, and readable in the name of its file. */
export function taskIdOf(run: Run, { agent, environment, defense }: LogPlace): string {
  const readable = `${agent}.${defense}`.replace(/[^A-Za-z0-9]+/g, '.').slice(0, 80);
  return `${readable}.${digest([run.id, agent, environment, defense]).slice(0, 8)}`;
}

function evalOf({ run, place, subject, seen, cells, writer }: LogParts): JsonObject {
  const { experiment } = run;
  const { defense, environment } = place;
  const task_id = taskIdOf(run, place);
  const args = {
    defense,
    seed: experiment.seed,
    trials: experiment.trials,
    era: experiment.era,
    transport: experiment.transport,
    approver: experiment.approver ?? 'absent',
  };
  const parameters = subject.choice?.parameters;
  const pretended = cells.some(({ models }) =>
    models?.some(({ version = '' }) => isFakeModelVersion(version)),
  );
  return {
    eval_id: digest([run.id, task_id]).slice(0, 22),
    run_id: run.id,
    created: run.startedAt,
    task: `safemcp/${environment}`,
    task_id,
    task_version: experiment.madeWith ?? 'unknown',
    task_args: args,
    task_args_passed: args,
    solver: subject.agent,
    ...(parameters && { solver_args: parameters, solver_args_passed: parameters }),
    tags: [
      ...(subject.scripted ? ['no language model: scripted agent'] : []),
      ...(pretended ? ["no language model: SafeMCP's local stand-in"] : []),
    ],
    dataset: {
      name: environment,
      samples: seen.sampleIds.size,
      sample_ids: [...seen.sampleIds],
      shuffled: false,
    },
    model: subject.model,
    model_generate_config: configOf(subject),
    config: limitsOf(run),
    packages: { safemcp: writer },
    metadata: {
      written_by: `safemcp ${writer}`,
      experiment: run.name,
      run: { state: run.state, planned: run.planned, stored: run.stored },
      defense: experiment.defenses
        .filter(({ name }) => name === defense)
        .flatMap(({ members }) => members.map((member) => ({ ...member }))),
      max_calls: experiment.limits.maxCalls,
      clock:
        'Records hold times since the beginning of an episode. The clock times of events count from the start of the run, and its end is that start plus the time of all episodes of this log.',
    },
    scorers: scorersIn(seen.scored).map((name) => ({ name, metadata: { definition: scorers[name] } })),
    headline_metric: seen.scored.has('attack_success')
      ? { scorer: 'attack_success', metric: 'asr' }
      : { scorer: 'utility', metric: 'utility_clean' },
  };
}

function configOf(subject: Subject): JsonObject {
  const model = subject.choice?.model;
  return model === undefined ? {} : subject.generateConfig(model);
}

/** Inspect counts time in whole seconds. */
function limitsOf({ experiment }: Run): JsonObject {
  const { maxSteps, maxTokens, episodeTimeoutMs } = experiment.limits;
  return {
    epochs: experiment.trials,
    fail_on_error: false,
    ...(maxSteps !== undefined && { turn_limit: maxSteps }),
    ...(maxTokens !== undefined && { token_limit: maxTokens }),
    ...(episodeTimeoutMs % 1000 === 0 && { time_limit: episodeTimeoutMs / 1000 }),
  };
}
