import { decimal, general } from '../grid/format.ts';
import { blank, createSheet } from '../grid/sheet.ts';
import {
  change,
  deleted,
  headerStays,
  type JobTemplate,
  listed,
  most,
  opened,
  restStays,
  type Seen,
  sorted,
} from './job.ts';
import { allKinds, pickKind, productKinds, seriesKinds } from './kinds.ts';
import {
  freshNumber,
  labelsOf,
  makeTable,
  oneLargest,
  sheetOf,
  valuesOf,
  withBlankColumn,
  written,
} from './table.ts';

/** Jobs of several parts that build on each other. */
export const hardJobs: readonly JobTemplate[] = [
  {
    id: 'merge-groups',
    title: 'Add up groups and merge their cells',
    difficulty: 'hard',
    make(rng) {
      const kind = pickKind(rng, allKinds);
      const column = rng.pick(kind.numbers);
      const title = `Group ${column.title}`;
      const table = withBlankColumn(makeTable(rng, kind), { title, format: decimal(2) });
      return {
        target: sheetOf(table),
        instruction: `Sort the sheet "${kind.sheet}" by "${kind.group}" in ascending order; rows of one group keep their order. For each group, write the sum of its "${column.title}" into the column "${title}" and merge the cells of that column that belong to the group. ${headerStays}`,
        *solve() {
          const sheet = yield* sorted(yield* opened(kind.sheet), kind.group, 'asc');
          for (const { first, last } of blocks(sheet, kind.group)) {
            const [start_position, end_position] = [sheet.at(first, title), sheet.at(last, title)];
            yield* change('update_cell_by_formula', {
              start_position: sheet.at(first, column.title),
              end_position: sheet.at(last, column.title),
              operator: 'SUM',
              result_position: start_position,
            });
            yield* change('merge_cells', { start_position, end_position });
          }
        },
      };
    },
  },
  {
    id: 'clean-up',
    title: 'Delete blank lines and invalid rows',
    difficulty: 'hard',
    make(rng) {
      const table = makeTable(rng, pickKind(rng, seriesKinds));
      const { kind } = table;
      const spoiled = new Set(rng.sample(labelsOf(table), 2));
      const title = rng.pick(kind.numbers).title;
      const place = table.columns.findIndex((column) => column.title === title);
      const rows = table.rows.map((row) => (spoiled.has(String(row[0])) ? row.with(place, -1) : row));
      const clean = sheetOf({ ...table, rows });
      const [gapRow, gapColumn] = [rng.int(2, rows.length - 1), rng.int(2, table.columns.length - 1)];
      const empty = clean.rows[0]?.map(() => blank) ?? [];
      const target = createSheet(
        kind.sheet,
        clean.rows.toSpliced(gapRow, 0, empty).map((row) => row.toSpliced(gapColumn, 0, blank)),
      );
      return {
        target,
        instruction: `Clean up the sheet "${kind.sheet}": delete the blank row and the blank column, and every row in which a number is -1 (or -1.00). ${restStays}`,
        *solve() {
          const sheet = yield* opened(kind.sheet);
          const columns = sheet.grid[0]?.map((_, index) => index + 1) ?? [];
          const hollow = columns.filter((column) => sheet.grid.every((row) => row[column - 1] === ''));
          const tidy = yield* change('delete_batch_data', { dimension: 'col', index_list: hollow });
          const gone = tidy.rows.filter(
            (row) =>
              row.text(kind.label) === '' || kind.numbers.some((number) => row.amount(number.title) === -1),
          );
          yield* deleted(
            tidy,
            gone.map(({ number }) => number),
          );
        },
      };
    },
  },
  {
    id: 'keep-largest-group',
    title: 'Keep the group with the most rows, sorted',
    difficulty: 'hard',
    make(rng) {
      const kind = pickKind(rng, allKinds);
      const table = makeTable(rng, kind, oneLargest(rng, kind));
      const column = rng.pick(kind.numbers);
      return {
        target: sheetOf(table),
        instruction: `Find the "${kind.group}" that has the most rows in the sheet "${kind.sheet}" and delete the rows of all others. Then sort by "${column.title}" in descending order. ${headerStays}`,
        *solve() {
          const sheet = yield* opened(kind.sheet);
          const counts = new Map<string, number>();
          for (const row of sheet.rows)
            counts.set(row.text(kind.group), (counts.get(row.text(kind.group)) ?? 0) + 1);
          const greatest = most([...counts.values()]);
          const gone = sheet.rows.filter((row) => counts.get(row.text(kind.group)) !== greatest);
          const left = yield* deleted(
            sheet,
            gone.map(({ number }) => number),
          );
          yield* sorted(left, column.title, 'des');
        },
      };
    },
  },
  {
    id: 'from-other-sheet',
    title: 'Update a sheet from another one',
    difficulty: 'hard',
    make(rng) {
      const table = makeTable(rng, pickKind(rng, productKinds));
      const { kind } = table;
      const column = rng.pick(kind.numbers);
      const labels = rng.sample(labelsOf(table), 4);
      const others = rng.sample(
        kind.labels.filter((label) => !labelsOf(table).includes(label)),
        2,
      );
      const corrections = rng
        .shuffle([...labels, ...others])
        .map((label) => [label, freshNumber(rng, table, column)]);
      const name = `${kind.sheet} Update`;
      const cells = [[kind.label, column.title], ...corrections].map(([label = '', value = '']) => [
        { ...blank, value: label },
        { ...blank, format: typeof value === 'number' ? column.format : general, value },
      ]);
      return {
        target: sheetOf(table),
        source: createSheet(name, cells),
        instruction: `The sheet "${name}" holds new values of "${column.title}". Write them into the rows of the sheet "${kind.sheet}" with the same "${kind.label}"; pass over those that have no row there. ${restStays}`,
        *solve() {
          const update = yield* opened(name);
          const sheet = yield* opened(kind.sheet);
          for (const { number, text } of sheet.rows) {
            const fresh = update.rows.find((row) => row.text(kind.label) === text(kind.label));
            if (fresh)
              yield* change('update_cell', {
                position: sheet.at(number, column.title),
                value: fresh.amount(column.title),
              });
          }
        },
      };
    },
  },
  {
    id: 'two-conditions',
    title: 'Keep the rows that meet two conditions, sorted',
    difficulty: 'hard',
    make(rng) {
      const table = makeTable(rng, pickKind(rng, allKinds));
      const { kind } = table;
      const column = rng.pick(kind.numbers);
      const [kept = '', alsoKept = ''] = rng.sample(
        [...new Set(valuesOf(table, kind.group).map(String))].sort(),
        2,
      );
      const limit = Number(
        rng.pick(
          valuesOf(table, column.title)
            .toSorted((a, b) => Number(a) - Number(b))
            .slice(1, 3),
        ),
      );
      return {
        target: sheetOf(table),
        instruction: `In the sheet "${kind.sheet}", keep only the rows whose "${kind.group}" is one of ${listed([kept, alsoKept])} and whose "${column.title}" is more than ${written(limit, column)}; delete the others. Then sort by "${kind.label}" in ascending order. ${headerStays}`,
        *solve() {
          const sheet = yield* opened(kind.sheet);
          const gone = sheet.rows.filter(
            (row) => ![kept, alsoKept].includes(row.text(kind.group)) || row.amount(column.title) <= limit,
          );
          const left = yield* deleted(
            sheet,
            gone.map(({ number }) => number),
          );
          yield* sorted(left, kind.label, 'asc');
        },
      };
    },
  },
  {
    id: 'drop-best',
    title: 'Delete the rows with the highest numbers',
    difficulty: 'hard',
    make(rng) {
      const kind = pickKind(rng, seriesKinds);
      const table = makeTable(rng, kind);
      const titles = kind.numbers.map(({ title }) => title);
      return {
        target: sheetOf(table),
        instruction: `For each of the columns ${listed(titles)} of the sheet "${kind.sheet}", find the row with the greatest number. Delete all these rows, then sort what is left by "${titles[0]}" in descending order. ${headerStays}`,
        *solve() {
          const sheet = yield* opened(kind.sheet);
          const best = new Set(
            titles.map((title) => {
              const greatest = most(sheet.rows.map((row) => row.amount(title)));
              return sheet.rows.find((row) => row.amount(title) === greatest)?.number ?? 0;
            }),
          );
          const left = yield* deleted(sheet, [...best]);
          yield* sorted(left, titles[0] ?? '', 'des');
        },
      };
    },
  },
];

/** The first and last row of each run of rows with the same text in a column. */
function blocks(sheet: Seen, title: string): { readonly first: number; readonly last: number }[] {
  const starts = sheet.rows.filter((row, index) => sheet.rows[index - 1]?.text(title) !== row.text(title));
  return starts.map(({ number }, index) => ({
    first: number,
    last: (starts[index + 1]?.number ?? sheet.rows.length + 2) - 1,
  }));
}
