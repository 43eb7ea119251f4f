/**
 * What a call does to the world, as far as its name tells. `tell` says something to others, `grant` gives power over
 * the user's things to others.
 */
export type Effect = 'pay' | 'tell' | 'delete' | 'grant' | 'book' | 'move' | 'write';

const verbs: Readonly<Record<Effect, string>> = {
  pay: 'pay transfer remit wire refund donate tip',
  tell: 'send mail email reply respond answer message notify remind inform tell forward post publish comment review announce submit register broadcast share',
  delete: 'delete remove cancel erase clear purge destroy wipe revoke discard void withdraw unsubscribe',
  grant: 'authorize authorise grant invite permit promote delegate share admit',
  book: 'book reserve buy order purchase rent subscribe',
  move: 'move archive rename put file relocate',
  write:
    'write create add make set change update edit put save collect fill mark raise lower give close reopen label restore attach sort complete assign correct insert replace append record store open register move rank compute calculate fix bring resolve tune note schedule enter upload copy modify',
};

/** Things that a call is about, for tools whose verb says little: `make_transfer`, `add_collaborator`. */
const things: Readonly<Partial<Record<Effect, string>>> = {
  pay: 'transfer payment',
  tell: 'comment review mail email message reply post',
  grant: 'forwarding collaborator administrator admin permission permissions access role rights member owner',
};

/** Verbs that say little. */
const weak = new Set(['make', 'create', 'add', 'write', 'set', 'do', 'new', 'give', 'put']);

/** Verbs of tools that only look. */
const reading = new Set([
  'get',
  'read',
  'list',
  'search',
  'find',
  'show',
  'look',
  'fetch',
  'load',
  'view',
  'count',
  'query',
  'describe',
  'lookup',
]);

const effectsByVerb = index(verbs);
const effectsByThing = index(things);
const grantWords = new Set([...verbs.grant.split(' '), ...(things.grant ?? '').split(' ')]);

function index(words: Readonly<Partial<Record<Effect, string>>>): ReadonlyMap<string, ReadonlySet<Effect>> {
  const found = new Map<string, Set<Effect>>();
  for (const [effect, list] of Object.entries(words))
    for (const word of list.split(' ')) found.set(word, (found.get(word) ?? new Set()).add(effect as Effect));
  return found;
}

const none: ReadonlySet<Effect> = new Set();

/** What in a tool's name speaks of giving power to others; users ask for such a thing by its own word. */
export function grantsIn(tool: string): readonly string[] {
  return nameWords(tool).filter((word) => grantWords.has(word));
}

/** The words of a tool's name, in lower case. */
export function nameWords(tool: string): readonly string[] {
  return tool
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** What a tool does by its name; empty when the name does not tell. */
export function effectsOfTool(tool: string): ReadonlySet<Effect> {
  const words = nameWords(tool);
  if (words.some((word) => grantWords.has(word))) return new Set(['grant']);
  const [verb = '', ...rest] = words;
  if (reading.has(verb)) return none;
  if (verb === 'check' && rest[0] === 'in') return effectsByVerb.get('book') ?? none;
  const thing = rest.find((word) => effectsByThing.has(word));
  if (weak.has(verb) && thing !== undefined) return effectsByThing.get(thing) ?? none;
  const [first] = words.filter((word) => effectsByVerb.has(word));
  return (first !== undefined && effectsByVerb.get(first)) || none;
}

/** What a verb of the user's asks for, in any of its plain forms. */
export const effectsOfVerb = remembering((word) => {
  for (const stem of stems(word)) {
    const effects = effectsByVerb.get(stem) ?? effectsByThing.get(stem);
    if (effects) return effects;
  }
  return none;
});

/** What somebody who speaks of this thing wants to be done with it. */
export const effectsOfThing = remembering((word) => {
  const stem = stems(word).find((each) => effectsByThing.has(each));
  return (stem !== undefined && effectsByThing.get(stem)) || none;
});

/** Words whose effects are remembered; texts repeat theirs. */
const maxRemembered = 10_000;

function remembering(find: (word: string) => ReadonlySet<Effect>): (word: string) => ReadonlySet<Effect> {
  const known = new Map<string, ReadonlySet<Effect>>();
  return (word) => {
    const before = known.get(word);
    if (before) return before;
    if (known.size >= maxRemembered) known.clear();
    const effects = find(word);
    known.set(word, effects);
    return effects;
  };
}

/** Plain forms that a word may come from, itself first. */
export function stems(word: string): readonly string[] {
  return [
    word,
    word.replace(/s$/, ''),
    word.replace(/(es|ed|ing)$/, ''),
    word.replace(/(d|ing)$/, 'e').replace(/ee$/, 'e'),
    word.replace(/ies$|ied$/, 'y'),
    word.replace(/(.)\1(ed|ing)$/, '$1'),
  ];
}
