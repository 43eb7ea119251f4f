import { createSeed } from '../../../contracts/seed.ts';
import { Unforceable } from '../../kit/queries/forcing.ts';
import type { RecordedQuestion } from '../../kit/queries/recordings.ts';
import type { Recreated } from '../../kit/queries/recreation.ts';
import { questionOf } from '../templates.ts';
import { makeFixture } from './fixture.ts';
import { readMovie } from './readings.ts';

/** A recorded question in a film world that was made for its answer. */
export function recreate({ id, text, answer }: RecordedQuestion): Recreated {
  const read = readMovie(text);
  if (read.kind === 'unread') return { kind: 'skip', reason: 'No known form of question' };
  try {
    const archive = makeFixture(read.query, answer, createSeed('movie fixture').child(id).rng());
    return { kind: 'question', question: questionOf(archive, { query: read.query, words: text }) };
  } catch (error) {
    if (!(error instanceof Unforceable)) throw error;
    return { kind: 'skip', reason: error.message };
  }
}
