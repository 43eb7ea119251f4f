import type { Defense } from '../../../src/contracts/defense.ts';
import type { JsonObject } from '../../../src/contracts/json.ts';
import type { McpReply, Tap, WireContext } from '../../../src/contracts/wire.ts';
import { at, contextOf, type Passage, play, type Step, start } from '../kit.ts';

/** The same defense under another id, with parameters of the test's own. */
export function configured(defense: Defense, parameters: JsonObject): Defense {
  return {
    ...defense,
    id: `own-${defense.id}`,
    create: (scope) => defense.create({ ...scope, parameters }),
  };
}

export interface RunOptions {
  readonly mode?: 'observe' | 'enforce';
  readonly era?: '2025' | '2026';
  readonly parameters?: JsonObject;
  readonly service?: string;
  /** What the service says to requests of the defense's own. */
  answer?(method: string, params?: JsonObject): Promise<McpReply>;
}

/** Takes steps through a fresh defense. */
export async function run(defense: Defense, steps: readonly Step[], options: RunOptions = {}) {
  const { mode = 'enforce', era = '2026', parameters = {}, service = 'shop', answer } = options;
  const watched = start(defense, mode, parameters);
  const tap = watched.tap(service);
  const asked: { method: string; params?: JsonObject }[] = [];
  const context: WireContext = {
    ...contextOf(service, era),
    request(_, method, params) {
      asked.push({ method, ...(params && { params }) });
      return answer?.(method, params) ?? Promise.resolve({ kind: 'dropped' });
    },
  };
  const passages = await play(tap, steps, context);
  const reasons = watched.verdicts.map(({ reason }) => reason);
  return {
    watched,
    tap,
    context,
    passages,
    last: at(passages, -1),
    reasons,
    asked,
    verdicts: watched.verdicts,
  };
}

/** Whether a message went on as the very same object, and so did the reply. */
export function untouched({ given, passed, reply }: Passage, step: Step): boolean {
  return passed === given && (step.kind === 'notification' || reply === step.reply);
}

export function ask(params: JsonObject, method = 'elicitation/create'): Step {
  return { kind: 'service-request', method, params, reply: { kind: 'result', result: { action: 'accept' } } };
}

export function form(properties: JsonObject, message = 'Please fill this in'): Step {
  return ask({ mode: 'form', message, requestedSchema: { type: 'object', properties } });
}

export function hostRequest(method: string, params: JsonObject, result: JsonObject): Step {
  return { kind: 'host-request', method, params, reply: { kind: 'result', result } };
}

export function notice(method: string, params: JsonObject = {}): Step {
  return { kind: 'notification', method, params };
}

/** A tap's step for a request that a test answers itself. */
export function exchange(tap: Tap, answer: () => Promise<McpReply>) {
  return (tap.hostRequest ?? ((next) => next))(answer);
}
