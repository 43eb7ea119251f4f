import type { Aim, Size } from '../../experiment/planning/size.ts';
import { count, wrap } from '../text.ts';
import { sizeVersion } from './schema.ts';

export interface SizeReport {
  readonly aim: Aim;
  readonly power: number;
  readonly correlation: { readonly value: number; readonly source: string };
  readonly sizes: readonly Size[];
}

/** How large a study must be, for programs. */
export function sizeJson(report: SizeReport): string {
  return `${JSON.stringify({ version: sizeVersion, ...report }, null, 2)}\n`;
}

/** How large a study must be, for people. */
export function sizeText({ aim, power, correlation, sizes }: SizeReport, width: number): string {
  const columns = ['trials', 'tasks', 'episodes in each condition', 'design effect'];
  const rows = sizes.map(({ trials, tasks, episodes, designEffect }) => [
    count(trials),
    tasks === undefined ? 'too many' : count(tasks),
    episodes === undefined ? '-' : count(episodes),
    designEffect.toFixed(2),
  ]);
  const line = (cells: readonly string[]): string =>
    cells.map((cell, index) => cell.padStart(columns[index]?.length ?? 0)).join('  ');
  return `${[
    ...wrap(aimText(aim, power), width, 2),
    '',
    line(columns),
    ...rows.map(line),
    '',
    ...wrap(
      `Likeness of two trials of one task: ${correlation.value.toFixed(2)} (${correlation.source}).`,
      width,
      2,
    ),
    ...wrap(designEffectText(aim), width, 2),
    ...wrap(
      'Choose the size before the run. Looking again and again, and adding episodes until it passes, makes false results likely.',
      width,
      2,
    ),
  ].join('\n')}\n`;
}

function designEffectText({ kind }: Aim): string {
  const formula =
    'Design effect: 1 + (trials - 1) x likeness; so many episodes of the same tasks tell as much as one of each of other tasks.';
  return kind === 'limit'
    ? `${formula} A gate sees it in the data, and takes it for larger where tasks are few; the numbers of tasks allow for that.`
    : `${formula} The test takes each task once, so the numbers of tasks do not follow from it alone.`;
}

function aimText(aim: Aim, power: number): string {
  const chance = `with a chance of ${percentage(power)}`;
  if (aim.kind === 'limit')
    return `To show that a rate of ${percentage(aim.rate)} ${aim.rate < aim.limit ? 'stays below' : 'is above'} ${percentage(aim.limit)} (95% interval of Wilson by task), ${chance}:`;
  const together =
    aim.comparisons === 1 ? '' : ` as one of ${count(aim.comparisons)} comparisons (Holm's first step)`;
  return `To show a change from ${percentage(aim.before)} to ${percentage(aim.after)} on the same tasks${together} (exact McNemar by task, p < 0.05), ${chance}:`;
}

function percentage(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}
