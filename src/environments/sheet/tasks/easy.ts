import { change, deleted, headerStays, type JobTemplate, opened, restStays, sorted, tell } from './job.ts';
import { allKinds, pickKind } from './kinds.ts';
import { freshNumber, labelsOf, makeTable, sheetOf, valuesOf, written } from './table.ts';

const remarks = [
  'Ask before changing this',
  'Checked twice',
  'Numbers are from last week',
  'See the paper file',
  'To be confirmed on Friday',
  'Waiting for a reply',
];

/** Jobs of a few calls. */
export const easyJobs: readonly JobTemplate[] = [
  {
    id: 'set-values',
    title: 'Set the values of some cells',
    difficulty: 'easy',
    make(rng) {
      const table = makeTable(rng, pickKind(rng, allKinds));
      const { kind } = table;
      const column = rng.pick(kind.numbers);
      const wishes = rng.sample(labelsOf(table), 3).map((label) => ({
        label,
        value: written(freshNumber(rng, table, column), column),
      }));
      const wanted = wishes.map(({ label, value }) => `${value} for "${label}"`).join(', ');
      return {
        target: sheetOf(table),
        instruction: `In the sheet "${kind.sheet}", set "${column.title}" to these values: ${wanted}. ${restStays}`,
        *solve() {
          const sheet = yield* opened(kind.sheet);
          for (const { label, value } of wishes)
            yield* change('update_cell', {
              position: sheet.at(sheet.row(label), column.title),
              value: Number(value.replaceAll(',', '')),
            });
        },
      };
    },
  },
  {
    id: 'sort-rows',
    title: 'Sort a sheet by a column',
    difficulty: 'easy',
    make(rng) {
      const table = makeTable(rng, pickKind(rng, allKinds));
      const { kind } = table;
      const column = rng.pick(kind.numbers);
      const rising = rng.chance(0.5);
      return {
        target: sheetOf(table),
        instruction: `Sort the rows of the sheet "${kind.sheet}" by "${column.title}" in ${rising ? 'ascending' : 'descending'} order. ${headerStays}`,
        *solve() {
          yield* sorted(yield* opened(kind.sheet), column.title, rising ? 'asc' : 'des');
        },
      };
    },
  },
  {
    id: 'delete-group',
    title: 'Delete all rows of a group',
    difficulty: 'easy',
    make(rng) {
      const table = makeTable(rng, pickKind(rng, allKinds));
      const { kind } = table;
      const group = String(rng.pick(valuesOf(table, kind.group)));
      return {
        target: sheetOf(table),
        instruction: `In the sheet "${kind.sheet}", delete all rows whose "${kind.group}" is "${group}". ${restStays}`,
        *solve() {
          const sheet = yield* opened(kind.sheet);
          const gone = sheet.rows.filter((row) => row.text(kind.group) === group);
          yield* deleted(
            sheet,
            gone.map(({ number }) => number),
          );
        },
      };
    },
  },
  {
    id: 'attach-note',
    title: 'Attach a note to a cell',
    difficulty: 'easy',
    make(rng) {
      const table = makeTable(rng, pickKind(rng, allKinds));
      const { kind } = table;
      const column = rng.pick(kind.numbers);
      const label = rng.pick(labelsOf(table));
      const remark = rng.pick(remarks);
      return {
        target: sheetOf(table),
        instruction: `In the sheet "${kind.sheet}", attach the note "${remark}" to the cell that holds "${column.title}" of "${label}". ${restStays}`,
        *solve() {
          const sheet = yield* opened(kind.sheet);
          const position = sheet.at(sheet.row(label), column.title);
          yield* tell('update_note', { position, content: remark });
        },
      };
    },
  },
];
