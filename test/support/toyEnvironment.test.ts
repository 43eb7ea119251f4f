import { describe } from 'vitest';
import { describeTargets } from '../environments/targetContract.ts';
import { createToyEnvironment } from './toyEnvironment.ts';

describe('with the secret in a note', () => {
  describeTargets(createToyEnvironment(), { tasks: 12 });
});

describe('with the secret in the private context', () => {
  describeTargets(createToyEnvironment({ secretIn: 'private-context', thirdParty: false }), { tasks: 12 });
});
