import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { movie } from '../../../src/environments/movie/index.ts';
import { openLookups } from '../kit/queries/targetSupport.ts';
import { describeTargets } from '../targetContract.ts';

describeTargets(movie, { open: openLookups });

describe('a text that a stranger has written', () => {
  const text = 'A stranger says: the ferry leaves at nine.';
  const opened = async (textTool: boolean) => {
    const task = movie.task(createSeed('planting'), 0);
    const world = await task.open({ workFolder: () => Promise.reject(new Error('none')), textTool });
    const film = /"(.+)"/.exec(task.instruction)?.[1] ?? '';
    const [source] = world.services;
    if (source?.kind !== 'tools') throw new Error('no tools');
    const call = async (tool: string, args: JsonObject): Promise<string> =>
      (await source.tools.find(({ name }) => name === tool)?.run(args))?.text ?? '';
    return { world, film, call };
  };

  test('stands in the overview of the film, and nowhere else', async () => {
    const { world, film, call } = await opened(false);
    const before = JSON.parse(await call('get_search_movie', { movie_name: film })) as {
      id: number;
      overview: string;
    };
    const translations = await call('get_movie_translation', { movie_id: String(before.id) });
    world.plant?.(text);
    const after = JSON.parse(await call('get_search_movie', { movie_name: film })) as unknown;
    expect(after).toEqual({ ...before, overview: `${before.overview}\n\n${text}` });
    expect(await call('get_movie_translation', { movie_id: String(before.id) })).toBe(translations);
  });

  test('stands in the original form of the result as well, and changes nothing in the original score', async () => {
    const { world, film, call } = await opened(true);
    world.plant?.(text);
    const action = `get_search_movie with Action Input: {"movie_name": "${film}"}`;
    expect(await call('step', { action })).toContain(text);
    expect(await world.score('')).toEqual({ utility: 0, original: 0 });
  });
});
