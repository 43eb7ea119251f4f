/**
 * Words for colors and their shades, in alphabetical order, which decides when a text holds several. A rare word
 * that the original knows and this list does not makes a difference only inside of longer words.
 */
const colorWords = (
  'alabaster apricot aqua ash azure beige black blue blush bordeaux bronze brown burgundy camel camo ' +
  'caramel champagne charcoal chestnut chocolate coffee cognac copper coral cream dark denim eggplant ' +
  'espresso fuchsia gold granite grape graphite gray green grey heather indigo ivory khaki lavender ' +
  'lemon leopard light lilac lime magenta maroon mauve midnight mint mocha multicolor mustard natural ' +
  'navy nude olive orange peach pewter pink plum purple rainbow red rose royal rust sand sapphire ' +
  'silver slate steel stone tan taupe teal turquoise violet walnut wheat white wine yellow'
).split(' ');

/** The first color word, by the alphabet, that stands anywhere in the text, also inside a word. */
export function colorIn(text: string): string {
  return colorWords.find((color) => text.includes(color)) ?? text;
}

/** Whether the text is a color word and nothing else. */
export function isColor(text: string): boolean {
  return colorWords.includes(text);
}
