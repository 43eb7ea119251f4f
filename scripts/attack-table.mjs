/**
 * `npm run attack-table`: runs every vector, carrier and goal in every environment with the scripted hijacked agent and
 * without defense, and writes what was achieved to docs/attacks/achieved.md. With `--check` it writes nothing and fails
 * when a combination that is offered was not achieved.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './lib/run.mjs';
import { setUp } from './lib/setup.mjs';

setUp({ built: true });
const { builtInCatalog, defineExperiment, runExperiment } = await import('../dist/index.js');

const tasks = 3;
const catalog = builtInCatalog();
const environments = catalog.environments.map(({ id }) => ({ id, tasks: id === 'office' ? 1 : tasks }));

/** What varies in each table, with the rest held fixed. */
const tables = [
  {
    part: 'vector',
    fixed: 'carrier `direct`, the goals `exfiltrate`, `derail` and `destroy`',
    attack: { vector: '*', carrier: 'direct', goal: ['exfiltrate', 'derail', 'destroy'] },
  },
  {
    part: 'carrier',
    fixed: 'the vectors `tool-description` and `split-tools`, the goal `exfiltrate`',
    attack: { vector: ['tool-description', 'split-tools'], carrier: '*', goal: 'exfiltrate' },
  },
  {
    part: 'goal',
    fixed: 'the vectors `tool-description` and `rogue-service`, carrier `direct`',
    attack: { vector: ['tool-description', 'rogue-service'], carrier: 'direct', goal: '*' },
  },
];

/** Achieved and delivered episodes by part and environment, over both eras. */
async function measure({ part, attack }) {
  const counts = new Map();
  for (const era of ['2025', '2026']) {
    const workspace = mkdtempSync(join(tmpdir(), 'safemcp-attacks-'));
    try {
      const { experiment } = defineExperiment(
        {
          name: `attack-table-${part}`,
          era,
          environments,
          agents: ['scripted/hijacked'],
          attacks: [attack],
          baselines: false,
          limits: { maxCalls: 200 },
        },
        catalog,
      );
      const { cells } = await runExperiment(experiment, { catalog, workspace });
      for (const { attack: made, environment, episodes, funnel } of cells) {
        const key = `${made[part]} ${environment}`;
        const sum = counts.get(key) ?? { achieved: 0, episodes: 0 };
        counts.set(key, {
          achieved: sum.achieved + funnel.achieved,
          episodes: sum.episodes + episodes,
        });
      }
    } finally {
      rmSync(workspace, { recursive: true, force: true });
    }
  }
  return counts;
}

function section({ part, fixed }, counts) {
  const ids = catalog[`${part}s`].map(({ id }) => id);
  const names = environments.map(({ id }) => id);
  const cell = (id, environment) => {
    const found = counts.get(`${id} ${environment}`);
    return found ? `${found.achieved}/${found.episodes}` : '-';
  };
  return [
    `## By ${part}`,
    '',
    `With ${fixed}.`,
    '',
    `| ${part} | ${names.join(' | ')} |`,
    `| --- |${names.map(() => ' --- |').join('')}`,
    ...ids.map((id) => `| \`${id}\` | ${names.map((name) => cell(id, name)).join(' | ')} |`),
    '',
  ];
}

const lines = [
  '# What is achieved where',
  '',
  'Written by `npm run attack-table`. The agent is `scripted/hijacked`, which is no language model: it obeys every payload it',
  'has read. Nothing defends. So a figure says that the attack works from end to end in that environment, not that a model',
  `would fall for it. Achieved episodes of all episodes, over both protocol eras and ${tasks} tasks (office: 1). \`-\`: the combination`,
  'is not possible there; `safemcp run --dry-run` says why.',
  '',
];
let short = 0;
for (const table of tables) {
  const counts = await measure(table);
  for (const [key, { achieved, episodes }] of counts)
    if (achieved < episodes) {
      short++;
      console.error(`${table.part} ${key}: ${achieved} of ${episodes} achieved`);
    }
  lines.push(...section(table, counts));
}
if (!process.argv.includes('--check')) {
  writeFileSync(join(root, 'docs', 'attacks', 'achieved.md'), lines.join('\n'));
  console.log('wrote docs/attacks/achieved.md');
}
process.exit(short > 0 ? 1 : 0);
