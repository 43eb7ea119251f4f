import type { JsonValue } from '../../contracts/json.ts';
import { isJsonObject } from '../../contracts/json.ts';
import {
  type OfferKind,
  promptKind,
  resourceKind,
  stringIn,
  templateKind,
  toolKind,
} from '../guards/kit/offers.ts';
import type { Lock, LockedService } from './lock.ts';

/** What the pins of one service rest on, and what becomes of changes. */
export interface Trust {
  /** Absent: first sight decides. */
  readonly locked?: LockedService;
  /** Completes `has changed since ...`. */
  readonly since: string;
  /** Completes `was not there ...`. */
  readonly before: string;
  readonly additions: 'withhold' | 'report';
  readonly changes: 'withhold' | 'restore';
}

/** What a lockfile says of a service; of one that it does not name, that it offers nothing. */
export function lockedOf(lock: Lock, name: string): LockedService {
  return (
    lock.services.find((each) => each.name === name) ?? {
      name,
      identity: null,
      instructions: null,
      tools: [],
      prompts: [],
      resources: [],
      templates: [],
      questions: [],
    }
  );
}

/** The approved definitions of a kind, with their keys. */
export function approvedItems(
  locked: LockedService,
  kind: OfferKind,
): readonly { readonly key: string; readonly definition: JsonValue }[] {
  return entriesOf(locked, kind).map(({ definition }) => ({
    key: isJsonObject(definition) ? stringIn(definition[kind.key]) : '',
    definition,
  }));
}

function entriesOf(locked: LockedService, { noun }: OfferKind): LockedService['tools'] {
  switch (noun) {
    case toolKind.noun:
      return locked.tools;
    case promptKind.noun:
      return locked.prompts;
    case resourceKind.noun:
      return locked.resources;
    case templateKind.noun:
      return locked.templates;
  }
}
