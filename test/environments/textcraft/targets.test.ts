import { textcraft } from '../../../src/environments/textcraft/index.ts';
import { describeTargets } from '../targetContract.ts';

describeTargets(textcraft);
