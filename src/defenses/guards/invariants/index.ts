import type { Defense, DefenseScope } from '../../../contracts/defense.ts';
import type { Tap } from '../../../contracts/wire.ts';
import { readParameters } from '../../parameters.ts';
import { guardOffers, type OfferRules } from '../kit/offers.ts';
import { inOrder } from '../kit/steps.ts';
import { withholding } from '../kit/withheld.ts';
import { createDirectory, type NameDirectory } from '../names/directory.ts';
import { guardCaching } from './caching.ts';
import { guardIdentity } from './identity.ts';
import { type ListWatch, watchLists } from './listWatch.ts';
import { createNameRules } from './names.ts';
import { guardNotices } from './notices.ts';
import { type InvariantParameters, invariantParameters } from './parameters.ts';
import { guardRounds } from './rounds.ts';
import { guardShapes } from './shapes.ts';

export const invariants: Defense = {
  id: 'invariants',
  title: 'Invariants',
  description:
    'Holds services to what the specification forbids: lists that vary by caller or by call, colliding names, wrong types, endless rounds, false caching hints, unasked notices.',
  kind: 'active',
  modes: ['observe', 'enforce'],
  covers: [
    'lists',
    'names',
    'types of results',
    'rounds of questions',
    'caching hints',
    'identity',
    'notifications',
  ],
  source: 'MCP specification 2025-11-25 and 2026-07-28; SEP-986 (tool names)',
  create(scope) {
    const limits = readParameters('invariants', invariantParameters, scope.parameters);
    // One for all services of the episode: names collide between them.
    const directory = createDirectory(scope.approved, (name) => name);
    return { tap: (service) => createTap({ service, scope, limits, directory }) };
  },
};

interface Setting {
  readonly service: string;
  readonly scope: DefenseScope;
  readonly limits: InvariantParameters;
  readonly directory: NameDirectory;
}

function createTap({ service, scope, limits, directory }: Setting): Tap {
  const rounds = guardRounds(service, scope, limits.rounds);
  const notices = guardNotices(service, scope);
  const lists = watchLists(service, scope, limits);
  return {
    name: 'invariants',
    hostRequest: inOrder(
      guardOffers(scope, createRules(service, directory, lists)),
      lists.step,
      guardShapes(service, scope),
      guardCaching(service, scope, limits.maxTtlMs),
      guardIdentity(service, scope),
      rounds.step,
      notices.step,
    ),
    serviceRequest: rounds.serviceRequest,
    notification: notices.notification,
  };
}

function createRules(service: string, directory: NameDirectory, lists: ListWatch): OfferRules {
  const names = createNameRules(service, directory);
  return withholding(
    (page) => [...names(page), ...lists.inspect(page)],
    ({ noun }) => `The call was refused: this ${noun} breaks the rules of the protocol`,
  );
}
