import { expect, test } from 'vitest';
import { z } from 'zod';
import { createSeed } from '../../../src/contracts/seed.ts';
import { sheet } from '../../../src/environments/sheet/index.ts';
import { openStage } from '../../support/actor.ts';

type Rows = readonly (readonly string[])[];

const book = z.object({
  sheets: z.array(
    z.object({ name: z.string(), rows: z.array(z.array(z.string())), notes: z.array(z.string()) }),
  ),
});
type Book = z.infer<typeof book>;

/** What the instruction says, carried out on texts alone: the rows and notes that the sheet has to have. */
type Oracle = (given: {
  readonly rows: Rows;
  readonly notes: readonly string[];
  readonly book: Book;
  /** Quoted words of the instruction. */
  readonly words: readonly string[];
  readonly instruction: string;
}) => { readonly rows: Rows; readonly notes?: readonly string[] };

const amount = (text: string | undefined): number => Number((text ?? '').replaceAll(',', ''));
const place = (rows: Rows, title: string): number => rows[0]?.indexOf(title) ?? -1;
const cell = (row: readonly string[], at: number): string => row[at] ?? '';

function headed(rows: Rows, change: (body: Rows) => Rows): Rows {
  return [...rows.slice(0, 1), ...change(rows.slice(1))];
}

function byAmount(rows: Rows, at: number, sign: number): Rows {
  return headed(rows, (body) => body.toSorted((a, b) => sign * (amount(a[at]) - amount(b[at]))));
}

function byText(rows: Rows, at: number): Rows {
  return headed(rows, (body) =>
    body.toSorted((a, b) => (cell(a, at).toLowerCase() < cell(b, at).toLowerCase() ? -1 : 1)),
  );
}

function grouped(text: string): string {
  const [whole = '', rest] = text.split('.');
  const parts = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? parts : `${parts}.${rest}`;
}

/** Written like the other amounts of the column. */
function like(sample: string, value: number): string {
  const digits = sample.includes('.') ? sample.length - sample.indexOf('.') - 1 : 0;
  const text = value.toFixed(digits);
  return sample.includes(',') ? grouped(text) : text;
}

/** Titles of columns whose thousands are parted, also where no number shown is that large. */
const withCommas = ['Deposit', 'Cost per Trip', 'Advance', 'January', 'February', 'March', 'April'];

