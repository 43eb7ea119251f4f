import { csvLines } from '../csv.ts';
import type { AgentResult, CoverageReport, TechniqueCoverage } from './join.ts';
import { markedId } from './words.ts';

const columns = [
  'framework',
  'technique',
  'title',
  'verdict',
  'reason',
  'vectors',
  'carriers',
  'goals',
  'run',
  'defense',
  'agent',
  'scripted',
  'episodes',
  'invalid',
  'delivered',
  'achieved',
  'asr',
  'low',
  'high',
  'absent',
];

/** One line per technique; with a run, one per technique and agent. Ids of parts have a space between them. */
export function coverageCsv({ frameworks, run }: CoverageReport): string {
  const rows = frameworks.flatMap(({ framework, techniques }) =>
    techniques.flatMap((technique) => {
      const { id, title, verdict } = technique;
      const reason = verdict === 'out of scope' ? technique.reason : '';
      const head = [framework, id, title, verdict, reason, ...partColumns(technique), run?.id, run?.defense];
      return resultColumns(technique, run !== undefined).map((figures) => [...head, ...figures]);
    }),
  );
  return csvLines([columns, ...rows]);
}

function partColumns(technique: TechniqueCoverage): string[] {
  const parts = technique.verdict === 'covered' ? technique.parts : [];
  return (['vector', 'carrier', 'goal'] as const).map((kind) =>
    parts
      .filter((part) => part.kind === kind)
      .map(markedId)
      .join(' '),
  );
}

type Figures = (string | number)[];

function resultColumns(technique: TechniqueCoverage, measured: boolean): Figures[] {
  const agents = technique.verdict === 'covered' ? (technique.result?.agents ?? []) : [];
  if (agents.length > 0) return agents.map(figuresOf);
  const absent = measured && technique.verdict === 'covered' ? 'not in this run' : '';
  return [['', '', '', '', '', '', '', '', '', absent]];
}

function figuresOf({ agent, scripted, episodes, invalid, asr }: AgentResult): Figures {
  const head = [agent, scripted ? 'yes' : 'no', episodes, invalid];
  if ('absent' in asr) return [...head, '', '', '', '', '', asr.absent];
  return [...head, asr.n, asr.k, asr.estimate, asr.low, asr.high, ''];
}
