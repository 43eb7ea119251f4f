import { createSeed } from '../../../contracts/seed.ts';
import { Unforceable } from '../../kit/queries/forcing.ts';
import type { RecordedQuestion } from '../../kit/queries/recordings.ts';
import type { Recreated } from '../../kit/queries/recreation.ts';
import { questionOf } from '../templates.ts';
import { makeFixture } from './fixture.ts';
import { readWeather } from './readings.ts';

/** A recorded question in an atlas that was made for its answer. */
export function recreate({ id, text, answer, setting }: RecordedQuestion): Recreated {
  if (!setting) return { kind: 'skip', reason: 'The recordings do not tell where and when the user is' };
  const read = readWeather(text);
  if (read.kind === 'unread') return { kind: 'skip', reason: 'No known form of question' };
  try {
    const atlas = makeFixture(read.query, { setting, answer }, createSeed('weather fixture').child(id).rng());
    return { kind: 'question', question: questionOf(atlas, setting, { query: read.query, words: text }) };
  } catch (error) {
    if (!(error instanceof Unforceable)) throw error;
    return { kind: 'skip', reason: error.message };
  }
}
