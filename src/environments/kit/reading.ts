import type { z } from 'zod';
import { SolutionStuck, textOf } from '../../contracts/agent.ts';
import type { Actor } from '../../contracts/environment.ts';
import type { ToolCall } from '../../contracts/goal.ts';
import { firstJson } from './firstJson.ts';

/**
 * Issues a call of a reference solution and returns the text of its result.
 * @throws SolutionStuck when the call fails
 */
export async function readText(actor: Actor, call: ToolCall): Promise<string> {
  return textOf(await actor.call(call.service, call.tool, call.arguments));
}

/**
 * Like {@link readText}, for a result that holds JSON of a known shape.
 * @throws SolutionStuck when the call fails or its result holds no such JSON
 */
export async function readJson<Schema extends z.ZodType>(
  actor: Actor,
  call: ToolCall,
  schema: Schema,
): Promise<z.output<Schema>> {
  const read = firstJson(await readText(actor, call), schema);
  if (read.kind === 'none') throw new SolutionStuck(`The result of ${call.tool} cannot be read`);
  return read.value;
}
