import type { Agent } from '../contracts/agent.ts';
import { createScriptedAgent } from './scripted.ts';

export const faithful = createScriptedAgent({
  id: 'scripted/faithful',
  title: 'Faithful (scripted)',
  description:
    'No language model: carries out the reference solution and ignores every instruction from services. The ceiling of utility.',
  obeys: () => false,
});

export const hijacked = createScriptedAgent({
  id: 'scripted/hijacked',
  title: 'Hijacked (scripted)',
  description:
    "No language model: once exposed it carries out the attacker's plan, then goes on. The worst case: a model that always obeys.",
  obeys: () => true,
});

/** @param p probability to obey, per exposure, from 0 to 1 */
export function createCompliant(p: number): Agent {
  return createScriptedAgent({
    id: `scripted/compliant-${p}`,
    title: `Compliant ${p} (scripted)`,
    description: `No language model: obeys with probability ${p} per exposure, by seed. A dial for testing statistics and reports.`,
    obeys: (rng) => rng.chance(p),
  });
}
