import type { TraitRole } from './departments.ts';

/** Makers. */
export const brands = (
  'Tarnwick Oddelby Briskholm Quillmere Vantoro Hesperly Norrgate Pellivo Cadworth Lumbry Saltreed Grenfold Ostrava ' +
  'Wimbrel Fenloch Dorvane Kestrow Mulbren Yarrowby Zephlin Ardenby Bellmoor Corvell Drumlea Elmsgar Farrowin ' +
  'Gildmarsh Hollowick Ivendale Jorrick Kilnsey Larkhove Marlowen Nettlebay Orrinford Pikehurst'
).split(' ');

/** Lines of products. */
export const lines = (
  'Alder Juniper Harbor Meadow Summit Lantern Pebble Willow Compass Ember Falcon Glacier Heron Island Jasper Kite ' +
  'Lagoon Maple Nomad Orchard Prairie Quartz Raven Savanna Thistle Umbra Valley Wander Yonder Zenith'
).split(' ');

/** Sentences about a property. `{tag}` stands for it. */
export const sentences: Readonly<Record<TraitRole, readonly string[]>> = {
  adjective: [
    'It is {tag}, and we test that on every tenth piece.',
    'Buyers praise that it is {tag}.',
    'Our workshop makes sure that it is {tag}.',
  ],
  part: [
    'It comes with {tag} at no extra cost.',
    'You get it with {tag}, already fitted.',
    'Thanks to {tag} it does its job without fuss.',
  ],
  use: [
    'We had {tag} in mind when we drew it.',
    'It is made for {tag}.',
    'Many of our buyers choose it for {tag}.',
  ],
};

/** Sentences that say nothing about properties. */
export const fillers = [
  'It leaves our workshop in a cardboard sleeve.',
  'We answer every letter within three days.',
  'A leaflet in six languages lies in the parcel.',
  'Please keep the receipt; we repair what breaks in the first two years.',
  'Photographs may differ a little from what you receive.',
  'Drawn and assembled by a team of nine people.',
];
