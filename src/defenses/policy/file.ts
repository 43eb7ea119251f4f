import { readFileSync, statSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { SafeMcpError } from '../../contracts/errors.ts';
import { type Condition, readCondition } from './language.ts';

const effects = ['allow', 'ask', 'deny'] as const;

const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/),
  /** A CEL expression over the facts. */
  when: z.string().min(1),
  effect: z.enum(effects),
  /** Told to the user, and to the agent when the rule refuses. */
  because: z.string().min(1).max(400),
});

/** A policy as it is written. */
export const policySchema = z.strictObject({
  name: z.string().min(1).max(80),
  /** What becomes of a message that no rule speaks of. */
  otherwise: z.enum(effects).default('allow'),
  rules: z.array(ruleSchema).max(200),
});
export type PolicyText = z.input<typeof policySchema>;

export interface Rule {
  readonly id: string;
  readonly condition: Condition;
  readonly effect: (typeof effects)[number];
  readonly because: string;
}

/** Rules in order; the first whose condition holds decides. */
export interface Policy {
  readonly name: string;
  readonly otherwise: (typeof effects)[number];
  readonly rules: readonly Rule[];
}

/** Greatest size of a policy file, in bytes. */
const maxBytes = 1_000_000;

/** @throws INVALID_EXPERIMENT when it is no policy */
export function readPolicy(value: unknown, where: string): Policy {
  const parsed = policySchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SafeMcpError('INVALID_EXPERIMENT', `${issue?.path.join('.')}: ${issue?.message}`, {
      where,
      hint: 'docs/defenses/policy.md shows a policy',
    });
  }
  const { name, otherwise, rules } = parsed.data;
  return {
    name,
    otherwise,
    rules: rules.map(({ id, when, effect, because }) => ({
      id,
      effect,
      because,
      condition: readCondition(when, `${where}, rule ${id}`),
    })),
  };
}

/** @throws FILE_UNREADABLE, INVALID_EXPERIMENT */
export function readPolicyFile(path: string): Policy {
  let text: string;
  try {
    if (statSync(path).size > maxBytes) throw new RangeError('it is larger than a megabyte');
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new SafeMcpError('FILE_UNREADABLE', `The policy cannot be read: ${problem}`, { where: path });
  }
  return readPolicy(readYaml(text, path), path);
}

function readYaml(text: string, path: string): unknown {
  try {
    const document = parseDocument(text, { uniqueKeys: true });
    const [problem] = document.errors;
    if (problem) throw problem;
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new SafeMcpError('INVALID_EXPERIMENT', `The policy is no YAML: ${problem}`, { where: path });
  }
}
