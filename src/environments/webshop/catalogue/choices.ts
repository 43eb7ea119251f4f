const colors =
  'charcoal, ivory, mustard yellow, brick red, ocean blue, sage green, dusty pink, forest green, slate gray, ' +
  'plain white, jet black, pale lilac, burnt orange, dark teal, light khaki, deep plum, navy, rust, cream | gold, ' +
  'blue | white, black | copper';
const sizes = 'x-small, small, medium, large, x-large';
const counts = '2, 3, 4, 5, 6';

function several(unit: string, numbers: string): string {
  return numbers
    .split(', ')
    .map((number) => `${number} ${unit}`)
    .join(', ');
}

/** The values of each option, in the order in which pages show them. */
const lists = {
  color: colors,
  size: sizes,
  wood: 'oak, beech, ash, cherry, olive wood, birch, maple',
  finish: 'matte, glossy, brushed, satin, oiled',
  pattern: 'solid, checks, dots, herringbone, leaves, waves, diamonds',
  material: 'canvas, felt, bamboo, cork, leather, aluminum, wicker',
  shape: 'round, oval, square, hexagon, half moon',
  capacity: several('liter', '0.5, 0.75, 1, 1.5, 1.7, 2'),
  diameter: several('cm', '18, 20, 24, 28, 32'),
  'number of shelves': several('shelves', counts),
  'number of levels': several('levels', counts),
  'number of burners': several('flame', '1, 2, 3'),
  'number of tubes': several('tubes', '8, 12, 18, 24, 36'),
  'number of blades': several('blades', counts),
  'number of pieces': several('pieces', '100, 300, 500, 1000, 2000'),
  'number of parts': several('parts', '120, 250, 400, 650, 900'),
  'number of tools': several('tools', '7, 9, 12, 16, 21'),
  'bed size': 'single, double, queen, king',
  'pillow size': '40 x 40 cm, 40 x 60 cm, 50 x 70 cm, 80 x 80 cm',
  firmness: 'soft, semi firm, firm, extra firm',
  length: several('cm', '145, 175, 200, 225, 245'),
  ruling: 'lined, squares, dot grid, unlined, staves',
  'paper size': 'a4, a5, a6, b5',
  'light temperature': 'candle glow, warm tone, neutral tone, cool tone',
  sleeps: '1 person, 2 people, 3 people, 4 people, 6 people',
  season: 'summer, three seasons, winter, all year',
  fuel: 'gas cartridge, alcohol, petrol, dry fuel, firewood',
  'lid type': 'screw lid, flip lid, straw lid, loop lid',
  'hose length': several('m', '10, 15, 20, 25, 30'),
  fitting: 'half inch, five eighths, three quarters, one inch',
  mounting: 'hook, pole, window cups, wall plate',
  'seat height': several('cm', '38, 42, 45, 48'),
  volume: several('liter', '12, 18, 24, 32, 45'),
  'strap style': 'broad straps, chest belt, hip belt, single strap',
  'case size': 'cabin, middle, big, jumbo',
  'wheel type': 'two wheels, four wheels, swivel wheels',
  closure: 'zip, buckle, roll top, snap button, hook and loop',
  holds: '1 guitar, 2 guitars, 3 guitars, 5 guitars',
  'beat sound': 'click, wood block, chime, drum',
  'height range': '40 to 80 cm, 55 to 110 cm, 60 to 125 cm, 70 to 150 cm',
  'pad diameter': several('inch', '6, 8, 10, 12'),
  'yarn weight': 'lace, fingering, worsted, chunky',
  fiber: 'merino, cotton, alpaca, hemp, mohair',
  'paint type': 'watercolor, gouache, acrylic, oil, tempera',
  'handle shape': 'palm, straight, pear, octagon',
  picture: 'harbor, old town, waterfall, orchard, windmill, night market, balloons',
  surface: 'smooth, linen, glitter, glow',
  'language edition': 'english, french, spanish, polish, danish, dutch',
  players: '1 player, 2 players, 2 to 4 players, 3 to 6 players, 4 to 8 players',
  'box size': 'pocket, middle, full, family',
  'board size': several('cm', '20, 30, 40, 50'),
  'piece style': 'classic, modern, knights, abstract, animals',
  theme: 'bridges, castles, sailing ships, farm, space port, railway',
  'flavor name':
    'ginger, elderflower, raspberry, rhubarb, cinnamon, hibiscus, apple and pear, sea salt, orange peel, black currant',
  'pack size': 'single, pack of 2, pack of 4, pack of 6, pack of 12',
  form: 'loose leaves, tea bags, pyramid bags, pressed cubes',
  roast: 'blond, mild, full, italian, decaf',
  grind: 'filter, espresso, french press, moka pot, turkish',
  'cocoa content': several('percent', '40, 55, 70, 85, 99'),
  'bottle size': several('ml', '100, 250, 500, 750'),
  sweetness: 'no sugar, less sugar, honey, cane sugar',
  'clamp size': '22.2 mm, 25.4 mm, 31.8 mm',
  width: several('mm', '130, 143, 155, 168, 182'),
  'case type': 'pouch, hard case, wrap, tube',
  'tire type': 'road tires, gravel tires, city tires, tubeless tires',
};

/** The values that an option can have. */
export function valuesOf(option: string): readonly string[] {
  const list = new Map(Object.entries(lists)).get(option);
  if (list === undefined) throw new Error(`Not an option: ${option}`);
  return list.split(', ');
}
