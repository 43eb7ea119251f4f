// For `node --import`: lets a child process run TypeScript sources on every supported Node.
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
