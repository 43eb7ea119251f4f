import { describeAttacksIn } from './suite.ts';

describeAttacksIn('alfworld', 'babyai', 'webshop', 'sheet');
