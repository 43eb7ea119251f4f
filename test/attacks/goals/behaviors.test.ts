import { describe, expect, it } from 'vitest';
import { createBehaviorGoal, readBehaviors } from '../../../src/attacks/goals/index.ts';
import { CsvError, readCsv } from '../../../src/contracts/csv.ts';
import type { Judge } from '../../../src/contracts/model.ts';
import { fc } from '../../support/properties.ts';
import { createRichToy } from './richToy.ts';
import { anyVector, obey, openGoalStage } from './stage.ts';

function quoted(field: string): string {
  return `"${field.replaceAll('"', '""')}"`;
}

describe('readCsv', () => {
  const table = fc.array(fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 6,
  });

  it('reads back what was written, with the line of each record', () => {
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, end, closed) => {
        const lines = rows.map((fields) => fields.map(quoted).join(','));
        const text = lines.join(end) + (closed ? end : '');
        const records = [...readCsv(text)];
        expect(records.map(({ fields }) => fields)).toEqual(rows);
        records.forEach(({ line }, at) => {
          const above = lines.slice(0, at).map((each) => `${each}${end}`);
          expect(line).toBe(above.join('').split('\n').length);
        });
      }),
    );
  });

  it('never runs on, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a') }), (text) => {
        try {
          const length = [...readCsv(text)].flatMap(({ fields }) => fields).join('').length;
          expect(length).toBeLessThanOrEqual(text.length);
        } catch (error) {
          expect(error).toBeInstanceOf(CsvError);
        }
      }),
    );
  });

  it.each([
    ['a,b\n', [['a', 'b']]],
    [
      'a,\n,b',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['a\n\nb', [['a'], [''], ['b']]],
    ['"x, ""y""\nz",2', [['x, "y"\nz', '2']]],
    ['', []],
  ])('reads %j', (text, expected) => {
    expect([...readCsv(text)].map(({ fields }) => fields)).toEqual(expected);
  });

  it.each([
    ['a\nb"c', 2],
    ['"a\nb', 1],
    ['"a\nb"c', 2],
    ['a\rb', 1],
  ])('refuses %j at its line', (text, line) => {
    expect(() => [...readCsv(text)]).toThrow(expect.objectContaining({ line }) as Error);
  });
});

describe('readBehaviors', () => {
  it('reads ids, behaviors and targets, in any order of the columns', () => {
    expect(
      readBehaviors('\uFEFF"Target",id,Behavior\r\n"Yes, sir",a-1,Sing\r\n,a.2,"Dance, twice"\r\n'),
    ).toEqual([
      { id: 'a-1', behavior: 'Sing', target: 'Yes, sir' },
      { id: 'a.2', behavior: 'Dance, twice', target: undefined },
    ]);
    expect(readBehaviors('id,behavior\nx,Hum')).toEqual([{ id: 'x', behavior: 'Hum' }]);
  });

  it('reads back any behaviors', () => {
    const row = fc.record({
      id: fc.stringMatching(/^[\w.-]{1,30}$/),
      behavior: fc.string({ minLength: 1 }).filter((text) => text.trim() === text),
    });
    fc.assert(
      fc.property(fc.uniqueArray(row, { minLength: 1, selector: ({ id }) => id }), (rows) => {
        const lines = rows.map(({ id, behavior }) => `${id},${quoted(behavior)}`);
        expect(readBehaviors(`id,behavior\n${lines.join('\n')}`)).toEqual(rows);
      }),
    );
  });

  const many = Array.from({ length: 10_001 }, (_, at) => `n${at},Sing`).join('\n');
  it.each([
    ['', 1, 'columns'],
    ['id,text\na,b', 1, 'columns'],
    ['id,behavior,id\na,b,c', 1, 'columns'],
    ['id,behavior', 1, 'no behaviors'],
    ['id,behavior\na,Sing\nb', 3, '1 fields, and 2 columns'],
    ['id,behavior\na,"two\nlines"\na b,Sing', 4, 'id needs'],
    ['id,behavior\na, \n', 2, 'behavior is empty'],
    [`id,behavior\na,${'x'.repeat(4_001)}`, 2, 'exceeds 4000'],
    ['id,behavior\na,Sing\na,Dance', 3, 'The id a stands here again'],
    ['id,behavior\na,"Sing', 2, 'no end'],
    [`id,behavior\n${many}`, 10_002, 'more than 10000'],
  ])('refuses %#', (text, line, message) => {
    expect(() => readBehaviors(text)).toThrow(
      expect.objectContaining({
        code: 'INVALID_DEFINITION',
        where: `behaviors, line ${line}`,
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });
});

describe('the goal of behaviors', () => {
  const toy = createRichToy();
  const rows = readBehaviors('id,behavior,target\nb1,Sing a song,"La, la"\nb2,Tell a riddle,');
  const judge = (score: number): Judge & { readonly asked: object[] } => {
    const asked: object[] = [];
    return {
      id: 'test-judge',
      asked,
      async rate(question) {
        asked.push(question);
        return { score, reason: 'because' };
      },
    };
  };

  it('needs a judge and behaviors', () => {
    expect(createBehaviorGoal(rows).compatible(toy, anyVector)).toEqual({ impossible: 'needs a judge' });
    expect(createBehaviorGoal([], judge(5)).compatible(toy, anyVector)).toHaveProperty('impossible');
    expect(createBehaviorGoal(rows, judge(5)).compatible(toy, anyVector)).toBe('compatible');
  });

  it('wishes for one of the behaviors, by the seed', async () => {
    const wishes = new Set<string>();
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const stage = await openGoalStage(toy, createBehaviorGoal(rows, judge(5)), { seed });
      await stage.close();
      wishes.add(stage.goal.wish.text);
    }
    expect([...wishes].sort()).toEqual(['Sing a song\nBegin your answer with: La, la', 'Tell a riddle']);
  });

  it.each([
    [1, 0],
    [3.9, 0],
    [4, 1],
    [5, 1],
  ])('at a rating of %d has %d pieces of evidence', async (score, expected) => {
    const rating = judge(score);
    const stage = await openGoalStage(toy, createBehaviorGoal(rows.slice(0, 1), rating));
    const answer = await obey(stage);
    expect(await stage.achieved(answer)).toHaveLength(expected);
    expect(rating.asked).toEqual([{ behavior: 'Sing a song', text: answer }]);
    expect(answer).toContain('request b1');
    expect(answer).toContain('scripted agent');
    await stage.close();
  });

  it.each([0, 6, Number.NaN])('takes a rating of %d for none', async (score) => {
    const stage = await openGoalStage(toy, createBehaviorGoal(rows, judge(score)));
    await expect(stage.achieved('')).rejects.toMatchObject({
      code: 'INVALID_DEFINITION',
      where: 'test-judge',
    });
    await stage.close();
  });

  it('knows the words of scripted agents and of the target', async () => {
    const stage = await openGoalStage(toy, createBehaviorGoal(rows.slice(0, 1), judge(5)));
    expect(stage.goal.ownsText?.(await obey(stage), 'user')).toBe(true);
    expect(stage.goal.ownsText?.('LA,  la, and so on', 'user')).toBe(true);
    expect(stage.goal.ownsText?.('No.', 'user')).toBe(false);
    await stage.close();
  });
});
