import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { wilson } from '../../../src/experiment/statistics/wilson.ts';
import { type CoverageFormat, coverageOf, renderCoverage } from '../../../src/report/frameworks/index.ts';
import type { AgentResult, CoverageReport, RunFacts } from '../../../src/report/frameworks/join.ts';
import { atlas, part, parts, safeMcp } from './samples.ts';

const bare: CoverageReport = { frameworks: [coverageOf(safeMcp, parts), coverageOf(atlas, parts)] };

const agents: readonly AgentResult[] = [
  { agent: 'scripted/hijacked', scripted: true, episodes: 9, invalid: 1, asr: wilson(6, 8) },
  {
    agent: 'a-model',
    scripted: false,
    episodes: 2,
    invalid: 0,
    asr: { absent: 'the attack was never delivered' },
  },
];

const facts: RunFacts = {
  id: '20260101-000000-abcd',
  name: 'demo',
  state: 'stopped',
  planned: 20,
  stored: 11,
  defense: 'none',
  episodes: 11,
  severalAttacks: 2,
  unknownParts: ['goal mine'],
};

/** A run in which only `note` ran of all parts. */
const withRun: CoverageReport = {
  run: facts,
  frameworks: bare.frameworks.map((framework) => ({
    ...framework,
    techniques: framework.techniques.map((technique) => {
      if (technique.verdict !== 'covered') return technique;
      const ran = technique.parts.filter(({ id }) => id === 'note');
      return { ...technique, result: { ran, agents: ran.length > 0 ? agents : [] } };
    }),
  })),
};

function render(report: CoverageReport, format: CoverageFormat, width = 72): string {
  return renderCoverage(report, format, { width, color: false });
}

describe('the table', () => {
  test('without a run reads like this', () => {
    expect(render(bare, 'table')).toMatchInlineSnapshot(`
      "Coverage: techniques of other frameworks, and the parts of attacks that
      show them

      SAFE-MCP
        a page, of 2026; license: CC BY 4.0.
        covered
          SAFE-T1  First
            vectors note*, tool-result
            goal destroy
          SAFE-T2  Second
            vector rug-pull*
        not covered
          SAFE-T3  Third
        out of scope
          is done elsewhere:
            SAFE-T4 Fourth, SAFE-T5 Fifth

      ATLAS
        some pages; license: not read. A selection.
        covered
          AML.T0001  Parent
            vector tool-result?
          AML.T0001.001  Child
            vector tool-result?

      Mappings without a star are ours. * stands in a published crosswalk (a
        crosswalk, CC BY 4.0). ? was not checked: neither the id nor the
        mapping.
      Covered: some part of an attack (vector, carrier or goal) is mapped to
        it. What is out of scope is our judgment.
      Mapped to ids that the list of ATLAS here does not have: AML.T0009
        (carrier note?).

                covered  not covered  out of scope
      SAFE-MCP        2            1             2
      ATLAS           2            0             0
      "
    `);
  });

  test('with a run reads like this', () => {
    expect(render(withRun, 'table')).toMatchInlineSnapshot(`
      "Coverage of demo
      run 20260101-000000-abcd (11 of 20 planned stored, stopped): 11 attacked
      episodes without defense

      SAFE-MCP
        a page, of 2026; license: CC BY 4.0.
        covered
          SAFE-T1  First
            vector note*
            scripted/hijacked (scripted): 75% (6/8), 41% to 93%, 1 invalid
            a-model: the attack was never delivered
        not in this run
          SAFE-T2  Second
            vector rug-pull*
        not covered
          SAFE-T3  Third
        out of scope
          is done elsewhere:
            SAFE-T4 Fourth, SAFE-T5 Fifth

      ATLAS
        some pages; license: not read. A selection.
        not in this run
          AML.T0001  Parent
            vector tool-result?
          AML.T0001.001  Child
            vector tool-result?

      Mappings without a star are ours. * stands in a published crosswalk (a
        crosswalk, CC BY 4.0). ? was not checked: neither the id nor the
        mapping.
      Covered: some part of an attack (vector, carrier or goal) is mapped to
        it. What is out of scope is our judgment.
      Figures are the ASR: attacks that achieved their goal / attacks
        delivered. Intervals: Wilson, 95%, with tasks as the independent
        units. An episode counts for every technique that a part of its attack
        is mapped to, so rows cannot be added up.
      Left out: 2 episodes with several attacks at once, which cannot be told
        apart.
      Parts of this run that are not known here, nor their mappings: goal
        mine.
      Scripted agents are no language models.
      Mapped to ids that the list of ATLAS here does not have: AML.T0009
        (carrier note?).

                covered  in this run  not covered  out of scope
      SAFE-MCP        2            1            1             2
      ATLAS           2            0            0             0
      "
    `);
  });

  test('has figures under each other where there is room', () => {
    const lines = render(withRun, 'table', 100).split('\n');
    expect(lines.filter((line) => /^ {6}(scripted|a-model)/.test(line))).toEqual([
      '      scripted/hijacked (scripted)  75% (6/8)                       41% to 93%, 1 invalid',
      '      a-model                       the attack was never delivered',
    ]);
  });

  test('fits a narrow terminal', () => {
    for (const report of [bare, withRun])
      for (const line of render(report, 'table', 40).split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });

  test('shows at most six names of a kind; the other forms show all', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const vectors = names.map((name) => part(`part-${name}`, ['SAFE-MCP', 'SAFE-T3', 'ours']));
    const report = { frameworks: [coverageOf(safeMcp, { vectors, carriers: [], goals: [] })] };
    expect(render(report, 'table')).toContain('part-f and 2 more');
    expect(render(report, 'markdown')).toContain('part-h');
    expect(render(report, 'csv')).toContain('part-g part-h');
  });

  test('has colors only where they are wanted', () => {
    expect(renderCoverage(bare, 'table', { width: 80, color: true })).toContain('\u001b[');
    expect(render(bare, 'table')).not.toContain('\u001b[');
  });

  test('text from outside cannot act on the terminal', () => {
    const run = { ...facts, name: 'x\u001b[2J', unknownParts: ['goal \u202e'] };
    const shown = render({ ...withRun, run }, 'table');
    for (const character of ['\u001b', '\u202e']) expect(shown).not.toContain(character);
  });
});

