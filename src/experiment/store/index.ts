export { openStore, resolveRun } from './openStore.ts';
