import { z } from 'zod';
import { SafeMcpError } from '../contracts/errors.ts';
import type { JsonObject } from '../contracts/json.ts';

/**
 * The parameters of a defense, checked.
 * @throws INVALID_EXPERIMENT when they do not fit `schema`
 */
export function readParameters<Schema extends z.ZodType>(
  defense: string,
  schema: Schema,
  parameters: JsonObject,
): z.output<Schema> {
  const parsed = schema.safeParse(parameters);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => [...path, message].join(': '));
  throw new SafeMcpError('INVALID_EXPERIMENT', `${defense}: ${problems.join('; ')}`, {
    where: `parameters of the defense ${defense}`,
    hint: 'safemcp list defenses shows what each defense takes',
  });
}

/** For defenses that have nothing to set. */
export const noParameters = z.strictObject({});
