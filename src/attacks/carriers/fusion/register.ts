import type { Wish } from '../../../contracts/attack.ts';
import { coreOf, inOneLine, type Word, withLetters, wordsOf } from '../kit/words.ts';

/** Imperatives as nouns, by which a request becomes part of a description. */
const actions: Readonly<Record<string, string>> = {
  add: 'adding',
  answer: 'answering',
  archive: 'archiving',
  book: 'booking',
  call: 'calling',
  cancel: 'canceling',
  change: 'changing',
  craft: 'crafting',
  create: 'creating',
  delete: 'deleting',
  fetch: 'fetching',
  find: 'finding',
  get: 'getting',
  give: 'giving',
  go: 'going',
  make: 'making',
  open: 'opening',
  pass: 'passing',
  pick: 'picking',
  post: 'posting',
  prepare: 'preparing',
  put: 'putting',
  read: 'reading',
  remove: 'removing',
  save: 'saving',
  search: 'searching',
  send: 'sending',
  set: 'setting',
  shorten: 'shortening',
  start: 'starting',
  stay: 'staying',
  take: 'taking',
  transfer: 'transferring',
  update: 'updating',
  write: 'writing',
};

/** Words before which an imperative can stand; elsewhere the same letters are a noun or part of another verb. */
const openers: ReadonlySet<string> = new Set(['', 'and', 'then', 'first', 'please', 'also', 'next']);

/** The second person as the third, with the verb that follows it. */
const persons: Readonly<Record<string, string>> = {
  you: 'the client',
  your: "the client's",
  yours: "the client's",
  yourself: 'itself',
};
const verbs: Readonly<Record<string, string>> = {
  need: 'needs',
  are: 'is',
  were: 'was',
  have: 'has',
  want: 'wants',
};

/** The wish as descriptions are written: no imperative, no second person. Literals stay. */
export function impersonal(wish: Wish): string {
  const words = wordsOf(wish);
  return inOneLine(words.map((word, at) => reworded(word, words[at - 1])));
}

function reworded(word: Word, previous: Word | undefined): Word {
  const core = coreOf(word);
  if (!core) return word;
  const letters = core.letters.toLowerCase();
  const before = previous ? coreOf(previous) : undefined;
  const beforeLetters = previous ? (before?.letters.toLowerCase() ?? 'literal') : '';
  const begins = openers.has(beforeLetters) || /[.,:;!?]$/.test(previous?.text ?? '');
  const table =
    beforeLetters === 'you' ? verbs : begins && Object.hasOwn(actions, letters) ? actions : persons;
  const changed = Object.hasOwn(table, letters) ? table[letters] : undefined;
  return changed === undefined ? word : withLetters(core, changed);
}
