export { computeCells } from './cells.ts';
