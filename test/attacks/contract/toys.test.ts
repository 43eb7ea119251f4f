import { describeAttacksIn } from './suite.ts';

describeAttacksIn('toy', 'toy-private', 'textcraft', 'todo');
