import { z } from 'zod';
import type { Defense, DefenseScope } from '../../contracts/defense.ts';
import type { ToolCall } from '../../contracts/goal.ts';
import { type Charge, createFlowTap } from '../flow/guard.ts';
import { judgeCall, judgeValues, type Objection } from '../flow/judge.ts';
import { createMemory } from '../flow/memory.ts';
import { type Leaf, leavesOf } from '../flow/values.ts';
import { readParameters } from '../parameters.ts';
import { quote } from '../texts.ts';
import { shippedPolicies } from './defaults.ts';
import { factsOf, type History, type Message } from './facts.ts';
import { type Policy, policySchema, readPolicy, readPolicyFile } from './file.ts';

const parameters = z.strictObject({
  /** A policy that ships with SafeMCP. */
  use: z.enum(['balanced', 'strict']).default('balanced'),
  /** Path of a policy of the user's own, in place of it. */
  file: z.string().min(1).optional(),
  /** A policy written right here, in place of both. */
  policy: policySchema.optional(),
});

const policyDefense: Defense = {
  id: 'policy',
  title: 'Policy',
  description:
    'Rules in CEL over service, tool, arguments, annotations, the origins of values and what has happened decide about every call; each refusal says why.',
  kind: 'active',
  modes: ['observe', 'enforce'],
  covers: ['calls', 'prompt arguments', 'answers to questions'],
  source:
    'Common Expression Language (cel.dev); Progent, Shi et al. 2025, for policies over tool calls; facts and rules are ours',
  create(scope) {
    const policy = chosenPolicy(scope);
    const memory = createMemory(scope);
    const counts = new Map<string, number>();
    const services = new Set<string>();
    let calls = 0;

    const decide = (message: Message, objection: Objection | undefined): Charge | undefined => {
      const history: History = { calls, same: counts.get(keyOf(message.call)) ?? 0, services: [...services] };
      return judge(policy, message, factsOf(message, memory, objection, history), objection);
    };
    const values = (service: string, leaves: readonly Leaf[]): Charge | undefined => {
      const call = { service, tool: '', arguments: {} };
      return decide({ kind: 'values', call, leaves }, judgeValues(service, leaves, memory.knowledge));
    };
    return {
      tap: (service) =>
        createFlowTap(service, scope, memory, {
          name: 'policy',
          values,
          call(call) {
            const leaves = leavesOf(call.arguments, '/arguments');
            const objection = judgeCall(call, memory.tool(service, call.tool), memory.knowledge);
            return decide({ kind: 'call', call, leaves }, objection);
          },
          passed(call) {
            calls++;
            if (services.size < mostKept) services.add(call.service);
            const key = keyOf(call);
            if (counts.size < mostKept || counts.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
          },
        }),
    };
  },
};

/** Services and tools that are counted. */
const mostKept = 1000;

function keyOf({ service, tool }: ToolCall): string {
  return `${service} ${tool.slice(0, 200)}`;
}

function chosenPolicy(scope: DefenseScope): Policy {
  const { use, file, policy } = readParameters('policy', parameters, scope.parameters);
  if (policy !== undefined) return readPolicy(policy, 'the policy among the parameters');
  return file === undefined ? readPolicy(shippedPolicies[use], `the policy ${use}`) : readPolicyFile(file);
}

/** The first rule that holds decides. A rule that refuses or asks holds too when its condition cannot be worked out. */
function judge(
  { name, rules, otherwise }: Policy,
  { call, leaves }: Message,
  facts: ReturnType<typeof factsOf>,
  objection: Objection | undefined,
): Charge | undefined {
  const rule = rules.find(({ condition, effect }) => {
    const answer = condition(facts);
    return answer === 'yes' || (answer === 'unclear' && effect !== 'allow');
  });
  const effect = rule?.effect ?? otherwise;
  if (effect === 'allow') return undefined;
  const because = rule?.because ?? 'No rule allows it.';
  const leaf = objection?.leaf ?? leaves[0] ?? { name: 'name', path: '/name', value: call.tool };
  return {
    effect,
    score: objection?.score ?? 0.8,
    leaf,
    reason: `${name}, ${rule ? `rule ${rule.id}` : 'otherwise'}, for ${quote(call.tool)} of ${call.service}: ${because}${objection ? ` ${objection.reason}` : ''}`,
    refusal: `This was refused by the policy ${name}${rule ? `, rule ${rule.id}` : ''}: ${because}`,
  };
}

/** Defenses that rules decide. */
export const policyDefenses: readonly Defense[] = [policyDefense];
