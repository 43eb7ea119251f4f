import { babyai } from '../../../src/environments/babyai/index.ts';
import { describeTargets } from '../targetContract.ts';

describeTargets(babyai, { endsWithTask: true });
