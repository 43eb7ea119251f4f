import type { DetectableDrop } from '../experiment/planning/detectable.ts';
import { count, wrap } from './text.ts';

/** What a plan can show, in words. */
export function detectableText(drops: readonly DetectableDrop[], width: number): string[] {
  if (drops.length === 0) return [];
  return [
    '',
    ...wrap('smallest drop of the ASR that this can show (80% power, exact McNemar by task):', width, 2),
    ...drops.flatMap((drop) => wrap(`  ${scopeText(drop)}: ${dropText(drop)}`, width, 4)),
  ];
}

function scopeText({ scope, tasks, comparisons }: DetectableDrop): string {
  const size = `${count(tasks)} ${tasks === 1 ? 'task' : 'tasks'}`;
  const family = comparisons === 1 ? '' : `, one of ${count(comparisons)} comparisons`;
  return `${scope === 'all' ? 'all attacks together' : 'one attack in one environment'} (${size}${family})`;
}

function dropText({ from100, from50, tasksNeeded }: DetectableDrop): string {
  if (from100 === undefined)
    return tasksNeeded === undefined ? 'none' : `none; it takes ${count(tasksNeeded)} tasks to show anything`;
  const half = from50 === undefined ? 'nothing from 50%' : `${points(from50)} points from 50%`;
  return `${points(from100)} points from 100%, ${half}`;
}

function points(drop: number): string {
  return String(Math.ceil(drop * 100));
}
