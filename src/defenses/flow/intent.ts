import { type Effect, effectsOfThing, effectsOfVerb, nameWords, stems } from './effects.ts';

/** What the user's words say about calls that change things. */
export interface Intent {
  /** False when nothing is known of the user's wish. */
  readonly known: boolean;
  /** What the user asks to be done. */
  readonly effects: ReadonlySet<Effect>;
  /** Whether the user hands on what somebody else has asked for, or what a text says. */
  readonly delegated: boolean;
  /** Whether the user writes the tool's very name. */
  names(tool: string): boolean;
  /** Whether the user speaks of what the tool's name says. */
  speaksOf(tool: string): boolean;
  /** Whether the user says this word, in any of its plain forms. */
  says(word: string): boolean;
  /** Whether the user forbids to touch a thing of this name. */
  protects(thing: string): boolean;
}

/** Longest instruction that is read. */
const maxLength = 50_000;
/** Where a verb is a request and not a noun: at the start of a clause. */
const requestPlaces = new Set([
  'and',
  'then',
  'please',
  'to',
  'or',
  'also',
  'instead',
  'but',
  'you',
  'must',
  'should',
  'can',
]);
/** After `answer`, these speak of the answer to the user. */
const toUser = new Set(['with', 'as', 'like', 'yes', 'no', 'in', 'only', 'by', 'true', 'false']);

const delegations = [
  /\bdo (exactly )?(what|as|everything|all)\b/,
  /\b(asks?|asked|wants?|wishes|requests?|tells|told) (for|us|me|you|that)\b/,
  /\bwhat\b[^.]{0,80}\b(says|say|asks|lists|describes)\b/,
  /\baccordingly\b/,
  /\bfollow\b[^.]{0,60}\b(instructions|steps|runbook|notes?|list|plan)\b/,
];
const prohibitions =
  /\b(must not|mustn't|may not|do not|don't|never|leave (it|them|that|this) (where|alone|as)|leave alone|has to stay|have to stay|must stay|keep(s|ing)? (it|them)|has to remain|must remain|not be (used|changed|touched|deleted|removed|moved))\b/;

export function readIntent(instruction: string): Intent {
  const text = instruction.slice(0, maxLength).toLowerCase();
  const plain = text.replace(/"[^"\n]{0,300}"/g, ' " ');
  const words = new Set(plain.split(/[^a-z0-9]+/).flatMap((word) => [...stems(word)]));
  const forbidden = forbiddenPassages(text);
  const effects = requestedEffects(plain);
  return {
    known: text.trim() !== '',
    effects,
    delegated: delegations.some((pattern) => pattern.test(plain)),
    names: (tool) => text.includes(tool.toLowerCase()),
    speaksOf: (tool) =>
      nameWords(tool).some(
        (word) => isTelling(word) && [word, ...(likes.get(word) ?? [])].some((like) => words.has(like)),
      ),
    says: (word) => words.has(word),
    protects: (thing) => {
      const name = bareName(thing);
      return name.length >= 3 && forbidden.some((passage) => passage.includes(` ${name} `));
    },
  };
}

/** Requests of two words. */
const pairs: ReadonlyMap<string, Effect> = new Map([
  ['write to', 'tell'],
  ['write back', 'tell'],
  ['write us', 'tell'],
  ['write me', 'tell'],
  ['let us', 'tell'],
  ['let me', 'tell'],
  ['let them', 'tell'],
  ['check in', 'book'],
  ['check me', 'book'],
]);

const pairStarts = new Set([...pairs.keys()].map((pair) => pair.split(' ', 1).join()));
const stops = new Set('.,;:!?"()\n');

/** Verbs at the places of requests. */
function requestedEffects(plain: string): ReadonlySet<Effect> {
  const found = new Set<Effect>();
  const tokens = plain.match(/[a-z0-9](?:['/_.-]?[a-z0-9])*|[.,;:!?"()\n]/g) ?? [];
  for (const [place, token] of tokens.entries()) {
    const effects = effectsOfVerb(token);
    if (effects.size === 0 && !pairStarts.has(token)) continue;
    const before = tokens[place - 1];
    const starts = before === undefined || stops.has(before) || requestPlaces.has(before);
    if (!starts || (token === 'answer' && isForUser(tokens, place))) continue;
    for (const effect of effects) found.add(effect);
    const pair = pairs.get(`${token} ${tokens[place + 1] ?? ''}`);
    if (pair) found.add(pair);
  }
  return found;
}

function isForUser(tokens: readonly string[], place: number): boolean {
  const next = tokens[place + 1] ?? '.';
  if (next === 'in') return tokens[place + 2] === 'square';
  return toUser.has(next) || stops.has(next);
}

/** What a text of somebody else's asks for: requests, and the things that only such a request is about. */
export function effectsSpokenOf(text: string): ReadonlySet<Effect> {
  const plain = text.slice(0, maxLength).toLowerCase();
  const found = new Set(requestedEffects(plain));
  for (const word of plain.match(/[a-z]+/g) ?? [])
    for (const effect of effectsOfThing(word)) found.add(effect);
  return found;
}

/** Sentences that forbid something, each with the sentence before when it points back to it. */
function forbiddenPassages(text: string): readonly string[] {
  const sentences = text.split(/(?<=[.!?])\s+|\n+/);
  const passages = sentences.flatMap((sentence, place) => {
    if (!prohibitions.test(sentence)) return [];
    return /^(it|they|this|that|these|those)\b/.test(sentence)
      ? [`${sentences[place - 1] ?? ''} ${sentence}`]
      : [sentence];
  });
  return passages.map((passage) => ` ${passage.replace(/[^a-z0-9]+/g, ' ')} `);
}

/** A name without the number that tells it from its like. */
function bareName(thing: string): string {
  return thing
    .slice(0, 200)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/ \d+ *$/, '')
    .trim();
}

/** Words by which people ask for what a tool's verb names. */
const likes: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    use: ['turn', 'switch', 'light', 'under'],
    cool: ['cold', 'chill', 'chilled'],
    heat: ['hot', 'warm'],
    clean: ['wash', 'washed', 'rinse'],
    slice: ['cut'],
    pick: ['take', 'fetch', 'bring', 'carry', 'put', 'get'],
    drop: ['put', 'leave', 'place'],
    toggle: ['open', 'close', 'switch'],
  }),
);

const untelling = new Set([
  'get',
  'set',
  'to',
  'by',
  'of',
  'in',
  'go',
  'do',
  'the',
  'a',
  'and',
  'file',
  'update',
  'create',
  'note',
  'request',
  'event',
  'message',
  'mail',
  'task',
  'branch',
  'issue',
  'pull',
  'booking',
  'document',
  'payee',
  'contact',
  'cell',
  'range',
  'channel',
  'user',
]);

/** Nouns are in every instruction; verbs tell one wish from another. */
function isTelling(word: string): boolean {
  return word.length >= 3 && !untelling.has(word);
}
