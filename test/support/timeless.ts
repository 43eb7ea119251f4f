export { timeless } from '../../src/experiment/timeless.ts';
