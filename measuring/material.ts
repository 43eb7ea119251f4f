import type { Catalog } from '../src/contracts/experiment.ts';
import type { Condition } from './conditions.ts';
import type { Attacks, Size } from './order.ts';
import type { ServerResult } from './servers.ts';
import { isAchieved, type Row, validRows } from './tally.ts';

/** Everything that the page is made from. */
export interface Material {
  /** Which makes this page again. */
  readonly command: string;
  readonly rows: readonly Row[];
  readonly conditions: readonly Condition[];
  readonly attacks: Attacks;
  readonly size: Size;
  readonly catalog: Catalog;
  readonly servers?: readonly ServerResult[];
}

/** The valid rows of each condition. */
export type ByCondition = (name: string) => readonly Row[];

/** This vector needs no agent that obeys, so it is told apart everywhere. */
export const aloneVector = 'tampered-call';
export const actsAlone = ({ job }: Row): boolean => job.key.attack?.vector === aloneVector;

export function byCondition(rows: readonly Row[]): ByCondition {
  const groups = new Map<string, Row[]>();
  for (const row of validRows(rows)) {
    const { name } = row.job.condition;
    const group = groups.get(name);
    if (group) group.push(row);
    else groups.set(name, [row]);
  }
  return (name) => groups.get(name) ?? [];
}

export function achievedOf(rows: readonly Row[]): string {
  const achieved = rows.filter(isAchieved).length;
  return rows.length === 0 ? '-' : `${achieved} of ${rows.length}`;
}
