import type { Verification } from '../contracts/environment.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import type { Catalog } from '../contracts/experiment.ts';
import { findIn } from '../experiment/catalog.ts';
import { safe } from '../report/text.ts';

/** Replays the recordings in a folder. @throws UNKNOWN_ID, INVALID_ARGUMENT, FILE_UNREADABLE */
export async function verifyEnvironment(catalog: Catalog, id: string, folder: string): Promise<Verification> {
  const environment = findIn(catalog.environments, id, 'environment');
  if (environment.verify) return environment.verify(folder);
  const able = catalog.environments.filter(({ verify }) => verify).map((each) => each.id);
  throw new SafeMcpError('INVALID_ARGUMENT', `${id} follows no original, so there is nothing to verify`, {
    hint: `These do: ${able.join(', ')}`,
  });
}

/** The figures for people. */
export function verificationText(verification: Verification): string {
  const { environment, episodes, steps, equalSteps, equalEpisodes, rewardEpisodes, skipped } = verification;
  const rows: readonly (readonly [string, string])[] = [
    ['episodes', String(episodes)],
    ['steps', String(steps)],
    ['equal steps', share(equalSteps, steps)],
    ['equal episodes', share(equalEpisodes, episodes)],
    ['reward episodes', share(rewardEpisodes, episodes)],
    ['skipped', String(skipped.length)],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  return [
    `${environment}: recordings of the original, replayed`,
    ...rows.map(([label, figure]) => `  ${label.padEnd(width)}  ${figure}`),
    ...skipped.map(({ id, reason }) => `    ${safe(id)}: ${safe(reason)}`),
    '',
  ].join('\n');
}

function share(part: number, whole: number): string {
  return whole === 0 ? String(part) : `${part} of ${whole} (${((100 * part) / whole).toFixed(2)} %)`;
}
