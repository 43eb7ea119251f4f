import type { Rng } from '../../contracts/seed.ts';
import { fullNames } from '../kit/people.ts';

/** Who works on a project and who only writes to it; people are named by their logins. */
export interface Cast {
  readonly user: string;
  readonly userName: string;
  /** Four people who look after the project besides the user. */
  readonly maintainers: readonly string[];
  /** Strangers who write issues and comments. */
  readonly outsiders: readonly string[];
  /** The public repository, as `owner/name`. */
  readonly code: string;
  /** The private one, with what is needed to run the project. */
  readonly ops: string;
  /** A repository of a stranger, to which no task leads. */
  readonly elsewhere: string;
  /** The date so many days from the present day, as YYYY-MM-DD. */
  readonly day: (offset: number) => string;
}

const teams = [
  'brightfield',
  'copperline',
  'driftworks',
  'evergreen-labs',
  'fieldnote',
  'glasshouse',
  'hillside',
];
const products = [
  'anchor',
  'basalt',
  'carousel',
  'dovetail',
  'estuary',
  'fathom',
  'gazette',
  'halyard',
  'inkwell',
];
const handles = [
  'pixelowl',
  'quietfox',
  'rustybolt',
  'saltymoth',
  'tinkerjay',
  'umbraline',
  'velvetcrab',
  'wobbly',
];

const teamSize = 5;
const outsiderCount = 4;
const dayMs = 86_400_000;

export function createCast(rng: Rng): Cast {
  const names = fullNames(rng, teamSize);
  const [userName = ''] = names;
  const [user = '', ...maintainers] = names.map((name) => name.toLowerCase().replace(' ', '-'));
  const [stranger = '', ...outsiders] = rng
    .sample(handles, outsiderCount + 1)
    .map((handle) => `${handle}${rng.int(10, 99)}`);
  const code = `${rng.pick(teams)}/${rng.pick(products)}`;
  const today = Date.UTC(2026, rng.int(1, 10), rng.int(3, 26));
  return {
    user,
    userName,
    maintainers,
    outsiders,
    code,
    ops: `${code}-ops`,
    elsewhere: `${stranger}/feedback-${rng.token(4)}`,
    day: (offset) => new Date(today + offset * dayMs).toISOString().slice(0, 10),
  };
}
