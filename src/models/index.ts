import { setMaxListeners } from 'node:events';
import type { Budget, ModelChoice, ModelLimits } from '../contracts/experiment.ts';
import type { OpenModels, ReplyCache } from '../contracts/model.ts';
import { createTurnstile } from '../contracts/turnstile.ts';
import type { Address } from './address.ts';
import { type Account, createAccount, type Spent } from './budget.ts';
import { placed } from './choice.ts';
import { openClassifier } from './classifiers.ts';
import { type Clock, realClock } from './clock.ts';
import { createGate, type Gate } from './gate.ts';
import { createFetch } from './http.ts';
import { keyName, readKey } from './keys.ts';
import { openLanguageModel } from './language.ts';
import type { Opening } from './opening.ts';
import { isClassifier } from './providers.ts';
import { createReplies, type Replies, type ReplyUse } from './replies.ts';

export type { Spent } from './budget.ts';
export { modelChoice, objectionTo } from './choice.ts';
export type { Clock } from './clock.ts';
export { readCredential } from './keys.ts';
export { priceOf, pricesAsOf, priceTable, unpricedModels, usdOf } from './prices.ts';
export { providers } from './providers.ts';
export type { ReplyUse } from './replies.ts';

export interface OpenModelsOptions {
  /** Where replies are kept; without one, equal requests still share a call that is under way. */
  readonly cache?: ReplyCache;
  /** `cached` unless given. */
  readonly replies?: ReplyUse;
  readonly budget?: Budget;
  /** What counts as spent already. */
  readonly spent?: Spent;
  /** Where keys are looked up; the process's environment unless given. */
  readonly env?: NodeJS.ProcessEnv;
  readonly clock?: Clock;
}

/** The models of a run. */
export interface ModelPool extends OpenModels {
  /** On calls that were really made, and what counted as spent at the opening. */
  spent(): Spent;
  /** Ends calls that nobody waits for. */
  close(): Promise<void>;
}

/**
 * Opens models and classifiers. Nothing is loaded, read or called before the first request to one.
 * @throws INVALID_EXPERIMENT for an unknown provider or a missing address
 */
export function openModels(choices: readonly ModelChoice[], options: OpenModelsOptions = {}): ModelPool {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  const account = createAccount(options.budget, options.spent);
  const shared = {
    account,
    replies: createReplies(options.cache, options.replies ?? 'cached'),
    closed: closing.signal,
    turn: createTurnstile(),
    clock: options.clock ?? realClock,
    env: options.env ?? process.env,
    gates: gatesFor(choices, options.clock ?? realClock),
  };
  const open = choices.map((choice) => openingOf(choice, shared));
  return {
    models: open.filter((each) => !each.classifies).map(({ opening }) => openLanguageModel(opening)),
    classifiers: open.filter((each) => each.classifies).map(({ opening }) => openClassifier(opening)),
    account,
    spent: account.spent,
    async close() {
      closing.abort(new Error('The models were closed'));
    },
  };
}

/** Whether a choice is opened as a classifier. @throws INVALID_EXPERIMENT as {@link openModels} does */
export function classifies(choice: ModelChoice): boolean {
  return isClassifier(placed(choice).provider);
}

interface Shared {
  readonly account: Account;
  readonly replies: Replies;
  readonly closed: AbortSignal;
  turn(): Promise<void>;
  readonly clock: Clock;
  readonly env: NodeJS.ProcessEnv;
  /** By the account at a provider: its limits hold for all its models together. */
  readonly gates: ReadonlyMap<string, Gate>;
}

/** One gate for each account. Where its models name different limits, the tightest hold. */
function gatesFor(choices: readonly ModelChoice[], clock: Clock): ReadonlyMap<string, Gate> {
  const limits = new Map<string, ModelLimits>();
  for (const choice of choices) {
    const account = accountOf(choice);
    limits.set(account, tightest(limits.get(account) ?? {}, choice.limits));
  }
  return new Map([...limits].map(([account, each]) => [account, createGate(each, clock)]));
}

/** Where a model is, and by which key. */
function accountOf(choice: ModelChoice): string {
  const { provider, baseUrl } = placed(choice);
  return JSON.stringify([baseUrl, keyName(choice, provider) ?? null]);
}

function tightest(one: ModelLimits, other: ModelLimits): ModelLimits {
  const names = ['requestsPerMinute', 'tokensPerMinute', 'concurrency'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const given = [one[name], other[name]].filter((limit) => limit !== undefined);
      return given.length === 0 ? [] : [[name, Math.min(...given)]];
    }),
  );
}

function openingOf(choice: ModelChoice, shared: Shared): { opening: Opening; classifies: boolean } {
  const { provider, baseUrl } = placed(choice);
  const { name, settings, limits } = choice;
  const { clock, account, replies, closed, turn } = shared;
  const gate = shared.gates.get(accountOf(choice)) ?? createGate(limits, clock);
  let address: Promise<Address> | undefined;
  const find = async (): Promise<Address> => {
    const key = await readKey(choice, provider, shared.env);
    const fetch = createFetch({ secret: key, now: clock.now });
    return { provider, name, baseUrl, key, settings, fetch };
  };
  return {
    classifies: isClassifier(provider),
    opening: {
      choice,
      line: { id: choice.id, baseUrl, limits, gate, clock, reached: false },
      account,
      replies,
      closed,
      turn,
      address() {
        address ??= find();
        return address;
      },
      question: (request) => ({ provider: provider.id, name, baseUrl, settings: { ...settings }, request }),
    },
  };
}
