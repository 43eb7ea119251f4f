import type { Rng } from '../../../contracts/seed.ts';
import { type DecimalFormat, decimal } from '../grid/format.ts';

/** A column of numbers: their format, and the range they come from in the smallest unit shown. */
export interface NumberColumn {
  readonly title: string;
  readonly format: DecimalFormat;
  readonly low: number;
  readonly high: number;
}

/** A kind of table: one row per label, in groups, with numbers and a closing text. All names are invented. */
export interface TableKind {
  readonly sheet: string;
  readonly label: string;
  readonly labels: readonly string[];
  readonly group: string;
  readonly groups: readonly string[];
  readonly numbers: readonly NumberColumn[];
  readonly closing: string;
  readonly closings: readonly string[];
}

/** A kind whose first two numbers can be multiplied. */
export interface ProductKind extends TableKind {
  readonly product: string;
}

function numbers(
  title: string,
  decimals: number,
  [low, high]: readonly [number, number],
  grouped = false,
): NumberColumn {
  return { title, format: decimal(decimals, grouped), low, high };
}

const people = [
  'Ada Brook',
  'Bela Stone',
  'Cem Walden',
  'Dora Lindt',
  'Emil Karst',
  'Fay Orchard',
  'Gil Marsh',
  'Hedda Quill',
  'Ivo Tanner',
  'Juna Perez',
  'Kolja Frost',
  'Lene Harbor',
  'Milo Castell',
  'Nadia Crow',
  'Orin Slate',
  'Petra Vane',
  'Quint Ebert',
  'Rosa Dahl',
  'Silas Moor',
  'Tilda Birch',
];

/** Tables with a product. */
export const productKinds: readonly ProductKind[] = [
  {
    sheet: 'Stock',
    label: 'Item',
    labels: [
      'anvil',
      'basket',
      'compass',
      'dustpan',
      'easel',
      'funnel',
      'gimlet',
      'hammock',
      'inkwell',
      'jug',
      'kettle',
      'lantern',
      'mallet',
      'notebook',
      'oilcan',
      'pulley',
      'quilt',
      'rasp',
      'sieve',
      'trowel',
    ],
    group: 'Category',
    groups: ['Workshop', 'Kitchen', 'Garden', 'Office', 'Camping'],
    numbers: [
      numbers('Unit Price', 2, [120, 9_900]),
      numbers('Units', 0, [2, 90]),
      numbers('Rating', 1, [21, 50]),
    ],
    closing: 'Shelf',
    closings: ['Shelf A', 'Shelf B', 'Shelf C', 'Shelf D'],
    product: 'Stock Value',
  },
  {
    sheet: 'Jobs',
    label: 'Job',
    labels: [
      'Clean the gutters',
      'Oil the gate',
      'Paint the fence',
      'Prune the hedge',
      'Repair the pump',
      'Replace the lamps',
      'Sand the benches',
      'Seal the windows',
      'Sort the archive',
      'Test the alarms',
      'Tile the entrance',
      'Trim the lawn',
      'Varnish the doors',
      'Wash the awnings',
      'Wire the shed',
      'Check the boiler',
    ],
    group: 'Team',
    groups: ['Heron', 'Kestrel', 'Osprey', 'Plover'],
    numbers: [
      numbers('Hours', 0, [2, 60]),
      numbers('Hourly Rate', 2, [1_800, 6_500]),
      numbers('Visits', 0, [1, 40]),
    ],
    closing: 'Status',
    closings: ['Planned', 'Running', 'Waiting', 'Done'],
    product: 'Cost',
  },
  {
    sheet: 'Bookings',
    label: 'Guest',
    labels: people,
    group: 'House',
    groups: ['Lake House', 'Mill House', 'Pine House', 'Tower House'],
    numbers: [
      numbers('Nights', 0, [1, 30]),
      numbers('Price per Night', 2, [4_500, 28_000]),
      numbers('Deposit', 2, [2_000, 90_000], true),
    ],
    closing: 'Board',
    closings: ['Breakfast', 'Half board', 'Full board', 'No meals'],
    product: 'Stay Total',
  },
  {
    sheet: 'Expenses',
    label: 'Purpose',
    labels: [
      'Archive visit',
      'Bridge survey',
      'Concert rehearsal',
      'Dike inspection',
      'Exhibition opening',
      'Field course',
      'Forest count',
      'Glass fair',
      'Harbor tour',
      'Island transfer',
      'Jury meeting',
      'Library exchange',
      'Mine safety day',
      'Night watch',
      'Orchard contest',
      'Press talk',
    ],
    group: 'Department',
    groups: ['Design', 'Finance', 'Research', 'Service'],
    numbers: [
      numbers('Cost per Trip', 2, [5_000, 240_000], true),
      numbers('Trips', 0, [1, 25]),
      numbers('Advance', 2, [1_000, 99_000], true),
    ],
    closing: 'Approved by',
    closings: ['M. Alder', 'S. Brandt', 'T. Cordes', 'U. Dreyer'],
    product: 'Trip Total',
  },
];

/** Tables whose numbers can be added up row by row. */
export const seriesKinds: readonly TableKind[] = [
  {
    sheet: 'Grades',
    label: 'Student',
    labels: people,
    group: 'Group',
    groups: ['Amber', 'Cobalt', 'Jade', 'Ochre'],
    numbers: ['Algebra', 'Botany', 'Drawing', 'Geography'].map((title) => numbers(title, 0, [35, 100])),
    closing: 'Mentor',
    closings: ['Mr. Abel', 'Ms. Bracken', 'Mr. Cullen', 'Ms. Dorn'],
  },
  {
    sheet: 'Sales',
    label: 'Branch',
    labels: [
      'Aldermoor',
      'Brackenford',
      'Castelvento',
      'Dunholme',
      'Elmswick',
      'Farrowgate',
      'Greywater',
      'Hollin Bay',
      'Inverlee',
      'Juniper Hill',
      'Kettleby',
      'Larkstone',
      'Merrowdown',
      'Northquay',
      'Oxenford',
      'Pellworth',
    ],
    group: 'Region',
    groups: ['Coast', 'Hills', 'Lakes', 'Plains'],
    numbers: ['January', 'February', 'March', 'April'].map((title) =>
      numbers(title, 2, [80_000, 990_000], true),
    ),
    closing: 'Manager',
    closings: ['R. Ebner', 'L. Falk', 'N. Gruber', 'J. Hollis'],
  },
];

export const allKinds: readonly TableKind[] = [...productKinds, ...seriesKinds];

/** One of the kinds, with the week in the name of its sheet. */
export function pickKind<Kind extends TableKind>(rng: Rng, kinds: readonly Kind[]): Kind {
  const kind = rng.pick(kinds);
  return { ...kind, sheet: `${kind.sheet} W${rng.int(10, 52)}` };
}
