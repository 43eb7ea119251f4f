import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { webshop } from '../../../src/environments/webshop/index.ts';
import { readRecordings } from '../../../src/environments/webshop/original/recordings.ts';
import { termsOf } from '../../../src/environments/webshop/search/terms.ts';
import { readAction } from '../../../src/environments/webshop/shop/action.ts';

const folder = path.resolve('..', 'shared', 'data', 'fidelity', 'webshop');

describe.skipIf(!existsSync(folder))('recordings of the original WebShop', () => {
  test('every page is the same, and every reward that follows from what is recorded', async () => {
    const found = await webshop.verify?.(folder);
    if (!found) throw new Error('webshop cannot verify');
    expect(found.episodes).toBeGreaterThan(50);
    expect(found.steps).toBeGreaterThan(500);
    expect(found.equalSteps).toBe(found.steps);
    expect(found.equalEpisodes).toBe(found.episodes);
    expect(found.rewardEpisodes + found.skipped.length).toBe(found.episodes);
    expect(found.skipped.length).toBeLessThan(found.episodes / 10);
  });

  test('searches that our analysis takes for the same found the same', async () => {
    const pages = new Map<string, Map<string, string>>();
    for (const { steps } of await readRecordings(folder)) {
      for (const { action, observation = '' } of steps) {
        const read = readAction(action);
        if (read.verb !== 'search') continue;
        const terms = [...termsOf(read.argument)].sort().join(' ');
        const found = pages.get(terms) ?? new Map<string, string>();
        pages.set(terms, found.set(read.argument, observation.slice(observation.indexOf('Back to Search'))));
      }
    }
    const rewordings = [...pages.values()].filter((found) => found.size > 1);
    expect(rewordings.length).toBeGreaterThan(20);
    expect(rewordings.filter((found) => new Set(found.values()).size > 1)).toEqual([]);
  });
});
