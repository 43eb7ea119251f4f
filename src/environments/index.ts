import type { Environment } from '../contracts/environment.ts';
import { academia } from './academia/index.ts';
import { alfworld } from './alfworld/index.ts';
import { babyai } from './babyai/index.ts';
import { bank } from './bank/index.ts';
import { chat } from './chat/index.ts';
import { movie } from './movie/index.ts';
import { office } from './office/index.ts';
import { repo } from './repo/index.ts';
import { sheet } from './sheet/index.ts';
import { textcraft } from './textcraft/index.ts';
import { todo } from './todo/index.ts';
import { travel } from './travel/index.ts';
import { weather } from './weather/index.ts';
import { webshop } from './webshop/index.ts';

/** All environments that ship with SafeMCP. */
export const environments: readonly Environment[] = [
  textcraft,
  todo,
  office,
  bank,
  chat,
  alfworld,
  webshop,
  sheet,
  travel,
  repo,
  babyai,
  academia,
  movie,
  weather,
];
