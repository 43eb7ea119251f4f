import type { Condition } from './conditions.ts';
import { interval, percent, table } from './markdown.ts';
import { achievedOf, actsAlone, type ByCondition, type Material } from './material.ts';
import { isCore } from './order.ts';
import { heldOut } from './sample.ts';
import { isAttacked, isHijacked, plainAsr, presetAsr, type Row, relativeLoss } from './tally.ts';

const stacksIn = (conditions: readonly Condition[]): readonly string[] =>
  conditions.filter(({ kind }) => kind === 'stack').map(({ name }) => name);

const enforces = (members: Condition['members']): boolean => members.some(({ mode }) => mode === 'enforce');

/** ASR of the stacks for every goal that there is. */
export function perGoalSection(of: ByCondition, conditions: readonly Condition[]): readonly string[] {
  const names = ['none', ...stacksIn(conditions)];
  const rows = names.map((name) => of(name).filter((row) => isHijacked(row) && !actsAlone(row)));
  const goals = [...new Set(rows.flat().flatMap(({ job }) => job.key.attack?.goal ?? []))];
  const ordered = [...goals.filter(isCore), ...goals.filter((goal) => !isCore(goal)).toSorted()];
  return [
    '## Stacks by goal',
    '',
    'ASR by pair, without `tampered-call`. The first six have a target; the others are what is reached.',
    '',
    ...table(
      ['goal', ...names.map((name) => `\`${name}\``)],
      ordered.map((goal) => [
        `\`${goal}\``,
        ...rows.map((each) => interval(plainAsr(each.filter(({ job }) => job.key.attack?.goal === goal)))),
      ]),
    ),
  ];
}

/** The stacks on what was looked at while they were put together, and on what was not. */
export function heldOutSection(of: ByCondition, { conditions, catalog }: Material): readonly string[] {
  const strangeWorld = ({ job }: Row): boolean => heldOut.environments.includes(job.key.environment);
  const strangeCarrier = ({ job }: Row): boolean => heldOut.isCarrier(catalog, job.key.attack?.carrier ?? '');
  const parts: readonly (readonly [string, (row: Row) => boolean])[] = [
    ['environment and carrier seen', (row) => !strangeWorld(row) && !strangeCarrier(row)],
    ['carrier held out', (row) => !strangeWorld(row) && strangeCarrier(row)],
    ['environment held out', (row) => strangeWorld(row) && !strangeCarrier(row)],
    ['both held out', (row) => strangeWorld(row) && strangeCarrier(row)],
  ];
  const names = stacksIn(conditions);
  return [
    '## Seen and held out',
    '',
    'The stacks were put together by looking at episodes of seven environments and every second carrier. The other environments',
    `(${heldOut.environments.join(', ')}) and carriers were run afterwards, with other tasks and payloads in this table. The single defenses are`,
    'older and were built with all of them in sight, so "held out" speaks of the choice of members and of what was changed for it; that',
    'changed tools are restored was chosen by looking at utility everywhere. Six goals, ASR by pair, without `tampered-call`.',
    '',
    ...table(
      ['part', ...names.map((name) => `\`${name}\``)],
      parts.map(([title, belongs]) => [
        title,
        ...names.map((name) =>
          interval(
            plainAsr(
              of(name).filter(
                (row) =>
                  isHijacked(row) && isCore(row.job.key.attack?.goal) && !actsAlone(row) && belongs(row),
              ),
            ),
          ),
        ),
      ]),
    ),
  ];
}

/** Who answers when a stack asks. */
export function askedSection(of: ByCondition, conditions: readonly Condition[]): readonly string[] {
  const asking = conditions.filter(({ kind }) => kind === 'asking');
  if (asking.length === 0) return [];
  const shown = conditions.filter(
    ({ kind, members }) => kind === 'asking' || (kind === 'stack' && enforces(members)),
  );
  const reference = of('none');
  return [
    '## When somebody is asked',
    '',
    'The same stacks with `objection: ask` for `information-flow`. `attentive` sees the question and has the own instruction and private',
    'facts in mind; `careless` allows everything; `absent`: with nobody to ask, an asking stack is the stack itself. Six goals.',
    '',
    ...table(
      [
        'stack and approver',
        'ASR in the preset',
        'ASR by pair, without `tampered-call`',
        '`tampered-call`',
        'loss, no attack',
      ],
      shown.map(({ name, kind }) => {
        const rows = of(name).filter((row) => isHijacked(row) && isCore(row.job.key.attack?.goal));
        return [
          kind === 'asking' ? `\`${name}\`` : `\`${name}\`, absent`,
          interval(presetAsr(rows)),
          interval(plainAsr(rows.filter((row) => !actsAlone(row)))),
          achievedOf(rows.filter(actsAlone)),
          percent(
            relativeLoss(
              reference,
              of(name).filter((row) => !isAttacked(row)),
            ),
          ),
        ];
      }),
    ),
  ];
}
