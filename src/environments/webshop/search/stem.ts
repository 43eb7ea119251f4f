/**
 * The stem of an English word in lower case, by Porter's algorithm (M. F. Porter, "An algorithm for suffix
 * stripping", Program 14(3), 1980).
 */
export function stem(word: string): string {
  if (word.length < 3) return word;
  const steps = [plural, pastForms, finalY, doubleSuffixes, singleSuffixes, bareSuffixes, finalE, finalL];
  return steps.reduce((stemmed, step) => step(stemmed), word);
}

function isConsonant(word: string, at: number): boolean {
  const letter = word.charAt(at);
  if ('aeiou'.includes(letter)) return false;
  return letter !== 'y' || at === 0 || !isConsonant(word, at - 1);
}

/** How often a vowel is followed by a consonant: Porter's m. */
function measure(word: string): number {
  let count = 0;
  for (let at = 1; at < word.length; at++) {
    if (isConsonant(word, at) && !isConsonant(word, at - 1)) count++;
  }
  return count;
}

function hasVowel(word: string): boolean {
  for (let at = 0; at < word.length; at++) if (!isConsonant(word, at)) return true;
  return false;
}

function endsDoubled(word: string): boolean {
  const last = word.length - 1;
  return last > 0 && word[last] === word[last - 1] && isConsonant(word, last);
}

/** Ends in consonant, vowel, consonant, the last none of w, x, y: Porter's *o. */
function endsShort(word: string): boolean {
  const last = word.length - 1;
  if (last < 2 || 'wxy'.includes(word.charAt(last))) return false;
  return isConsonant(word, last) && !isConsonant(word, last - 1) && isConsonant(word, last - 2);
}

function plural(word: string): string {
  if (word.endsWith('sses') || word.endsWith('ies')) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function pastForms(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word;
  const ending = ['ed', 'ing'].find((suffix) => word.endsWith(suffix));
  const rest = ending === undefined ? '' : word.slice(0, -ending.length);
  return hasVowel(rest) ? mended(rest) : word;
}

/** What remains without -ed or -ing, as a word again. */
function mended(rest: string): string {
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
  if (endsDoubled(rest) && !/[lsz]$/.test(rest)) return rest.slice(0, -1);
  return measure(rest) === 1 && endsShort(rest) ? `${rest}e` : rest;
}

function finalY(word: string): string {
  return word.endsWith('y') && hasVowel(word.slice(0, -1)) ? `${word.slice(0, -1)}i` : word;
}

const doubles = pairs(
  'ational ate, tional tion, enci ence, anci ance, izer ize, bli ble, alli al, entli ent, eli e, ousli ous, ' +
    'ization ize, ation ate, ator ate, alism al, iveness ive, fulness ful, ousness ous, aliti al, iviti ive, biliti ble, logi log',
);
const singles = pairs('icate ic, ative , alize al, iciti ic, ical ic, ful , ness ');
const bare = 'ement ance ence able ible ment ant ent ism ate iti ous ive ize ion al er ic ou'.split(' ');

function pairs(text: string): readonly (readonly [string, string])[] {
  return text.split(', ').map((pair) => {
    const [from = '', to = ''] = pair.split(' ');
    return [from, to];
  });
}

function doubleSuffixes(word: string): string {
  return replaced(word, doubles);
}

function singleSuffixes(word: string): string {
  return replaced(word, singles);
}

/** Replaces the first suffix that fits, if the rest has a measure above 0. */
function replaced(word: string, suffixes: typeof doubles): string {
  const found = suffixes.find(([from]) => word.endsWith(from));
  if (!found) return word;
  const rest = word.slice(0, -found[0].length);
  return measure(rest) > 0 ? rest + found[1] : word;
}

function bareSuffixes(word: string): string {
  const suffix = bare.find((ending) => word.endsWith(ending));
  if (suffix === undefined) return word;
  const rest = word.slice(0, -suffix.length);
  if (suffix === 'ion' && !/[st]$/.test(rest)) return word;
  return measure(rest) > 1 ? rest : word;
}

function finalE(word: string): string {
  if (!word.endsWith('e')) return word;
  const rest = word.slice(0, -1);
  return measure(rest) > 1 || (measure(rest) === 1 && !endsShort(rest)) ? rest : word;
}

function finalL(word: string): string {
  return word.endsWith('ll') && measure(word) > 1 ? word.slice(0, -1) : word;
}
