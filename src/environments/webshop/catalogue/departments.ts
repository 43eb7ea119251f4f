/** A kind of product. */
export interface Kind {
  readonly singular: string;
  readonly plural: string;
  /** Dollars, lowest and highest. */
  readonly price: readonly [number, number];
  /** Names of the options that products of the kind may have. */
  readonly options: readonly string[];
}

/** Products that share categories and properties. */
export interface Department {
  readonly category: string;
  readonly kinds: readonly Kind[];
  /** Properties by their place in a sentence: before the product, after `with`, after `for`. */
  readonly traits: Readonly<Record<TraitRole, readonly string[]>>;
}

export const traitRoles = ['adjective', 'part', 'use'] as const;
export type TraitRole = (typeof traitRoles)[number];

type Lines = Readonly<Record<TraitRole, string>> & { readonly kinds: readonly string[] };

/** A kind is written as `singular/plural lowest-highest: options`. */
function department(category: string, { kinds, ...lines }: Lines): Department {
  const [adjective, part, use] = traitRoles.map((role) => lines[role].split(', '));
  return {
    category,
    kinds: kinds.map(parseKind),
    traits: { adjective: adjective ?? [], part: part ?? [], use: use ?? [] },
  };
}

function parseKind(line: string): Kind {
  const [, singular, plural, low, high, options] = /^(.+)\/(.+) (\d+)-(\d+): (.+)$/.exec(line) ?? [];
  if (!singular || !plural || !options) throw new Error(`Not a kind of product: ${line}`);
  return { singular, plural, price: [Number(low), Number(high)], options: options.split(', ') };
}

