import { describe, expect, test } from 'vitest';
import type { ComparedRow, Comparison } from '../../src/experiment/comparison/index.ts';
import type { GateResult } from '../../src/experiment/gate/index.ts';
import { renderComparison } from '../../src/report/comparison/index.ts';
import { passes, renderGate } from '../../src/report/gate/index.ts';

const evil = '\u001b[2J<script>&"|\u202e';
const view = { width: 80, color: false, undecidedPasses: false };

const gate: GateResult = {
  run: { id: 'r1', name: evil },
  decision: 'undecided',
  criteria: [
    { name: 'ASR at most 5%', subject: evil, decision: 'pass', reason: 'fine' },
    { name: 'HR at most 5%', subject: 'a with b', decision: 'undecided', reason: evil },
  ],
};

describe('what a gate decided', () => {
  test.each(['table', 'json', 'markdown', 'junit'] as const)('%s is safe to show', (format) => {
    const text = renderGate(gate, format, view);
    expect(text).not.toContain('\u001b');
    if (format !== 'json' && format !== 'table') expect(text).not.toContain('<script>');
    if (format !== 'json') expect(text).not.toContain('\u202e');
  });
  test('undecided passes on demand only, a failure never', () => {
    expect(passes(gate, view)).toBe(false);
    expect(passes(gate, { ...view, undecidedPasses: true })).toBe(true);
    expect(passes({ ...gate, decision: 'fail' }, { ...view, undecidedPasses: true })).toBe(false);
  });
  test('JUnit counts its test cases', () => {
    const strict = renderGate(gate, 'junit', view);
    expect(strict).toContain('tests="2" failures="1" errors="0" skipped="0"');
    expect(strict.match(/<testcase /g)).toHaveLength(2);
    const lenient = renderGate(gate, 'junit', { ...view, undecidedPasses: true });
    expect(lenient).toContain('tests="2" failures="0" errors="0" skipped="1"');
  });
  test('lines keep to the width', () => {
    const long = { ...gate, criteria: [{ ...gate.criteria[0], reason: 'word '.repeat(60) }] } as GateResult;
    for (const line of renderGate(long, 'table', { ...view, width: 50 })
      .split('\n')
      .slice(3))
      expect(line.length).toBeLessThanOrEqual(100);
  });
});

function row(changes: Partial<ComparedRow>): ComparedRow {
  const figure = (estimate: number) => ({ estimate, low: estimate - 0.1, high: estimate + 0.1, k: 1, n: 10 });
  return {
    agent: { before: 'a', after: 'a' },
    defense: { before: 'none', after: 'none' },
    measure: 'asr',
    label: 'ASR',
    better: 'lower',
    before: figure(0.6),
    after: figure(0.3),
    difference: figure(-0.3),
    pairs: 10,
    p: 0.001,
    pHolm: 0.002,
    ...changes,
  };
}

function comparison(rows: readonly ComparedRow[]): Comparison {
  const run = { id: 'r', name: evil, startedAt: '', episodes: 10, invalid: 1, missing: 2 };
  return {
    before: run,
    after: run,
    changes: [{ what: 'agents', before: evil, after: 'b' }],
    rows,
    pairs: 9,
    unpaired: { before: 1, after: 0 },
  };
}

describe('a comparison', () => {
  test('says in a word what a difference means', () => {
    const rows = [
      row({}),
      row({ measure: 'utility', label: 'utility, clean', better: 'higher' }),
      row({ label: 'HR', pHolm: 0.4 }),
    ];
    const text = renderComparison(comparison(rows), 'table', { ...view, width: 100, detail: false });
    expect(text).toMatch(/ASR .* p = 0\.002 {2}better$/m);
    expect(text).toMatch(/utility, clean .* worse$/m);
    expect(text).toMatch(/HR .* may be chance$/m);
  });
  test('shows single attacks that differ for certain, and all of them on demand', () => {
    const rows = [row({ attack: 'v/c/sure' }), row({ attack: 'v/c/chance', pHolm: 1 })];
    const shown = (detail: boolean) =>
      renderComparison(comparison(rows), 'table', { ...view, width: 100, detail });
    expect(shown(false)).toContain('v/c/sure');
    expect(shown(false)).not.toContain('v/c/chance');
    expect(shown(true)).toContain('v/c/chance');
  });
  test.each(['table', 'json', 'markdown'] as const)('%s is safe to show', (format) => {
    const text = renderComparison(comparison([row({})]), format, { ...view, detail: true });
    expect(text).not.toContain('\u001b');
    if (format === 'markdown') expect(text).not.toContain('<script>');
  });
});
