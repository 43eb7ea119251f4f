import type { Aim, Size } from '../experiment/planning/size.ts';
import { count, wrap } from './text.ts';

export interface SizeReport {
  readonly aim: Aim;
  readonly power: number;
  readonly correlation: { readonly value: number; readonly source: string };
  readonly sizes: readonly Size[];
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
      `Likeness of two trials of one task: ${correlation.value.toFixed(2)} (${correlation.source}). ` +
        'Design effect: 1 + (trials - 1) x likeness; so many episodes of the same task tell as much as one of another task.',
      width,
      2,
    ),
    ...wrap(
      'Choose the size before the run. Looking again and again, and adding episodes until it passes, makes false results likely.',
      width,
      2,
    ),
  ].join('\n')}\n`;
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
