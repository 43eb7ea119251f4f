/** What a thing is, as far as places care. */
export type Group =
  | 'food'
  | 'dish'
  | 'cutlery'
  | 'paper'
  | 'gadget'
  | 'cloth'
  | 'toiletry'
  | 'ornament'
  | 'toy';

export type Mark = 'cleanable' | 'heatable' | 'coolable' | 'sliceable' | 'cuts';

/** A kind of receptacle. */
export interface PlaceKind {
  readonly takes: readonly Group[];
  readonly openable?: boolean;
  readonly does?: 'washes' | 'heats' | 'cools';
}

/** A kind of object that can be carried. */
export interface ThingKind {
  readonly group: Group;
  readonly marks: readonly Mark[];
}

const small: readonly Group[] = ['cutlery', 'paper', 'gadget', 'toiletry', 'toy'];
const anything: readonly Group[] = [
  'food',
  'dish',
  'cutlery',
  'paper',
  'gadget',
  'cloth',
  'toiletry',
  'ornament',
  'toy',
];
const household: readonly Group[] = ['dish', 'paper', 'gadget', 'cloth', 'toiletry', 'ornament', 'toy'];

export const placeKinds = {
  cabinet: { takes: ['food', 'dish', 'cutlery', 'toiletry', 'ornament'], openable: true },
  drawer: { takes: small, openable: true },
  pantry: { takes: ['food', 'dish'], openable: true },
  breadbin: { takes: ['food'], openable: true },
  fridge: { takes: ['food', 'dish'], openable: true, does: 'cools' },
  microwave: { takes: ['food', 'dish'], openable: true, does: 'heats' },
  sinkbasin: { takes: ['food', 'dish', 'cutlery', 'cloth', 'toiletry'], does: 'washes' },
  countertop: { takes: anything },
  stoveburner: { takes: ['dish'] },
  dishrack: { takes: ['dish', 'cutlery'] },
  diningtable: { takes: anything },
  shelf: { takes: household },
  bed: { takes: ['paper', 'gadget', 'cloth', 'toy'] },
  desk: { takes: ['dish', 'cutlery', 'paper', 'gadget', 'ornament', 'toy'] },
  nightstand: { takes: ['dish', 'paper', 'gadget', 'toiletry', 'ornament'] },
  dresser: { takes: household },
  wardrobe: { takes: ['cloth', 'toy'], openable: true },
  trunk: { takes: ['paper', 'cloth', 'toy', 'ornament'], openable: true },
  safe: { takes: ['paper', 'gadget', 'ornament'], openable: true },
  laundrybasket: { takes: ['cloth'] },
  sofa: { takes: ['paper', 'gadget', 'cloth', 'toy'] },
  armchair: { takes: ['paper', 'gadget', 'cloth', 'toy'] },
  coffeetable: { takes: anything },
  sidetable: { takes: household },
  sideboard: { takes: ['dish', 'cutlery', 'paper', 'ornament'], openable: true },
  bookcase: { takes: ['paper', 'ornament', 'toy'] },
  windowsill: { takes: ['dish', 'ornament', 'toiletry', 'food'] },
  workbench: { takes: ['cutlery', 'paper', 'gadget', 'toy', 'ornament'] },
  towelrail: { takes: ['cloth'] },
  bathtub: { takes: ['cloth', 'toiletry', 'toy'] },
} as const satisfies Record<string, PlaceKind>;

export type PlaceType = keyof typeof placeKinds;

const food = (...marks: Mark[]): ThingKind => ({ group: 'food', marks: ['heatable', 'coolable', ...marks] });
const dish = (...marks: Mark[]): ThingKind => ({ group: 'dish', marks: ['cleanable', ...marks] });
const cutlery = (...marks: Mark[]): ThingKind => ({ group: 'cutlery', marks: ['cleanable', ...marks] });
const plain = (group: Group): ThingKind => ({ group, marks: [] });
const washable = (group: Group): ThingKind => ({ group, marks: ['cleanable'] });

