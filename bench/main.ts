import { attacks } from './attacks.ts';
import type { Benchmark, Figure } from './benchmark.ts';
import { coverage } from './coverage/index.ts';
import { defenses } from './defenses.ts';
import { perEnvironment } from './environments.ts';
import { episode } from './episode.ts';
import { memory } from './memory.ts';
import { models } from './models.ts';
import { scale } from './scale.ts';
import { startUp } from './startUp.ts';
import { wireCall } from './wireCall.ts';

const benchmarks: readonly Benchmark[] = [
  startUp,
  wireCall,
  episode,
  attacks,
  perEnvironment,
  defenses,
  memory,
  models,
  scale,
  coverage,
];

function line(figure: Figure): string {
  const number = (value: number): string => value.toFixed(value < 10 ? 2 : 1);
  const values = `${number(figure.value)} ${figure.unit} against ${number(figure.baseline)} (x${figure.ratio.toFixed(2)})`;
  return `${figure.met ? 'met   ' : 'MISSED'}  ${figure.name}: ${values}; target ${figure.target}`;
}

const json = process.argv.includes('--json');
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const figures: Figure[] = [];
for (const benchmark of benchmarks) {
  if (only.length > 0 && !only.includes(benchmark.name)) continue;
  for (const figure of await benchmark.run()) {
    figures.push(figure);
    if (!json) console.log(line(figure));
  }
}
if (json) console.log(JSON.stringify(figures, null, 2));
