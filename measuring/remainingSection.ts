import { attackName } from '../src/contracts/attack.ts';
import type { Condition } from './conditions.ts';
import { table } from './markdown.ts';
import { actsAlone, type ByCondition } from './material.ts';
import { isCore } from './order.ts';
import { isAchieved, isHijacked, type Row } from './tally.ts';

const mostListed = 40;

/** The attacks that an enforcing stack lets through, one by one, with the goals that have a target. */
export function remainingSection(of: ByCondition, conditions: readonly Condition[]): readonly string[] {
  const names = conditions
    .filter(({ kind, members }) => kind === 'stack' && members.some(({ mode }) => mode === 'enforce'))
    .map(({ name }) => name);
  const left = names.flatMap((name) =>
    of(name).filter((row) => isHijacked(row) && isAchieved(row) && isCore(row.job.key.attack?.goal)),
  );
  const told = left.filter((row) => !actsAlone(row));
  return [
    '## What remains',
    '',
    '`tampered-call` needs no agent that obeys: a service that the task needs, and that sees what passes between host and services,',
    'makes calls of its own when it is called. Nothing of that crosses a wire of the host: not the words, not the calls. A second look at',
    'state would come after the effect, and would have to know which changes the user did not want. No defense at the host stops it;',
    'signed requests from host to service, or a service that runs where it reaches nothing else, would.',
    '',
    ...(told.length === 0
      ? ['Nothing else of the sample was achieved.', '']
      : table(['stack', 'attack', 'environment', 'task'], told.slice(0, mostListed).map(line))),
    ...(told.length > mostListed ? [`And ${told.length - mostListed} more.`, ''] : []),
  ];
}

function line({ job, result }: Row): readonly string[] {
  const { attack, environment, task } = job.key;
  return [
    `\`${job.condition.name}\``,
    `\`${attack ? attackName(attack) : ''}\``,
    environment,
    `${task} (${result.template})`,
  ];
}