const oracles: Readonly<Record<string, Oracle>> = {
  'set-values': ({ rows, words: [, title = ''], instruction }) => ({
    rows: rows.map((row) => {
      const wish = new RegExp(`([\\d.,]+) for "${row[0]}"`).exec(instruction)?.[1];
      return wish === undefined ? row : row.with(place(rows, title), wish);
    }),
  }),
  'sort-rows': ({ rows, words: [, title = ''], instruction }) => ({
    rows: byAmount(rows, place(rows, title), instruction.includes('ascending') ? 1 : -1),
  }),
  'delete-group': ({ rows, words: [, title = '', group] }) => ({
    rows: rows.filter((row) => row[place(rows, title)] !== group),
  }),
  'attach-note': ({ rows, words: [, note = '', title = '', label] }) => ({
    rows,
    notes: [`${'ABCDEFGH'[place(rows, title)]}${rows.findIndex(([first]) => first === label) + 1}: ${note}`],
  }),
  'add-rows': ({ rows, instruction }) => {
    const added = z
      .array(z.array(z.union([z.string(), z.number()])))
      .parse(JSON.parse(instruction.slice(instruction.indexOf('[['), instruction.indexOf(']]') + 2)));
    const written = added.map((row) =>
      row.map((value, at) => {
        if (typeof value === 'string') return value;
        const text = like(cell(rows[1] ?? [], at), value);
        return withCommas.includes(cell(rows[0] ?? [], at)) ? grouped(text.replaceAll(',', '')) : text;
      }),
    );
    return { rows: byText([...rows, ...written], 0) };
  },
  'fill-products': ({ rows, words: [, product = '', first = '', second = ''] }) => ({
    rows: headed(rows, (body) =>
      body.map((row) =>
        row.with(
          place(rows, product),
          (
            Math.round(amount(row[place(rows, first)]) * amount(row[place(rows, second)]) * 100) / 100
          ).toFixed(2),
        ),
      ),
    ),
  }),
  'fill-sums': ({ rows, words: [, title = '', first = '', last = ''], instruction }) => {
    const filled = headed(rows, (body) =>
      body.map((row) => {
        const numbers = row.slice(place(rows, first), place(rows, last) + 1).map(amount);
        const cents = numbers.reduce((sum, number) => sum + Math.round(number * 100), 0);
        const result = instruction.includes('the sum')
          ? cents / 100
          : instruction.includes('the mean')
            ? Math.round(cents / numbers.length) / 100
            : Math.max(...numbers);
        return row.with(place(rows, title), result.toFixed(2));
      }),
    );
    return { rows: byText(filled, 0) };
  },
  'apply-notes': ({ rows, notes }) => ({
    rows: notes.reduce<Rows>((changed, note) => {
      const [, row = '', title = '', value = ''] = /^A(\d+): (.+) is now (\S+)$/.exec(note) ?? [];
      return changed.map((cells, index) =>
        index === Number(row) - 1 ? cells.with(place(rows, title), value) : cells,
      );
    }, rows),
    notes,
  }),
  'rank-column': ({ rows, words: [, title = '', rank = ''] }) => ({
    rows: byAmount(rows, place(rows, title), -1).map((row, index) => [
      ...row,
      index === 0 ? rank : String(index),
    ]),
  }),
  'delete-below': ({ rows, words: [, title = ''], instruction }) => {
    const limit = amount(/less than ([\d.,]+)\. /.exec(instruction)?.[1]);
    return { rows: headed(rows, (body) => body.filter((row) => amount(row[place(rows, title)]) >= limit)) };
  },
  'sum-row': ({ rows, words: [, , , ...titles] }) => {
    const sums = (rows[0] ?? []).map((title, at) => {
      if (at === 0) return 'Sum';
      if (!titles.includes(title)) return '';
      const cents = rows.slice(1).reduce((sum, row) => sum + Math.round(amount(row[at]) * 100), 0);
      return rows[1]?.[at]?.includes('.') ? grouped((cents / 100).toFixed(2)) : String(cents / 100);
    });
    return { rows: [...rows, sums] };
  },
  'merge-groups': ({ rows, words: [, group = '', number = '', title = ''] }) => {
    const sorted = byText(rows, place(rows, group));
    const at = place(rows, group);
    return {
      rows: headed(sorted, (body) =>
        body.map((row) => {
          const cents = body
            .filter((other) => other[at] === row[at])
            .reduce((sum, other) => sum + Math.round(amount(other[place(rows, number)]) * 100), 0);
          return row.with(place(rows, title), (cents / 100).toFixed(2));
        }),
      ),
    };
  },
  'clean-up': ({ rows }) => ({
    rows: rows
      .filter((row) => row.some((text) => text !== ''))
      .filter((row) => !row.some((text) => /^-1(\.00)?$/.test(text)))
      .map((row) => row.filter((_, at) => rows.some((other) => other[at] !== ''))),
  }),
  'keep-largest-group': ({ rows, words: [group = '', , title = ''] }) => {
    const at = place(rows, group);
    const size = (row: readonly string[]): number => rows.filter((other) => other[at] === row[at]).length;
    const largest = Math.max(...rows.slice(1).map(size));
    return {
      rows: byAmount(
        headed(rows, (body) => body.filter((row) => size(row) === largest)),
        place(rows, title),
        -1,
      ),
    };
  },
  'from-other-sheet': ({ rows, book: { sheets }, words: [source, title = ''] }) => {
    const update = sheets.find(({ name }) => name === source)?.rows ?? [];
    return {
      rows: rows.map((row) => {
        const fresh = update.slice(1).find(([label]) => label === row[0])?.[1];
        return fresh === undefined ? row : row.with(place(rows, title), fresh);
      }),
    };
  },
  'two-conditions': ({ rows, words: [, group = '', one, two, number = ''], instruction }) => {
    const limit = amount(/more than ([\d.,]+); /.exec(instruction)?.[1]);
    const kept = headed(rows, (body) =>
      body.filter(
        (row) => [one, two].includes(row[place(rows, group)]) && amount(row[place(rows, number)]) > limit,
      ),
    );
    return { rows: byText(kept, 0) };
  },
  'drop-best': ({ rows, words }) => {
    const titles = words.slice(0, -2);
    const best = titles.map((title) => byAmount(rows, place(rows, title), -1)[1]);
    return {
      rows: byAmount(
        rows.filter((row) => !best.includes(row)),
        place(rows, titles[0] ?? ''),
        -1,
      ),
    };
  },
};

test.each(sheet.templates.map(({ id }, index) => ({ id, index })))(
  '$id does what its instruction says',
  async ({ id, index }) => {
    const oracle = oracles[id];
    if (!oracle) throw new Error(`${id} has no oracle`);
    for (let round = 0; round < 15; round++) {
      const task = sheet.task(createSeed('oracle'), index + round * sheet.templates.length);
      const { world, actor } = await openStage(task);
      const before = book.parse(await world.snapshot());
      const words = [...task.instruction.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word);
      const names = before.sheets.map(({ name }) => name);
      // The sheet that changes is the last one that an instruction names.
      const target = before.sheets.find(
        ({ name }) => name === words.filter((word) => names.includes(word)).at(-1),
      );
      await world.solve(actor);
      const after = book.parse(await world.snapshot()).sheets.find(({ name }) => name === target?.name);
      const { rows = [], notes = [] } = target ?? {};
      const { instruction } = task;
      const wanted = oracle({ rows, notes, book: before, words, instruction });
      expect(after?.rows, instruction).toEqual(wanted.rows);
      expect(after?.notes, instruction).toEqual(wanted.notes ?? []);
      expect(wanted.rows.length, instruction).toBeGreaterThan(1);
    }
  },
);
