import type { FakePolicy } from '../behavior.ts';
import { caller } from './caller.ts';
import { echo } from './echo.ts';
import { faults } from './faults.ts';
import { obedient } from './obedient.ts';
import { rating } from './rating.ts';
import { refuser } from './refuser.ts';

/** The policies that a user can name. None is a language model, and each answers judges. */
export const fakePolicies: Readonly<
  Record<'caller' | 'obedient' | 'echo' | 'refuser' | 'faults', () => FakePolicy>
> = {
  caller: () => rating(caller()),
  obedient: () => rating(obedient()),
  echo: () => rating(echo()),
  refuser: () => rating(refuser()),
  faults,
};

export type FakePolicyName = keyof typeof fakePolicies;
