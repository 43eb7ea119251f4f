import { classify } from '../src/defenses/classifier/inspect.ts';
import type { Model } from '../src/defenses/classifier/model.ts';
import type { Example } from './corpus/text.ts';

const kilobyte = 1024;

/** Microseconds per KB of text, for honest texts joined to messages of these sizes in KB. */
export function measureLatency(model: Model, examples: readonly Example[]): ReadonlyMap<number, number> {
  const all = examples.flatMap(({ strings }) => strings.map(({ text }) => text)).join('\n');
  const inspect = classify(model, 0.999, '[withheld]');
  return new Map(
    [1, 10, 100, 1000].map((size) => {
      const text = all.repeat(Math.ceil((size * kilobyte) / all.length)).slice(0, size * kilobyte);
      const rounds = Math.max(5, Math.ceil(2000 / size));
      const place = { kind: 'value' } as const;
      for (let round = 0; round < rounds / 4; round++) inspect(text, place);
      const started = performance.now();
      for (let round = 0; round < rounds; round++) inspect(text, place);
      return [size, ((performance.now() - started) * 1000) / rounds / size];
    }),
  );
}
