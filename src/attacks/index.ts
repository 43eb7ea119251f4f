export { carriers } from './carriers/index.ts';
export { goals } from './goals/index.ts';
export { vectors } from './vectors/index.ts';
