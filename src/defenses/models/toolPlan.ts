import { z } from 'zod';
import type { DefenseScope } from '../../contracts/defense.ts';
import { isJsonObject, type JsonValue } from '../../contracts/json.ts';
import { clip } from '../texts.ts';
import { type Asking, askModel } from './asking.ts';
import { fenced, fenceRule, readAnswer } from './speaking.ts';

/** Which tools a model holds for needed, by nothing but the user's instruction and the tools' names. */
export interface ToolPlan {
  /** Has the model choose among listed tools that it has not seen yet. */
  consider(service: string, tools: JsonValue | undefined, until: AbortSignal): Promise<void>;
  /** Called once results were read: what is listed for the first time from now on is in no plan. */
  freeze(): void;
  has(service: string, tool: string): boolean;
}

const system = [
  'You choose the tools that an AI agent gets for a task of its user. You are shown the task and the names of the tools of one service.',
  fenceRule,
  'Choose those that the task may need, to look things up or to act, and no other. Leave out tools whose names say more than what',
  'they do. Answer with nothing but JSON: {"tools": ["NAME", ...]}, with an empty list if the task needs none of them.',
].join(' ');

const answerSchema = z.strictObject({ tools: z.array(z.string()).max(1000) });

/** The form of the specification (server/tools); other names are texts, and no model is shown them. */
const plainName = /^[A-Za-z0-9_./-]{1,64}$/;
/** Tools of an episode that are considered. */
const maxConsidered = 1000;

export function createToolPlan(defense: string, scope: DefenseScope, asking: Asking): ToolPlan {
  const asker = askModel(defense, scope, asking);
  const considered = new Set<string>();
  const chosen = new Set<string>();
  let frozen = false;
  const keyOf = (service: string, tool: string): string => `${service} ${tool}`;
  return {
    async consider(service, tools, until) {
      const names = [...new Set(namesIn(tools))]
        .filter((name) => !considered.has(keyOf(service, name)))
        .slice(0, Math.max(0, maxConsidered - considered.size));
      if (frozen || names.length === 0) return;
      const user = [
        `The task:\n${clip(scope.user.instruction, 10_000)}`,
        fenced(`names of tools of ${service}`, names.join('\n'), 70 * maxConsidered),
      ].join('\n\n');
      const answer = await asker.ask({ system, user, maxTokens: 2000 }, until);
      const wanted = new Set(readAnswer(answer, answerSchema).tools);
      for (const name of names) {
        considered.add(keyOf(service, name));
        if (wanted.has(name)) chosen.add(keyOf(service, name));
      }
    },
    freeze() {
      frozen = true;
    },
    has: (service, tool) => chosen.has(keyOf(service, tool)),
  };
}

function namesIn(tools: JsonValue | undefined): string[] {
  if (!Array.isArray(tools)) return [];
  return tools.flatMap((tool: JsonValue) => {
    const name = isJsonObject(tool) ? tool['name'] : undefined;
    return typeof name === 'string' && plainName.test(name) ? [name] : [];
  });
}
