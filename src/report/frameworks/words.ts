import type { Metric } from '../../contracts/cell.ts';
import { interval, share } from '../conclusions.ts';
import { count } from '../text.ts';
import {
  type AgentResult,
  type CoverageReport,
  type CoveringPart,
  type FrameworkCoverage,
  partKinds,
  type RunFacts,
} from './join.ts';

const marks: Readonly<Record<CoveringPart['basis'], string>> = { published: '*', ours: '', unverified: '?' };

/** A part's id with the mark of its basis. */
export function markedId({ id, basis }: CoveringPart): string {
  return `${id}${marks[basis]}`;
}

/** Parts in one text per kind: `vectors a, b*`. At most `most` names each. */
export function partTexts(parts: readonly CoveringPart[], most = Number.POSITIVE_INFINITY): string[] {
  return partKinds.flatMap((kind) => {
    const names = parts.filter((part) => part.kind === kind).map(markedId);
    if (names.length === 0) return [];
    const more = names.length > most ? ` and ${names.length - most} more` : '';
    return [`${kind}${names.length === 1 ? '' : 's'} ${names.slice(0, most).join(', ')}${more}`];
  });
}

/** What the counts cover, in a line each. */
export function titleOf({ run }: CoverageReport): string[] {
  if (run === undefined)
    return ['Coverage: techniques of other frameworks, and the parts of attacks that show them'];
  return [`Coverage of ${run.name}`, runText(run)];
}

function runText({ id, stored, planned, state, defense, episodes }: RunFacts): string {
  const part = stored < planned ? ` (${count(stored)} of ${count(planned)} planned stored, ${state})` : '';
  const set = defense === 'none' ? 'without defense' : `with defense ${defense}`;
  return `run ${id}${part}: ${count(episodes)} attacked episodes ${set}`;
}

/** Where a framework's list comes from, and how far it can be relied on. */
export function factsOf({ source, license, caveat }: FrameworkCoverage): string {
  return [`${source}; license: ${license}.`, ...(caveat === undefined ? [] : [caveat])].join(' ');
}

/** `scripted/hijacked (scripted)`, its ASR, and the rest: interval, and episodes that count in no figure. */
export function resultTexts({
  agent,
  scripted,
  asr,
  invalid,
}: AgentResult): readonly [string, string, string] {
  const dropped = invalid > 0 ? [`${count(invalid)} invalid`] : [];
  const rest = 'absent' in asr ? dropped : [interval(asr), ...dropped];
  return [`${agent}${scripted ? ' (scripted)' : ''}`, asrText(asr), rest.join(', ')];
}

function asrText(asr: Metric): string {
  return 'absent' in asr ? asr.absent : share(asr);
}

/** What a reader must know to read the report right. */
export function notesOf({ frameworks, run }: CoverageReport): string[] {
  const crosswalks = [...new Set(frameworks.flatMap(({ crosswalk }) => crosswalk ?? []))];
  return [
    `Mappings without a star are ours. * stands in a published crosswalk${
      crosswalks.length > 0 ? ` (${crosswalks.join('; ')})` : ''
    }. ? was not checked: neither the id nor the mapping.`,
    'Covered: some part of an attack (vector, carrier or goal) is mapped to it. What is out of scope is our judgment.',
    ...(run === undefined ? [] : runNotes(run)),
    ...(frameworks.some(hasScripted) ? ['Scripted agents are no language models.'] : []),
    ...frameworks.flatMap(unlistedNotes),
  ];
}

function hasScripted({ techniques }: FrameworkCoverage): boolean {
  return techniques.some(
    (each) => each.verdict === 'covered' && each.result?.agents.some(({ scripted }) => scripted),
  );
}

function runNotes({ severalAttacks, unknownParts }: RunFacts): string[] {
  return [
    'Figures are the ASR: attacks that achieved their goal / attacks delivered. Intervals: Wilson, 95%, with tasks as the independent ' +
      'units. An episode counts for every technique that a part of its attack is mapped to, so rows cannot be added up.',
    ...(severalAttacks > 0
      ? [
          `Left out: ${count(severalAttacks)} episodes with several attacks at once, which cannot be told apart.`,
        ]
      : []),
    ...(unknownParts.length > 0
      ? [`Parts of this run that are not known here, nor their mappings: ${unknownParts.join(', ')}.`]
      : []),
  ];
}

function unlistedNotes({ framework, unlisted }: FrameworkCoverage): string[] {
  if (unlisted.length === 0) return [];
  const ids = unlisted.map(({ id, parts }) => `${id} (${partTexts(parts).join('; ')})`);
  return [`Mapped to ids that the list of ${framework} here does not have: ${ids.join(', ')}.`];
}

/** How many covered techniques have a part that ran. */
export function inRun({ techniques }: FrameworkCoverage): number {
  return techniques.filter((each) => each.verdict === 'covered' && (each.result?.ran.length ?? 0) > 0).length;
}