export const departments: readonly Department[] = [
  department('Household › Kitchen', {
    kinds: [
      'kettle/kettles 18-95: color, capacity, finish',
      'skillet/skillets 22-140: diameter, finish, color',
      'bread box/bread boxes 15-80: color, size, pattern',
      'spice rack/spice racks 12-70: wood, number of shelves, finish',
    ],
    adjective: 'dishwasher safe, heat resistant, space saving, easy to grip',
    part: 'rubber feet, measuring marks, brass fittings, hanging loops',
    use: 'small kitchens, everyday cooking, large families, holiday flats',
  }),
  department('Household › Bedroom', {
    kinds: [
      'blanket/blankets 19-130: color, bed size, pattern',
      'pillow/pillows 12-75: pillow size, firmness, color',
      'curtain/curtains 16-120: color, length, pattern',
      'bedside rug/bedside rugs 21-110: color, shape, size',
    ],
    adjective: 'machine washable, skin friendly, pre shrunk, fade proof',
    part: 'double stitching, hidden seams, corner ties, quilted edges',
    use: 'warm sleepers, guest rooms, light sleepers, student rooms',
  }),
  department('Animals › Home and Travel', {
    kinds: [
      'dog bed/dog beds 24-150: color, size, firmness',
      'cat tower/cat towers 35-260: color, number of levels, material',
      'pet carrier/pet carriers 26-140: color, size, material',
      'feeding bowl/feeding bowls 8-45: color, capacity, finish',
    ],
    adjective: 'chew resistant, odor free, flat packed, easy to clean',
    part: 'removable covers, raised rims, mesh windows, weighted bases',
    use: 'elderly pets, shy kittens, heavy breeds, car rides',
  }),
  department('Work › Desk and Paper', {
    kinds: [
      'notebook/notebooks 5-40: color, ruling, paper size',
      'desk lamp/desk lamps 22-160: color, light temperature, finish',
      'pen holder/pen holders 7-50: color, material, shape',
      'letter tray/letter trays 11-65: color, number of levels, material',
    ],
    adjective: 'scratch proof, neatly boxed, low glare, quickly assembled',
    part: 'rounded corners, felt pads, label slots, index tabs',
    use: 'home offices, narrow desks, left handers, shared tables',
  }),
  department('Open Air › Camping', {
    kinds: [
      'tent/tents 70-480: color, sleeps, season',
      'sleeping bag/sleeping bags 35-260: color, length, season',
      'camp stove/camp stoves 24-180: fuel, number of burners, color',
      'water bottle/water bottles 9-48: color, capacity, lid type',
    ],
    adjective: 'wind tested, rain tight, tear resistant, quick drying',
    part: 'reflective cords, spare parts, carrying straps, lockable clips',
    use: 'winter trips, long hikes, young campers, rocky ground',
  }),
  department('Open Air › Garden', {
    kinds: [
      'planter/planters 10-95: color, diameter, material',
      'garden hose/garden hoses 18-120: hose length, color, fitting',
      'bird feeder/bird feeders 12-70: color, capacity, mounting',
      'garden chair/garden chairs 30-240: wood, color, seat height',
    ],
    adjective: 'frost proof, rust free, kink resistant, bee friendly',
    part: 'drainage holes, wall brackets, galvanized screws, folding legs',
    use: 'shady balconies, roof terraces, vegetable beds, windy corners',
  }),
  department('Travel › Bags and Cases', {
    kinds: [
      'backpack/backpacks 28-210: color, volume, strap style',
      'suitcase/suitcases 55-380: color, case size, wheel type',
      'toiletry bag/toiletry bags 9-60: color, material, pattern',
      'travel wallet/travel wallets 12-85: color, material, closure',
    ],
    adjective: 'splash proof, cabin approved, vegan friendly, repairable',
    part: 'hidden pockets, two way zippers, padded handles, name tags',
    use: 'business trips, weekend trips, train commuters, field work',
  }),
  department('Leisure › Music', {
    kinds: [
      'guitar stand/guitar stands 14-90: color, material, holds',
      'metronome/metronomes 16-110: wood, color, beat sound',
      'music stand/music stands 19-130: color, material, height range',
      'drum pad/drum pads 23-140: pad diameter, color, firmness',
    ],
    adjective: 'shock absorbing, finely tuned, quietly moving, stage tested',
    part: 'spring clamps, page holders, screw locks, foam cushions',
    use: 'music schools, orchestra players, flat dwellers, street players',
  }),
  department('Leisure › Crafts', {
    kinds: [
      'yarn set/yarn sets 11-75: color, yarn weight, fiber',
      'paint set/paint sets 13-120: number of tubes, paint type, finish',
      'sewing box/sewing boxes 17-95: color, pattern, size',
      'carving kit/carving kits 20-150: wood, number of blades, handle shape',
    ],
    adjective: 'acid free, dye tested, child friendly, hand sorted',
    part: 'printed patterns, storage tins, practice sheets, sharpening stones',
    use: 'first projects, evening classes, gift makers, patient hands',
  }),
  department('Leisure › Games and Puzzles', {
    kinds: [
      'jigsaw puzzle/jigsaw puzzles 9-60: picture, number of pieces, surface',
      'card game/card games 7-38: language edition, players, box size',
      'chess set/chess sets 18-220: wood, board size, piece style',
      'building kit/building kits 16-160: number of parts, theme, color',
    ],
    adjective: 'precisely cut, quickly learned, award winning, plastic free',
    part: 'linen bags, illustrated rules, numbered trays, replacement parts',
    use: 'rainy weekends, family evenings, single players, long journeys',
  }),
  department('Pantry › Drinks and Sweets', {
    kinds: [
      'herbal tea/herbal teas 6-34: flavor name, pack size, form',
      'ground coffee/ground coffees 9-48: roast, pack size, grind',
      'chocolate bar/chocolate bars 5-36: flavor name, pack size, cocoa content',
      'fruit syrup/fruit syrups 7-42: flavor name, bottle size, sweetness',
    ],
    adjective: 'fairly traded, gluten free, caffeine tested, additive free',
    part: 'resealable packs, compostable wrappers, tasting notes, harvest dates',
    use: 'afternoon breaks, gift baskets, office kitchens, cold evenings',
  }),
  department('Wheels › Bicycles', {
    kinds: [
      'bicycle bell/bicycle bells 8-45: color, finish, clamp size',
      'bicycle saddle/bicycle saddles 24-160: color, width, firmness',
      'pannier bag/pannier bags 28-170: color, volume, closure',
      'repair kit/repair kits 10-70: number of tools, case type, tire type',
    ],
    adjective: 'vibration tested, salt water proof, theft resistant, tool free',
    part: 'sealed bearings, steel rails, quick release mounts, warning strips',
    use: 'city riders, cargo bicycles, gravel roads, night rides',
  }),
];