const metric = z.union([
  z.strictObject({ estimate: z.number(), low: z.number(), high: z.number(), k: z.number(), n: z.number() }),
  z.strictObject({ absent: z.string() }),
]);
const covering = z.strictObject({
  kind: z.enum(['vector', 'carrier', 'goal']),
  id: z.string(),
  basis: z.enum(['published', 'ours', 'unverified']),
});
const listed = { id: z.string(), title: z.string(), group: z.string().optional() };
const result = z.strictObject({
  ran: z.array(covering),
  agents: z.array(
    z.strictObject({
      agent: z.string(),
      scripted: z.boolean(),
      episodes: z.number(),
      invalid: z.number(),
      asr: metric,
    }),
  ),
});
const technique = z.discriminatedUnion('verdict', [
  z.strictObject({
    ...listed,
    verdict: z.literal('covered'),
    parts: z.array(covering).min(1),
    result: result.optional(),
  }),
  z.strictObject({ ...listed, verdict: z.literal('not covered') }),
  z.strictObject({ ...listed, verdict: z.literal('out of scope'), reason: z.string() }),
]);
const shape = z.strictObject({
  version: z.literal(1),
  run: z
    .strictObject({
      id: z.string(),
      name: z.string(),
      state: z.enum(['running', 'finished', 'stopped']),
      planned: z.number(),
      stored: z.number(),
      defense: z.string(),
      episodes: z.number(),
      severalAttacks: z.number(),
      unknownParts: z.array(z.string()),
    })
    .optional(),
  frameworks: z.array(
    z.strictObject({
      framework: z.string(),
      source: z.string(),
      license: z.string(),
      caveat: z.string().optional(),
      crosswalk: z.string().optional(),
      counts: z.strictObject({ covered: z.number(), notCovered: z.number(), outOfScope: z.number() }),
      techniques: z.array(technique),
      unlisted: z.array(z.strictObject({ id: z.string(), parts: z.array(covering) })),
    }),
  ),
});

test.each([
  ['without a run', bare],
  ['with a run', withRun],
])('JSON %s has everything, in one shape', (_, report) => {
  const read: unknown = JSON.parse(render(report, 'json'));
  expect(shape.parse(read)).toEqual({ version: 1, ...report });
});

