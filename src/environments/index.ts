import type { Environment } from '../contracts/environment.ts';
import { office } from './office/index.ts';
import { textcraft } from './textcraft/index.ts';
import { todo } from './todo/index.ts';

/** All environments that ship with SafeMCP. */
export const environments: readonly Environment[] = [textcraft, todo, office];
