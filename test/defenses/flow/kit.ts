import type { Approval, ApprovalQuestion, Defense, Verdict } from '../../../src/contracts/defense.ts';
import type { JsonObject, JsonValue } from '../../../src/contracts/json.ts';
import { type McpReply, resultReply } from '../../../src/contracts/wire.ts';
import { contextOf } from '../kit.ts';

export interface Situation {
  readonly instruction: string;
  readonly privateContext?: string;
  readonly mode?: 'observe' | 'enforce';
  readonly parameters?: JsonObject;
  readonly answer?: Approval;
  /** Services that the task needs; `mail` and `files` if absent. */
  readonly approved?: readonly string[];
}

/** A tool of a service as these tests list it. */
export function offered(name: string, annotations: JsonObject, description = 'A tool'): JsonObject {
  return { name, description, inputSchema: { type: 'object', properties: {} }, annotations };
}

export const reads = { readOnlyHint: true };
export const sends = { readOnlyHint: false, destructiveHint: false, openWorldHint: true };
export const destroys = { readOnlyHint: false, destructiveHint: true };

/** A host with a defense between it and services that these tests play. */
export function createScene(defense: Defense, situation: Situation) {
  const {
    instruction,
    privateContext = '',
    mode = 'enforce',
    parameters = {},
    answer = 'absent',
  } = situation;
  const verdicts: Omit<Verdict, 'defense' | 'mode'>[] = [];
  const questions: ApprovalQuestion[] = [];
  const instance = defense.create({
    mode,
    parameters,
    approved: (situation.approved ?? ['mail', 'files']).map((name) => ({ name, title: name, tools: [] })),
    user: { instruction, privateContext },
    report: (verdict) => void verdicts.push(verdict),
    ask: (question) => {
      questions.push(question);
      return Promise.resolve(answer);
    },
    model: () => undefined,
    classifier: () => undefined,
  });
  const taps = new Map<string, ReturnType<NonNullable<typeof instance.tap>>>();
  const tapOf = (service: string) => {
    const tap = taps.get(service) ?? instance.tap?.(service);
    if (!tap) throw new RangeError('The defense has no tap');
    taps.set(service, tap);
    return tap;
  };
  let id = 0;
  const exchange = async (service: string, method: string, params: JsonObject, reply: McpReply) => {
    let passed = false;
    const step = tapOf(service).hostRequest?.((_request) => {
      passed = true;
      return Promise.resolve(reply);
    });
    if (!step) throw new RangeError('The tap takes no requests');
    const got = await step({ id: `${service}#${++id}`, method, params }, contextOf(service, '2026'));
    return { passed, got };
  };
  return {
    verdicts,
    questions,
    tapOf,
    exchange,
    list: (service: string, tools: readonly JsonObject[]) =>
      exchange(service, 'tools/list', {}, resultReply({ tools: tools as readonly JsonValue[] })),
    /** Issues a call that the service answers with `text`; whether it got through. */
    async call(service: string, name: string, args: JsonObject = {}, text = 'Done') {
      const reply = resultReply({ content: [{ type: 'text', text }] });
      const { passed, got } = await exchange(service, 'tools/call', { name, arguments: args }, reply);
      return passed && got === reply;
    },
    ask: async (service: string, message: string, content: JsonObject) => {
      const reply = resultReply({ action: 'accept', content });
      const step = tapOf(service).serviceRequest?.(() => Promise.resolve(reply));
      const request = { id: `${service}#${++id}`, method: 'elicitation/create', params: { message } };
      return (await step?.(request, contextOf(service, '2026'))) === reply;
    },
    notify: (service: string, data: string): void => {
      void tapOf(service).notification?.(
        { id: `${service}#${++id}`, direction: 'to-host', method: 'notifications/message', params: { data } },
        contextOf(service, '2026'),
      );
    },
  };
}

export function only(defenses: readonly Defense[]): Defense {
  const [defense] = defenses;
  if (!defense) throw new RangeError('There is no defense');
  return defense;
}
