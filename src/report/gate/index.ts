import type { Criterion, Decision, GateResult } from '../../experiment/gate/index.ts';
import { inert } from '../markdown.ts';
import { createPaint, safe, type Tone, wrap } from '../text.ts';
import { junitGate } from './junit.ts';
import { gateVersion } from './schema.ts';

export type GateFormat = 'table' | 'json' | 'markdown' | 'junit';

export interface GateView {
  readonly width: number;
  readonly color: boolean;
  /** Whether an undecided criterion lets the run pass. */
  readonly undecidedPasses: boolean;
}

/** What a gate decided, as text. */
export function renderGate(result: GateResult, format: GateFormat, view: GateView): string {
  switch (format) {
    case 'table':
      return gateText(result, view);
    case 'json':
      return `${JSON.stringify({ version: gateVersion, passed: passes(result, view), ...result }, null, 2)}\n`;
    case 'markdown':
      return gateMarkdown(result, view);
    case 'junit':
      return junitGate(result, view);
  }
}

export function passes({ decision }: GateResult, { undecidedPasses }: GateView): boolean {
  return decision === 'pass' || (decision === 'undecided' && undecidedPasses);
}

const tones: Readonly<Record<Decision, Tone>> = { pass: 'green', fail: 'red', undecided: 'yellow' };

function headline(result: GateResult, view: GateView): string {
  const count = (decision: Decision): number =>
    result.criteria.filter((criterion) => criterion.decision === decision).length;
  const passed = passes(result, view) ? 'passed' : 'not passed';
  return `Gate ${passed}: ${count('pass')} pass, ${count('fail')} fail, ${count('undecided')} undecided`;
}

function ofRun({ run, baseline }: GateResult): string {
  return `run ${run.id} (${run.name})${baseline ? `, baseline ${baseline.id} (${baseline.name})` : ''}`;
}

function gateText(result: GateResult, view: GateView): string {
  const paint = createPaint(view.color);
  const width = Math.max(40, view.width);
  const lines = result.criteria.flatMap((criterion) => [
    `${paint(tones[criterion.decision], criterion.decision.padEnd(9))}  ${safe(titleOf(criterion))}`,
    ...wrap(`           ${safe(criterion.reason)}`, width, 11),
  ]);
  return `${[paint('bold', headline(result, view)), safe(ofRun(result)), '', ...lines].join('\n')}\n`;
}

function titleOf({ name, subject }: Criterion): string {
  return `${name}: ${subject}`;
}

function gateMarkdown(result: GateResult, view: GateView): string {
  const rows = result.criteria.map(
    ({ decision, name, subject, reason }) =>
      `| ${decision} | ${inert(name)} | ${inert(subject)} | ${inert(reason)} |`,
  );
  return [
    `## ${inert(headline(result, view))}`,
    '',
    inert(ofRun(result)),
    '',
    '| decision | limit | agent and defense | why |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
