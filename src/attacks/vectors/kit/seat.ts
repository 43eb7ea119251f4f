import type { Seat, VectorScope } from '../../../contracts/attack.ts';
import type { Environment } from '../../../contracts/environment.ts';
import { SafeMcpError } from '../../../contracts/errors.ts';
import type { Impossible } from '../../../contracts/goal.ts';

/** The compatibility of a vector that sits at a service tasks need. */
export function needsService(environment: Environment): 'compatible' | Impossible {
  return environment.services.some(({ thirdParty }) => !thirdParty)
    ? 'compatible'
    : { impossible: `No service of ${environment.id} is needed by its tasks` };
}

/**
 * A seat at the service that the task needs first: the same for all vectors, so that they can be compared on the same
 * payload. Seated at a service that is called at the very end, they would come too late to change anything.
 */
export function neededSeat({ task }: VectorScope): Seat {
  const [service] = task.services;
  if (service === undefined)
    throw new SafeMcpError('INVALID_DEFINITION', 'A task needs at least one service', { where: task.id });
  return { service };
}
