import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { keepingStatements } from '../../../src/experiment/store/statements.ts';

function counting() {
  const inner = new Libsql(':memory:');
  const prepared: string[] = [];
  const database = keepingStatements({
    prepare(sql) {
      prepared.push(sql);
      return inner.prepare(sql);
    },
    close: () => void inner.close(),
  });
  return { database, prepared };
}

test('prepares a statement once, and keeps what each use of it was given apart', () => {
  const { database, prepared } = counting();
  const read = (value: number) => database.prepare('select ? as value').all([value]);
  expect([read(1), read(2)]).toEqual([[{ value: 1 }], [{ value: 2 }]]);
  expect(prepared).toEqual(['select ? as value']);
  database.close();
});

test('a statement that failed can be used again', () => {
  const { database } = counting();
  database.prepare('create table numbers (value integer primary key)').run([]);
  const insert = (value: number) => database.prepare('insert into numbers values (?)').run([value]);
  insert(1);
  expect(() => insert(1)).toThrow();
  insert(2);
  expect(database.prepare('select value from numbers').all([])).toEqual([{ value: 1 }, { value: 2 }]);
  database.close();
});

test('keeps neither many statements nor long ones', () => {
  const { database, prepared } = counting();
  const long = `select '${'x'.repeat(1_000)}'`;
  database.prepare(long);
  database.prepare(long);
  expect(prepared).toHaveLength(2);
  for (let value = 0; value < 300; value++) database.prepare(`select ${value}`);
  database.prepare('select 0');
  expect(prepared.filter((sql) => sql === 'select 0')).toHaveLength(2);
  database.close();
});