describe('CSV', () => {
  const rows = (report: CoverageReport): string[] => render(report, 'csv').trimEnd().split('\r\n');

  test('has as many fields in every line as in the first', () => {
    for (const report of [bare, withRun])
      expect(new Set(rows(report).map((row) => row.split(',').length))).toEqual(new Set([20]));
  });

  test('without a run has a line per technique', () => {
    expect(rows(bare)).toHaveLength(1 + 5 + 2);
    expect(rows(bare)).toContain('SAFE-MCP,SAFE-T1,First,covered,,note* tool-result,,destroy,,,,,,,,,,,,');
    expect(rows(bare)).toContain('SAFE-MCP,SAFE-T4,Fourth,out of scope,is done elsewhere,,,,,,,,,,,,,,,');
  });

  test('with a run has a line per technique and agent', () => {
    const head = 'SAFE-MCP,SAFE-T1,First,covered,,note* tool-result,,destroy,20260101-000000-abcd,none';
    const lines = rows(withRun).filter((row) => row.startsWith(head));
    expect(lines.map((line) => line.slice(head.length))).toEqual([
      expect.stringMatching(/^,scripted\/hijacked,yes,9,1,8,6,0\.75,0\.4\d+,0\.9\d+,$/),
      ',a-model,no,2,0,,,,,,the attack was never delivered',
    ]);
    expect(rows(withRun).find((row) => row.includes('SAFE-T2'))).toMatch(/,{10}not in this run$/);
    expect(rows(withRun).find((row) => row.includes('SAFE-T3'))).toMatch(/,none,{10}$/);
  });
});

describe('Markdown', () => {
  test('with a run reads like this', () => {
    expect(render(withRun, 'markdown')).toMatchInlineSnapshot(`
      "## Coverage of demo

      run 20260101-000000-abcd (11 of 20 planned stored, stopped): 11 attacked episodes without defense

      ### SAFE-MCP

      a page, of 2026; license: CC BY 4.0.

      | technique | title | covered by | agent | ASR | 95% interval |
      | --- | --- | --- | --- | --- | --- |
      | SAFE-T1 | First | vector note\\* | scripted/hijacked (scripted) | 75% (6/8) | 41% to 93%, 1 invalid |
      | SAFE-T1 | First | vector note\\* | a-model | the attack was never delivered |  |
      | SAFE-T2 | Second | vector rug-pull\\* | not in this run |  |  |
      | SAFE-T3 | Third | not covered |  |  |  |
      | SAFE-T4 | Fourth | out of scope: is done elsewhere |  |  |  |
      | SAFE-T5 | Fifth | out of scope: is done elsewhere |  |  |  |

      ### ATLAS

      some pages; license: not read. A selection.

      | technique | title | covered by | agent | ASR | 95% interval |
      | --- | --- | --- | --- | --- | --- |
      | AML.T0001 | Parent | vector tool-result? | not in this run |  |  |
      | AML.T0001.001 | Child | vector tool-result? | not in this run |  |  |

      - Mappings without a star are ours. \\* stands in a published crosswalk (a crosswalk, CC BY 4.0). ? was not checked: neither the id nor the mapping.
      - Covered: some part of an attack (vector, carrier or goal) is mapped to it. What is out of scope is our judgment.
      - Figures are the ASR: attacks that achieved their goal / attacks delivered. Intervals: Wilson, 95%, with tasks as the independent units. An episode counts for every technique that a part of its attack is mapped to, so rows cannot be added up.
      - Left out: 2 episodes with several attacks at once, which cannot be told apart.
      - Parts of this run that are not known here, nor their mappings: goal mine.
      - Scripted agents are no language models.
      - Mapped to ids that the list of ATLAS here does not have: AML.T0009 (carrier note?).

      | framework | covered | in this run | not covered | out of scope |
      | --- | ---: | ---: | ---: | ---: |
      | SAFE-MCP | 2 | 1 | 1 | 2 |
      | ATLAS | 2 | 0 | 0 | 0 |
      "
    `);
  });

  test('without a run has no columns for results', () => {
    expect(render(bare, 'markdown')).toContain('| technique | title | covered by |\n| --- | --- | --- |\n');
    expect(render(bare, 'markdown')).not.toContain('not in this run');
  });
});
