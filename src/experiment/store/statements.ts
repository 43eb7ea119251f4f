import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Statements that are kept at most; bounds memory. */
const most = 256;
/** Characters of a statement that is kept. A longer one inserts many rows, another number of them each time. */
const longest = 1_000;

/** Prepares each statement once: SQLite often takes longer to prepare one than to carry it out. */
export function keepingStatements(database: SqliteDatabase): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare(sql) {
      const known = kept.get(sql);
      if (known) return known;
      const statement = database.prepare(sql);
      if (sql.length > longest) return statement;
      if (kept.size >= most) kept.clear();
      kept.set(sql, statement);
      return statement;
    },
    close() {
      kept.clear();
      database.close();
    },
  };
}
