import { attackStages } from '../../contracts/events.ts';
import { type CellData, type CellPlace, cellKey, type Measure, noDefense } from './measure.ts';

/** A cell with its episodes in order, and the cells that it is compared with where the run has them. */
export interface Conditions {
  readonly cell: Condition;
  /** No attack, no defense. */
  readonly reference: Condition | undefined;
  /** The same attack without defense. */
  readonly undefended: Condition | undefined;
  /** The same defense without attack. */
  readonly clean: Condition | undefined;
}

/** A cell whose episodes are all in. */
export interface Condition {
  readonly place: CellPlace;
  readonly data: CellData;
  /** By task and trial, so that sums do not depend on the order in which episodes were stored. */
  readonly valid: readonly Measure[];
  readonly delivered: readonly Measure[];
}

const delivered = attackStages.indexOf('delivered');
const achieved = attackStages.indexOf('achieved');

export function isDelivered({ stage }: Measure): boolean {
  return stage >= delivered;
}

export function isAchieved({ stage }: Measure): boolean {
  return stage === achieved;
}

export function conditionOf(data: CellData): Condition {
  const valid = data.measures.toSorted((a, b) => a.task - b.task || a.trial - b.trial);
  return { place: data.place, data, valid, delivered: valid.filter(isDelivered) };
}

/** @param conditions all cells of the run, by key */
export function conditionsOf(cell: Condition, conditions: ReadonlyMap<string, Condition>): Conditions {
  const find = (change: Partial<CellPlace>): Condition | undefined =>
    conditions.get(cellKey({ ...cell.place, ...change }));
  return {
    cell,
    reference: find({ attack: null, defense: noDefense }),
    undefended: find({ defense: noDefense }),
    clean: find({ attack: null }),
  };
}
