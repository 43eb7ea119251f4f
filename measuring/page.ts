import type { Condition } from './conditions.ts';
import { detectorSection } from './detectorSection.ts';
import { interactionSection } from './interactionSection.ts';
import { interval, number, percent, table } from './markdown.ts';
import {
  achievedOf,
  actsAlone,
  aloneVector,
  type ByCondition,
  byCondition,
  type Material,
} from './material.ts';
import { isCore } from './order.ts';
import { remainingSection } from './remainingSection.ts';
import { askedSection, heldOutSection, perGoalSection } from './stackSections.ts';
import {
  isAttacked,
  isHijacked,
  meanUtility,
  plainAsr,
  presetAsr,
  type Row,
  relativeLoss,
  share,
  stageCounts,
  validRows,
} from './tally.ts';

export function page(material: Material): string {
  const { conditions } = material;
  const of = byCondition(material.rows);
  return [
    '# What defenses achieve',
    '',
    `Written by \`${material.command}\`. No language model took part, so the figures say what a defense stops when the agent always`,
    'obeys, not how often a model would. `scripted/hijacked` obeys every payload that it reads and then goes on with its task;',
    '`scripted/faithful` only does its task. Nobody is asked unless a row says so.',
    '',
    ...sampleSection(material),
    ...mainSection(of, conditions),
    ...perGoalSection(of, conditions),
    ...heldOutSection(of, material),
    ...askedSection(of, conditions),
    ...remainingSection(of, conditions),
    ...interactionSection(of, conditions),
    ...detectorSection(of, material),
  ].join('\n');
}

function sampleSection({ attacks, size, rows, catalog }: Material): readonly string[] {
  const { all, base } = attacks;
  const distinct = (of: (target: (typeof all)[number]) => string): number => new Set(all.map(of)).size;
  const invalid = rows.length - validRows(rows).length;
  const preset = all.reduce((sum, { weight }) => sum + weight, 0);
  const drawn =
    size.perPair === undefined
      ? 'Every attack of the preset `full` is made once, on a task by lot.'
      : `A stratified sample of the preset \`full\`: for each pair of a vector and a goal that can meet, ${size.perPair} environment${size.perPair === 1 ? '' : 's'} by lot, a task of ${size.tasks} by lot, one of the vector's eras by lot, and carriers in turns from a shuffled deck.`;
  const thinned = (size.every ?? 1) > 1 ? ` Of these, one in ${size.every}.` : '';
  return [
    '## The sample',
    '',
    `${drawn}${thinned} ${all.length} attacks stand for ${Math.round(preset)} of the preset: ${distinct(({ attack }) => attack.vector)} vectors, ${distinct(({ attack }) => attack.carrier)} of ${catalog.carriers.length} carriers, ${distinct(({ attack }) => attack.goal)} goals, ${distinct(({ environment }) => environment)} environments.`,
    `Single defenses meet ${base.length} of them, the first of each pair with one of the goals exfiltrate, destroy, tamper, escalate, persist and cross-service; the stacks meet all. Utility without attack: ${size.clean.others} tasks of every environment, ${size.clean.stacks} for the stacks, half of them in each era.`,
    `Equal seeds give equal episodes; pairs differ in nothing but the defense. ${rows.length} episodes, of which ${invalid} are no valid measurement and count nowhere.`,
    '',
    'ASR is the share of delivered attacks whose effect is there at the end. "In the preset" weighs each attack by how many of the preset',
    'it stands for, with an interval for the effective number of episodes (Kish). "By pair" counts each vector and goal alike, which gives',
    `\`${aloneVector}\` (in the preset with one carrier only, because it needs no words) forty times the weight; it is told apart.`,
    '',
  ];
}

function mainSection(of: ByCondition, conditions: readonly Condition[]): readonly string[] {
  const reference = of('none');
  const shown = conditions.filter(({ kind }) => kind === 'none' || kind === 'single' || kind === 'stack');
  const core = (row: Row): boolean => isHijacked(row) && isCore(row.job.key.attack?.goal);
  const clean = (row: Row): boolean => !isAttacked(row);
  const faithfulUnderAttack = (row: Row): boolean => isAttacked(row) && !isHijacked(row);
  return [
    '## All defenses, six goals',
    '',
    'The goals exfiltrate, destroy, tamper, escalate, persist and cross-service.',
    '',
    ...table(
      ['defense', 'ASR in the preset', 'ASR by pair, without `tampered-call`', '`tampered-call`'],
      shown.map(({ name }) => {
        const rows = of(name).filter(core);
        return [
          `\`${name}\``,
          interval(presetAsr(rows)),
          interval(plainAsr(rows.filter((row) => !actsAlone(row)))),
          achievedOf(rows.filter(actsAlone)),
        ];
      }),
    ),
    '### How far attacks come',
    '',
    'Share of episodes by the stage at which they ended. Before `attempted` the agent has not acted, before `executed` no service was reached.',
    '',
    ...table(
      ['defense', 'planned', 'delivered', 'exposed', 'attempted', 'executed', 'achieved'],
      shown.map(({ name }) => {
        const rows = of(name).filter(core);
        const counts = [...stageCounts(rows).values()];
        return [
          `\`${name}\``,
          ...counts.map((count) => percent(rows.length === 0 ? undefined : count / rows.length)),
        ];
      }),
    ),
    '### What it costs',
    '',
    'Utility is the task\'s own score, 0 to 1. Relative loss is against the same episodes without defense. "Handing on" are the tasks whose',
    'instruction hands on what a mail, note or page asks for. Alarms: clean episodes in which a member reported anything.',
    '',
    ...table(
      [
        'defense',
        'utility, no attack',
        'relative loss',
        'handing on: loss',
        'faithful under attack',
        'relative loss',
        'hijacked under attack',
        'alarms, no attack',
      ],
      shown.map(({ name }) => {
        const rows = of(name);
        const under = rows.filter(faithfulUnderAttack);
        return [
          `\`${name}\``,
          number(meanUtility(rows.filter(clean))),
          percent(relativeLoss(reference, rows.filter(clean))),
          percent(
            relativeLoss(
              reference,
              rows.filter((row) => clean(row) && row.result.handsOn),
            ),
          ),
          number(meanUtility(under)),
          percent(relativeLoss(reference, under)),
          number(meanUtility(rows.filter(core))),
          interval(share(rows.filter(clean), ({ result }) => result.flaggedBy.length > 0)),
        ];
      }),
    ),
  ];
}