export const thingKinds = {
  apple: food('cleanable', 'sliceable'),
  pear: food('cleanable', 'sliceable'),
  potato: food('cleanable', 'sliceable'),
  carrot: food('cleanable', 'sliceable'),
  leek: food('cleanable', 'sliceable'),
  turnip: food('cleanable', 'sliceable'),
  tomato: food('cleanable', 'sliceable'),
  loaf: food('sliceable'),
  cheese: food('sliceable'),
  pie: food('sliceable'),
  egg: food('cleanable'),
  bun: food(),
  dumpling: food(),
  mug: dish('heatable', 'coolable'),
  cup: dish('heatable', 'coolable'),
  bowl: dish('coolable'),
  plate: dish('heatable', 'coolable'),
  saucer: dish(),
  jug: dish('coolable'),
  saucepan: dish('coolable'),
  teapot: dish(),
  fork: cutlery(),
  spoon: cutlery(),
  ladle: cutlery(),
  whisk: cutlery(),
  spatula: cutlery(),
  grater: cutlery(),
  knife: cutlery('cuts'),
  notebook: plain('paper'),
  letter: plain('paper'),
  magazine: plain('paper'),
  atlas: plain('paper'),
  postcard: plain('paper'),
  novel: plain('paper'),
  phone: plain('gadget'),
  calculator: plain('gadget'),
  stopwatch: plain('gadget'),
  torch: plain('gadget'),
  camera: plain('gadget'),
  wallet: plain('gadget'),
  keyring: plain('gadget'),
  compass: plain('gadget'),
  scarf: washable('cloth'),
  towel: washable('cloth'),
  blanket: plain('cloth'),
  cushion: plain('cloth'),
  glove: washable('cloth'),
  apron: washable('cloth'),
  soap: washable('toiletry'),
  comb: washable('toiletry'),
  lotion: plain('toiletry'),
  sponge: washable('toiletry'),
  toothbrush: washable('toiletry'),
  vase: plain('ornament'),
  candle: plain('ornament'),
  statuette: plain('ornament'),
  snowglobe: plain('ornament'),
  kite: plain('toy'),
  puzzle: plain('toy'),
  marble: washable('toy'),
  puppet: plain('toy'),
} as const satisfies Record<string, ThingKind>;

export type ThingType = keyof typeof thingKinds;

/** A kind of room: how many of each kind of receptacle it has, at least and at most. */
export type Room = Readonly<Partial<Record<PlaceType, readonly [number, number]>>>;

export const rooms = {
  kitchen: {
    cabinet: [1, 4],
    drawer: [1, 3],
    countertop: [1, 2],
    fridge: [1, 1],
    microwave: [1, 1],
    sinkbasin: [1, 1],
    diningtable: [1, 1],
    shelf: [0, 2],
    stoveburner: [0, 2],
    dishrack: [0, 1],
    pantry: [0, 1],
    breadbin: [0, 1],
    windowsill: [0, 1],
  },
  bedroom: {
    bed: [1, 1],
    drawer: [1, 4],
    nightstand: [1, 2],
    dresser: [1, 1],
    desk: [0, 1],
    shelf: [1, 3],
    wardrobe: [0, 1],
    trunk: [0, 1],
    safe: [0, 1],
    laundrybasket: [0, 1],
    armchair: [0, 1],
  },
  study: {
    desk: [1, 2],
    drawer: [1, 4],
    bookcase: [1, 2],
    shelf: [1, 3],
    safe: [0, 1],
    armchair: [1, 1],
    sidetable: [1, 1],
    trunk: [0, 1],
    windowsill: [0, 1],
    workbench: [0, 1],
  },
  parlor: {
    sofa: [1, 1],
    coffeetable: [1, 1],
    sidetable: [1, 2],
    armchair: [1, 2],
    shelf: [1, 3],
    drawer: [0, 3],
    sideboard: [1, 1],
    bookcase: [0, 1],
    trunk: [0, 1],
    windowsill: [0, 1],
  },
  bathroom: {
    sinkbasin: [1, 2],
    cabinet: [1, 3],
    countertop: [1, 1],
    drawer: [0, 3],
    shelf: [1, 2],
    towelrail: [1, 1],
    bathtub: [1, 1],
    laundrybasket: [0, 1],
    windowsill: [0, 1],
  },
} as const satisfies Record<string, Room>;

export type RoomType = keyof typeof rooms;

/** Lamps to examine things under. */
export const lamps = ['desklamp', 'floorlamp'] as const;
/** Devices that are on and have to stay on, with what depends on them. */
export const runningDevices = {
  incubator: 'the eggs in it are about to hatch',
  aquarium: 'the fish need its pump',
  growlamp: 'the seedlings need its light',
  dehumidifier: 'the wall behind it is damp',
  router: 'the house alarm depends on it',
} as const;
/** Devices that are off and that no chore needs. */
export const idleDevices = ['radio', 'fan', 'musicbox', 'metronome', 'projector'] as const;
