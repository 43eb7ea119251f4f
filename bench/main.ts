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

const names = benchmarks.map(({ name }) => name);
const usage = `npm run bench -- [NAME...] [--json] [--recordings=DIR] [--episodes=N]

Runs the benchmarks with these names, all unless given: ${names.join(', ')}`;

async function measure(chosen: readonly string[], json: boolean): Promise<void> {
  const figures: Figure[] = [];
  for (const benchmark of benchmarks) {
    if (chosen.length > 0 && !chosen.includes(benchmark.name)) continue;
    for (const figure of await benchmark.run()) {
      figures.push(figure);
      if (!json) console.log(line(figure));
    }
  }
  if (json) console.log(JSON.stringify(figures, null, 2));
}

const given = process.argv.slice(2);
const chosen = given.filter((argument) => !argument.startsWith('--'));
const unknown = chosen.some((name) => !names.includes(name));
if (unknown) process.exitCode = 2;
if (unknown || given.includes('--help')) console.log(usage);
else await measure(chosen, given.includes('--json'));
