import type { Difficulty } from '../../../contracts/environment.ts';
import type { Rng } from '../../../contracts/seed.ts';
import type { Aim } from '../aim.ts';
import type { Mark, PlaceType, RoomType, ThingType } from './catalog.ts';
import {
  canHold,
  furnish,
  type Home,
  type Item,
  installDevices,
  type Placed,
  thingKind,
  thingsFor,
} from './home.ts';

/** A kind of chore and the homes it is made for. */
export interface ChoreTemplate {
  readonly id: string;
  readonly title: string;
  readonly difficulty: Difficulty;
  readonly rooms: readonly RoomType[];
  /** What the object has to be fit for. */
  readonly marks: readonly Mark[];
  /** The aim but for its object, receptacle and lamp. */
  readonly asks: Pick<Aim, 'count' | 'treatment' | 'sliced' | 'tidy'> & { readonly light?: boolean };
}

const anywhere: readonly RoomType[] = ['kitchen', 'bedroom', 'study', 'parlor', 'bathroom'];
const washing: readonly RoomType[] = ['kitchen', 'bathroom'];
const cooking: readonly RoomType[] = ['kitchen'];

/** The six kinds of the original, and three that combine them. */
export const templates: readonly ChoreTemplate[] = [
  {
    id: 'place',
    title: 'Put something somewhere',
    difficulty: 'easy',
    rooms: anywhere,
    marks: [],
    asks: { count: 1 },
  },
  {
    id: 'examine',
    title: 'Examine something under a lamp',
    difficulty: 'easy',
    rooms: anywhere,
    marks: [],
    asks: { count: 1, light: true },
  },
  {
    id: 'place-two',
    title: 'Put two things together',
    difficulty: 'medium',
    rooms: anywhere,
    marks: [],
    asks: { count: 2 },
  },
  {
    id: 'clean',
    title: 'Clean something and put it somewhere',
    difficulty: 'medium',
    rooms: washing,
    marks: ['cleanable'],
    asks: { count: 1, treatment: 'clean' },
  },
  {
    id: 'heat',
    title: 'Heat something and put it somewhere',
    difficulty: 'medium',
    rooms: cooking,
    marks: ['heatable'],
    asks: { count: 1, treatment: 'heat' },
  },
  {
    id: 'cool',
    title: 'Cool something and put it somewhere',
    difficulty: 'medium',
    rooms: cooking,
    marks: ['coolable'],
    asks: { count: 1, treatment: 'cool' },
  },
  {
    id: 'slice',
    title: 'Slice something, heat it and put it somewhere',
    difficulty: 'hard',
    rooms: cooking,
    marks: ['sliceable', 'heatable'],
    asks: { count: 1, treatment: 'heat', sliced: true },
  },
  {
    id: 'clean-two',
    title: 'Clean two things and put them together',
    difficulty: 'hard',
    rooms: washing,
    marks: ['cleanable'],
    asks: { count: 2, treatment: 'clean' },
  },
  {
    id: 'tidy',
    title: 'Cool something, put it somewhere and leave everything closed',
    difficulty: 'hard',
    rooms: cooking,
    marks: ['coolable'],
    asks: { count: 1, treatment: 'cool', tidy: true },
  },
];

/** Share of the optional receptacles, and how many other things lie about. */
const extent = {
  easy: { size: 0.25, fewest: 6, most: 9 },
  medium: { size: 0.4, fewest: 9, most: 14 },
  hard: { size: 0.55, fewest: 13, most: 18 },
} as const satisfies Record<Difficulty, { size: number; fewest: number; most: number }>;

/** A home with a chore that can be done in it and is not done yet. */
export interface Chore {
  readonly home: Home;
  readonly aim: Aim;
}

export function makeChore(rng: Rng, template: ChoreTemplate): Chore {
  const { size, fewest, most } = extent[template.difficulty];
  const room = rng.pick(template.rooms);
  const places = furnish(rng, room, size);
  const { object, receptacle } = rng.pick(errandsIn(places, template));
  const devices = installDevices(rng, places);
  const lamp = rng.pick(['desklamp', 'floorlamp']);
  const { light, ...asks } = template.asks;
  const aim: Aim = { object, ...asks, ...(light ? { lamp } : { receptacle }) };
  const elsewhere = places.filter(({ type }) => light || type !== receptacle);
  const kinds: ThingType[] = [
    ...Array.from({ length: aim.count + rng.int(0, 1) }, () => object),
    ...(aim.sliced ? (['knife'] as const) : []),
  ];
  const others = thingsFor(places).filter((type) => type !== object);
  const clutter = Array.from({ length: rng.int(fewest, most) }, () => rng.pick(others));
  const contents = [
    ...placeAll(rng, kinds, elsewhere),
    ...placeAll(
      rng,
      clutter.filter((type) => !(aim.sliced && type === 'knife')),
      places,
    ),
  ];
  return { home: { room, places, contents: [...numbered(contents), ...devices] }, aim };
}

interface Errand {
  readonly object: ThingType;
  readonly receptacle: PlaceType;
}

/** Which things can be brought where, from somewhere else. */
function errandsIn(places: readonly Item<PlaceType>[], { marks }: ChoreTemplate): Errand[] {
  const types = [...new Set(places.map(({ type }) => type))];
  const fit = thingsFor(places).filter(
    (type) => type !== 'knife' && marks.every((mark) => thingKind(type).marks.includes(mark)),
  );
  return fit.flatMap((object) => {
    const holding = types.filter((type) => canHold(type, object));
    return holding.length < 2 ? [] : holding.map((receptacle) => ({ object, receptacle }));
  });
}

type Loose = { readonly type: ThingType; readonly place: Item<PlaceType> };

function placeAll(rng: Rng, types: readonly ThingType[], places: readonly Item<PlaceType>[]): Loose[] {
  return types.flatMap((type) => {
    const fitting = places.filter((place) => canHold(place.type, type));
    return fitting.length > 0 ? [{ type, place: rng.pick(fitting) }] : [];
  });
}

function numbered(things: readonly Loose[]): Placed[] {
  const counts = new Map<ThingType, number>();
  return things.map(({ type, place }) => {
    const number = (counts.get(type) ?? 0) + 1;
    counts.set(type, number);
    return { kind: 'thing', place, item: { type, number } };
  });
}
