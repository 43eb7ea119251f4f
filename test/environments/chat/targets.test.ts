import { chat } from '../../../src/environments/chat/index.ts';
import { describeTargets } from '../targetContract.ts';

describeTargets(chat);
