import { describe, expect, test } from 'vitest';
import { readStep } from '../../src/agents/react/steps.ts';
import type { JsonObject } from '../../src/contracts/json.ts';
import { firstJsonObject } from '../../src/contracts/jsonText.ts';
import { fc, runs } from '../support/properties.ts';

const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$/);
const args = fc
  .dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }))
  .map((each) => JSON.parse(JSON.stringify(each)) as JsonObject);
/** A thought in which no line looks like a label. */
const thought = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[:\n]/g, ' '));
const noise = fc.string({
  unit: fc.constantFrom('Action', 'Answer', ':', '\n', '[', '{', '"', '\\', '}', ']', ' ', 'x'),
});

type Wording = (tool: string, json: string) => string;
const wordings: readonly Wording[] = [
  (tool, json) => `Action: ${tool}[${json}]`,
  (tool, json) => `ACTION: ${tool}(${json})`,
  (tool, json) => `**Action:** \`${tool}\`${json}`,
  (tool, json) => `Action 1: ${tool}: ${json}`,
  (tool, json) => `Action: ${tool}\nAction Input: ${json}`,
  (tool, json) => `Action:\n${tool}[\n${json}\n]`,
];

describe('a step of the text protocol', () => {
  test('is read in every wording that models use, and what they make up is not', () => {
    fc.assert(
      fc.property(
        fc.record({ tool: name, given: args, word: fc.constantFrom(...wordings) }),
        thought,
        noise,
        ({ tool, given, word }, said, rest) => {
          const turn = `Thought: ${said}\n${word(tool, JSON.stringify(given))}`;
          const step = readStep(`${turn}\nObservation: ${rest}`);
          expect(step).toEqual({ kind: 'action', tool, arguments: given, said: turn });
        },
      ),
    );
  });

  test('may be an answer, with whatever it holds', () => {
    fc.assert(
      fc.property(thought, noise, (said, answer) => {
        const step = readStep(`Thought: ${said}\nFinal answer: ${answer}\nObservation: made up`);
        expect(step).toEqual({ kind: 'answer', text: answer.trim() });
      }),
    );
  });

  test('never throws, whatever a model says', () => {
    fc.assert(
      fc.property(noise, (turn) => {
        expect(['action', 'answer', 'unreadable']).toContain(readStep(turn).kind);
      }),
      { numRuns: runs(500) },
    );
  });

  test.each([
    ['Action: look', { tool: 'look', arguments: {} }],
    ['Action: look[]', { tool: 'look', arguments: {} }],
    ['Action: look()', { tool: 'look', arguments: {} }],
    ['Action: look[{"a": "]"}]\nAction: other[{}]', { tool: 'look', arguments: { a: ']' } }],
  ])('%j', (turn, step) => {
    expect(readStep(turn)).toMatchObject({ kind: 'action', ...step });
  });

  test.each([
    ['', 'neither'],
    ['I will look at it now', 'neither'],
    ['Observation: nothing\nAction: look[{}]', 'neither'],
    ['Action:', 'no tool'],
    ['Action: look[title=Milk]', 'no JSON object'],
    ['Action: look[{"title": "Milk"]', 'no JSON object'],
  ])('%j cannot be read', (turn, what) => {
    const step = readStep(turn);
    expect(step.kind === 'unreadable' && step.what).toContain(what);
  });

  test('takes no longer than the text is', () => {
    for (const piece of ['{', '{"', 'Action: x[{"a":', '{}{', 'Action:\n', '\\"{'])
      expect(readStep(piece.repeat(1_000_000 / piece.length)).kind).not.toBe('answer');
  });
});

test('the first JSON object of a text is found whatever is around it', () => {
  const outside = fc.string().map((text) => text.replace(/[{}"]/g, ' '));
  fc.assert(
    fc.property(outside, args, fc.string(), (before, object, after) => {
      expect(firstJsonObject(`${before}${JSON.stringify(object)}${after}`)).toEqual(object);
    }),
  );
  expect(firstJsonObject('{broken} {"a":1}')).toEqual({ a: 1 });
  expect(firstJsonObject('[1, 2]')).toBeUndefined();
});
