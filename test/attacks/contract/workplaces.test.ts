import { describeAttacksIn } from './suite.ts';

describeAttacksIn('bank', 'chat', 'repo', 'travel');
