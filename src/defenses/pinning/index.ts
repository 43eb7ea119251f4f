import { z } from 'zod';
import type { Defense } from '../../contracts/defense.ts';
import { guardOffers } from '../guards/kit/offers.ts';
import { inOrder } from '../guards/kit/steps.ts';
import { readParameters } from '../parameters.ts';
import { type Lock, readLock } from './lock.ts';
import { createOpeningPins } from './opening.ts';
import { createPins } from './pins.ts';
import { createQuestionPins } from './questions.ts';
import { lockedOf, type Trust } from './trust.ts';

const parameters = z.strictObject({
  /** Path of a lockfile, from the current folder unless absolute; without one, first sight decides. */
  lockfile: z.string().min(1).optional(),
  /** What becomes of a tool, prompt, resource or question that was not there before. */
  additions: z.enum(['withhold', 'report']).default('withhold'),
  /** `restore`: the agent is shown the approved definition in place of the changed one. */
  changes: z.enum(['withhold', 'restore']).default('withhold'),
});

export const pinning: Defense = {
  id: 'pinning',
  title: 'Pinning',
  description:
    'Fixes all that services say of themselves and offer, at first sight or by a lockfile; what changes is undone, what appears later is withheld.',
  kind: 'active',
  modes: ['observe', 'enforce'],
  covers: [
    'tool definitions',
    'prompts',
    'resources',
    'templates',
    'instructions',
    'identity',
    'questions to the user',
  ],
  source: 'Trust on first use, as in mcp-scan and mcp-context-protector; canonical JSON by RFC 8785',
  create(scope) {
    const { lockfile, ...rules } = readParameters('pinning', parameters, scope.parameters);
    const lock = lockfile === undefined ? undefined : readLock(lockfile);
    return {
      tap(service) {
        const trust = trustIn(lock, service, rules);
        const questions = createQuestionPins(service, scope, trust);
        return {
          name: 'pinning',
          hostRequest: inOrder(
            guardOffers(scope, createPins(service, trust)),
            createOpeningPins(service, scope, trust),
            questions.step,
          ),
          serviceRequest: questions.serviceRequest,
        };
      },
    };
  },
};

function trustIn(
  lock: Lock | undefined,
  service: string,
  rules: Pick<Trust, 'additions' | 'changes'>,
): Trust {
  return lock
    ? {
        ...rules,
        locked: lockedOf(lock, service),
        since: 'its approval',
        before: 'when the service was approved',
      }
    : { ...rules, since: 'first sight', before: 'at first sight' };
}
