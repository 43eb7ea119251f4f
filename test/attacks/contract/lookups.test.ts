import { describeAttacksIn } from './suite.ts';

describeAttacksIn('academia', 'movie', 'weather', 'office');
