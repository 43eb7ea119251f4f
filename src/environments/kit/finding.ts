import { SolutionStuck } from '../../contracts/agent.ts';

/**
 * The first of `items` that passes.
 * @throws SolutionStuck when there is none
 */
export function only<T>(items: readonly T[], passes: (item: T) => boolean): T {
  const found = items.find(passes);
  if (found === undefined) throw new SolutionStuck('What the task speaks of is not there');
  return found;
}

/**
 * What stands behind `label: ` in the first line that begins so.
 * @throws SolutionStuck when no line begins so
 */
export function labeled(text: string, label: string): string {
  const start = `${label}: `;
  return only(text.split('\n'), (line) => line.startsWith(start))
    .slice(start.length)
    .trim();
}

/** The lines of a text that begin with `- `, without that mark. */
export function bullets(text: string): string[] {
  return text.split('\n').filter(isBullet).map(withoutMark);
}

/**
 * The same for the lines that follow directly on the one equal to `heading`; for texts with others around them.
 * @throws SolutionStuck when there is no such heading
 */
export function bulletsUnder(text: string, heading: string): string[] {
  const lines = text.split('\n');
  const begin = lines.indexOf(heading) + 1;
  if (begin === 0) throw new SolutionStuck(`There is no list under "${heading}"`);
  const rest = lines.slice(begin);
  const end = rest.findIndex((line) => !isBullet(line));
  return (end < 0 ? rest : rest.slice(0, end)).map(withoutMark);
}

function isBullet(line: string): boolean {
  return line.startsWith('- ');
}

function withoutMark(line: string): string {
  return line.slice(2).trim();
}
