/**
 * `npm run defense-table`: measures every defense that needs no model, the stacks and, if given, a defense of the
 * user's own, and writes what it found to docs/defenses/measured.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { digest } from '../src/contracts/json.ts';
import { builtInCatalog } from '../src/experiment/catalog.ts';
import { withOwnParts } from '../src/experiment/ownParts.ts';
import {
  askingConditions,
  type Condition,
  leaveOneOut,
  ownConditions,
  singleConditions,
  stackConditions,
  undefended,
} from './conditions.ts';
import { drawAttacks, jobsOf, type Size } from './order.ts';
import { page } from './page.ts';
import { runJobs } from './runJobs.ts';
import { measureServers } from './servers.ts';
import type { Row } from './tally.ts';

const { values, tokens } = parseArgs({
  tokens: true,
  options: {
    /** The whole preset in place of the sample. */
    all: { type: 'boolean', default: false },
    /** Environments for each pair of vector and goal. */
    'per-pair': { type: 'string', default: '2' },
    /** Only every so many of these attacks, for a quick look. */
    every: { type: 'string', default: '1' },
    /** Clean tasks of each environment; three times as many for the stacks. */
    clean: { type: 'string', default: '8' },
    parts: { type: 'string', multiple: true, default: [] },
    defense: { type: 'string', multiple: true, default: [] },
    /** Names of conditions, in place of all. */
    only: { type: 'string', multiple: true, default: [] },
    out: { type: 'string' },
    /** Folder that keeps results between tries. */
    folder: { type: 'string', default: '.cache/defense-table' },
    /** Folder in which the official servers are installed. */
    servers: { type: 'string' },
  },
});

const partFiles = values.parts.map((file) => path.resolve(file));
const catalog = await withOwnParts({ partFiles }, builtInCatalog());
const clean = wholeNumber('clean', values.clean);
const size: Size = {
  tasks: 24,
  every: wholeNumber('every', values.every),
  clean: { others: clean, stacks: 3 * clean },
  ...(!values.all && { perPair: wholeNumber('per-pair', values['per-pair']) }),
};
const everything: readonly Condition[] = [
  ...stackConditions(),
  ...singleConditions(builtInCatalog()),
  ...askingConditions(),
  ...leaveOneOut(),
];
const own = ownConditions(values.defense, catalog);
const measured = own.length > 0 ? [...own, ...stackConditions()] : everything;
const conditions = [
  undefended,
  ...measured.filter(({ name }) => values.only.length === 0 || values.only.includes(name)),
];

const attacks = drawAttacks(catalog, size);
const jobs = conditions.flatMap((condition) => jobsOf(condition, attacks, catalog, size));
const started = Date.now();
const results = await runJobs(jobs, {
  folder: path.join(values.folder, digest(partFiles.map((file) => readFileSync(file, 'utf8'))).slice(0, 12)),
  partFiles,
  onProgress(done, of) {
    if (done % 500 === 0 || done === of)
      console.error(`${done} of ${of} episodes, ${Math.round((Date.now() - started) / 1000)} s`);
  },
});
const rows = jobs.flatMap((job): Row[] => {
  const result = results.get(job.id);
  return result ? [{ job, result }] : [];
});
const servers = values.servers === undefined ? undefined : await measureServers(values.servers, catalog);
const text = page({
  command: commandOf(tokens),
  rows,
  conditions,
  attacks,
  size,
  catalog,
  ...(servers && { servers }),
});
const isWhole = own.length === 0 && values.only.length === 0 && size.every === 1;
const out = values.out ?? (isWhole ? 'docs/defenses/measured.md' : undefined);
if (out === undefined) console.log(text);
else {
  writeFileSync(out, text);
  console.log(`wrote ${out}`);
}

function wholeNumber(name: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new RangeError(`--${name} needs a whole number of at least 1`);
}

/** The command that makes the same page; where results and servers are kept changes nothing in it. */
function commandOf(given: readonly { kind: string; name?: string; value?: string | undefined }[]): string {
  const options = given.flatMap(({ kind, name = '', value }) =>
    kind !== 'option' || ['folder', 'servers'].includes(name)
      ? []
      : [`--${name}`, ...(value === undefined ? [] : [value])],
  );
  return ['npm run defense-table', ...(options.length === 0 ? [] : ['--', ...options])].join(' ');
}
