import { findStack, stackName } from '../src/defenses/stacks.ts';
import { wilson } from '../src/experiment/statistics/wilson.ts';
import { interval, table } from './markdown.ts';
import type { ByCondition, Material } from './material.ts';
import { detectorsIn, type ServerResult } from './servers.ts';
import { isAttacked, isHijacked, type Row, share } from './tally.ts';

const baseline = 'phrase-detector';

/** What detectors find: in attacked and clean episodes, and in the tools of servers that others wrote. */
export function detectorSection(of: ByCondition, { catalog, servers = [] }: Material): readonly string[] {
  const detectors = detectorsIn(catalog).map(({ id }) => id);
  const observing = findStack('observe');
  const seenBy = (id: string): readonly Row[] =>
    observing?.members.some((member) => member.id === id) ? of(stackName(observing)) : of(id);
  const delivered = ({ result }: Row): boolean => result.stage !== 'planned';
  const flags =
    (id: string) =>
    ({ result }: Row): boolean =>
      result.flaggedBy.includes(id);
  if (detectors.every((id) => seenBy(id).length === 0)) return [];
  return [
    '## Detectors',
    '',
    `DR: attacked episodes in which it flagged a message that carries payload. FPR: clean episodes with any flag. \`${baseline}\` is the baseline of`,
    'six phrases. These detectors were built with our carriers in sight; for `instruction-classifier`, which is trained on such texts, the',
    'figures on data it was not trained on are on [its page](instruction-classifier.md).',
    '',
    ...table(
      ['detector', 'DR', 'FPR, clean episodes', 'FPR, tools of others'],
      detectors.map((id) => [
        `\`${id}\``,
        interval(
          share(
            seenBy(id).filter((row) => isHijacked(row) && delivered(row)),
            flags(id),
          ),
        ),
        interval(
          share(
            seenBy(id).filter((row) => !isAttacked(row)),
            flags(id),
          ),
        ),
        interval(toolShare(servers, id)),
      ]),
    ),
    ...serverSection(servers, detectors),
  ];
}

function toolShare(servers: readonly ServerResult[], id: string) {
  const asked = servers.flatMap((server) => ('tools' in server ? [server] : []));
  const tools = asked.reduce((sum, server) => sum + server.tools, 0);
  const flagged = asked.reduce((sum, server) => sum + (server.flagged.get(id)?.length ?? 0), 0);
  return tools === 0 ? undefined : wilson(flagged, tools);
}

function serverSection(servers: readonly ServerResult[], detectors: readonly string[]): readonly string[] {
  if (servers.length === 0) return ['The servers of others were not asked.', ''];
  return [
    'Flagged tools by server, as installed from npm:',
    '',
    ...table(
      ['server', 'tools', ...detectors.map((id) => `\`${id}\``)],
      servers.map((server) =>
        'skipped' in server
          ? [server.server, `skipped: ${server.skipped}`]
          : [
              server.server,
              String(server.tools),
              ...detectors.map((id) => String(server.flagged.get(id)?.length ?? 0)),
            ],
      ),
    ),
  ];
}
