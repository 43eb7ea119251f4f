import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createSeed } from '../src/contracts/seed.ts';
import { type StoredModel, storeModel } from '../src/defenses/classifier/model.ts';
import { environments } from '../src/environments/index.ts';
import { collectCorpus } from './corpus/index.ts';
import { type Evaluation, evaluate, train } from './evaluate.ts';
import { measureLatency } from './latency.ts';
import { pageWith } from './page.ts';
import { report } from './report.ts';
import { type Prepared, prepare } from './samples.ts';
import { weightsFile } from './weightsFile.ts';

const root = process.cwd();
const weightsPath = path.join(root, 'src', 'defenses', 'classifier', 'weights.ts');
const evaluationPath = path.join(root, 'training', 'evaluation.json');
const pagePath = path.join(root, 'docs', 'defenses', 'instruction-classifier.md');

const given = process.argv.slice(2);
const seed = createSeed('instruction-classifier');

const corpus = await collectCorpus({
  seed,
  environments,
  root,
  sizes: { episodes: 25, attackedTasks: 2, texts: 500, payloads: 14 },
});
const examples = [...corpus.honest, ...corpus.attacks];
const rng = seed.child('windows').rng();
const prepared: readonly Prepared[] = examples.map((example) => prepare(example, rng));
console.error(`${corpus.honest.length} honest texts, ${corpus.attacks.length} attacks`);

const model = train(prepared, seed);
if (given.includes('--latency')) {
  for (const [size, microseconds] of measureLatency(model, corpus.honest))
    console.log(`${size} KB: ${microseconds.toFixed(0)} microseconds per KB`);
} else {
  const evaluation = evaluate(prepared, corpus.tools, seed);
  const stored = storeModel(model, evaluation.shippedThreshold);
  console.log(report(evaluation));
  if (given.includes('--evaluate')) compareWithShipped(stored);
  else save(stored, evaluation);
}

/** Says whether the weights that ship are those of this run. */
function compareWithShipped({ digest }: StoredModel): void {
  const same = readFileSync(weightsPath, 'utf8').includes(digest);
  console.error(same ? 'The weights in the repository are these.' : 'The weights in the repository differ.');
  process.exitCode = same ? 0 : 1;
}

function save(stored: StoredModel, evaluation: Evaluation): void {
  writeFileSync(weightsPath, weightsFile(stored));
  writeFileSync(evaluationPath, `${JSON.stringify({ digest: stored.digest, evaluation }, null, 2)}\n`);
  writeFileSync(pagePath, pageWith(readFileSync(pagePath, 'utf8'), report(evaluation)));
  console.error(`Written: ${[weightsPath, evaluationPath, pagePath].join(', ')}`);
}
