import type { AttackPart, Vector, VectorInstance, VectorScope } from '../../../contracts/attack.ts';
import { neededSeat, needsService } from './seat.ts';

/** What tells one vector at a needed service from another. Both eras and one place, unless said otherwise. */
export interface SeatedFacts
  extends AttackPart,
    Pick<Vector, 'group'>,
    Partial<Pick<Vector, 'eras' | 'places'>> {}

/** A vector at the service that the task needs first. @param begin sets it up for one episode */
export function createSeated(
  facts: SeatedFacts,
  begin: (scope: VectorScope) => Pick<VectorInstance, 'tap' | 'shape'>,
): Vector {
  return {
    eras: ['2025', '2026'],
    places: 'one',
    ...facts,
    compatible: needsService,
    place: (scope) => ({ seat: neededSeat(scope), ...begin(scope) }),
  };
}
