import { findStack, stackName } from '../src/defenses/stacks.ts';
import { type Condition, withoutName } from './conditions.ts';
import { percent, table } from './markdown.ts';
import type { ByCondition } from './material.ts';
import { isCore } from './order.ts';
import { isHijacked, overlap, stoppedIn, workingAttacks } from './tally.ts';

/** Defenses that stop less are left out of the matrix. */
const leastShare = 0.01;

/** What defenses stop together and alone, and what a stack loses without each of its members. */
export function interactionSection(of: ByCondition, conditions: readonly Condition[]): readonly string[] {
  const working = workingAttacks(
    of('none').filter((row) => isHijacked(row) && isCore(row.job.key.attack?.goal)),
  );
  const singles = conditions
    .filter(({ kind }) => kind === 'single' || kind === 'stack')
    .map(({ name }) => ({ name, ...stoppedIn(of(name).filter(isHijacked), working) }))
    .filter(({ stopped, seen }) => stopped.size >= leastShare * seen.size && seen.size > 0);
  if (singles.length === 0) return [];
  return [
    '## Interactions',
    '',
    'Of the attacks with the six goals that work without defense: the share that the defense of the row stops and the one of the column does not. A row of',
    'small figures is redundant beside the columns; on the diagonal, all that the defense stops alone. Defenses that stop less than 1 % are',
    'left out. `tampered-call` included.',
    '',
    ...table(
      ['stops / does not', ...singles.map(({ name }) => `\`${name}\``)],
      singles.map((row) => [
        `\`${row.name}\``,
        ...singles.map((column) => {
          const { onlyFirst, both, attacks } = overlap(row, column);
          return percent((row === column ? both : onlyFirst) / attacks, '');
        }),
      ]),
    ),
    ...leftOut(of, conditions, working),
  ];
}

function leftOut(
  of: ByCondition,
  conditions: readonly Condition[],
  working: ReadonlySet<string>,
): readonly string[] {
  const stacks = conditions.flatMap(({ name, kind }) => (kind === 'stack' ? (findStack(name) ?? []) : []));
  const lines = stacks.flatMap((stack) =>
    stack.members.flatMap(({ id }) => {
      const rows = of(withoutName(stack, id)).filter(isHijacked);
      if (rows.length === 0) return [];
      const without = stoppedIn(rows, working);
      const whole = stoppedIn(of(stackName(stack)).filter(isHijacked), working);
      const { onlyFirst, onlySecond, attacks } = overlap(whole, without);
      return [[`\`${stack.id}\``, `\`${id}\``, `${onlyFirst} of ${attacks}`, `${onlySecond} of ${attacks}`]];
    }),
  );
  if (lines.length === 0) return [];
  return [
    '### Stacks without one member',
    '',
    'Attacks that come through when the member is missing, and attacks that are stopped only when it is.',
    '',
    ...table(['stack', 'without', 'come through', 'stopped only then'], lines),
  ];
}
