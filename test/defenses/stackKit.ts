import type { Defense } from '../../src/contracts/defense.ts';
import { SafeMcpError } from '../../src/contracts/errors.ts';
import type { Tap } from '../../src/contracts/wire.ts';
import { createDefenseSet } from '../../src/defenses/compose.ts';
import { defenses } from '../../src/defenses/index.ts';
import { type Stack, stackName } from '../../src/defenses/stacks.ts';
import { composeHostRequest, composeServiceRequest, passNotification } from '../../src/protocol/chain.ts';

/** A stack in the shape of one defense, so that what is asked of a defense can be asked of it. */
export function asDefense(stack: Stack): Defense {
  const { id, title, description, members } = stack;
  return {
    id: stackName(stack).replace('@', '-'),
    title,
    description,
    kind: 'active',
    modes: [members.some(({ mode }) => mode === 'enforce') ? 'enforce' : 'observe'],
    covers: ['what its members cover'],
    source: 'ours',
    create({ parameters, ...scope }) {
      if (Object.keys(parameters).length > 0)
        throw new SafeMcpError('INVALID_EXPERIMENT', `${id} takes no parameters`);
      const set = createDefenseSet(members, defenses, {
        ...scope,
        report: ({ action, score, reason, spans, message }) =>
          scope.report({ action, score, reason, spans, message }),
        onFailure: (defense, error) => {
          throw new Error(`${defense} failed`, { cause: error });
        },
      });
      return { tap: (service) => joined(id, set.taps(service)), reveal: set.reveal };
    },
  };
}

function joined(name: string, taps: readonly Tap[]): Tap {
  return {
    name,
    hostRequest: (next) => composeHostRequest(taps, next),
    serviceRequest: (next) => composeServiceRequest(taps, next),
    notification: (message, context) =>
      passNotification(message.direction === 'to-host' ? taps.toReversed() : taps, message, context),
  };
}
