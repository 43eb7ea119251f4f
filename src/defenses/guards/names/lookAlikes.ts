import { wordsOf } from '../words.ts';

/** Letters of other scripts that are drawn like Latin ones (a choice from Unicode's confusables, UTS #39). */
const drawnAlike: Readonly<Record<string, string>> = {
  // Cyrillic
  ...pairs(
    'аӑӓ:a,в:b,сҫ:c,ԁ:d,еёӗ:e,ғ:f,һ:h,іїӏ:i,ј:j,к:k,м:m,п:n,оӧө:o,р:p,ԛ:q,ѕ:s,т:t,ц:u,ѵ:v,ԝ:w,хҳ:x,уўү:y,з:3',
  ),
  ...pairs('А:A,В:B,С:C,Е:E,Н:H,І:I,Ј:J,К:K,М:M,О:O,Р:P,Ѕ:S,Т:T,Х:X,У:Y'),
  // Greek
  ...pairs('α:a,β:b,ε:e,η:n,ι:i,κ:k,ν:v,ο:o,ρ:p,τ:t,υ:u,χ:x,γ:y,ω:w'),
  ...pairs('Α:A,Β:B,Ε:E,Ζ:Z,Η:H,Ι:I,Κ:K,Μ:M,Ν:N,Ο:O,Ρ:P,Τ:T,Υ:Y,Χ:X'),
  // Armenian, Latin letters that are rarely meant
  ...pairs('օ:o,ո:n,ս:u,հ:h,ց:g,ı:i,ɑ:a,ɡ:g,ǀ:l,ſ:s'),
};

function pairs(list: string): Record<string, string> {
  return Object.fromEntries(
    list.split(',').flatMap((pair) => {
      const [from = '', to = ''] = pair.split(':');
      return Array.from(from, (letter) => [letter, to] as const);
    }),
  );
}

const foreign = new RegExp(`[${Object.keys(drawnAlike).join('')}]`, 'gu');

/** The text with letters that are drawn like Latin ones as those. */
export function foldLookAlikes(text: string): string {
  return text.replace(foreign, (letter) => drawnAlike[letter] ?? letter);
}

/** Longest name that is compared. */
const maxName = 256;
/** Words behind a name that make another version of it. */
const versionWords = new Set([
  'new',
  'old',
  'latest',
  'beta',
  'alpha',
  'pro',
  'plus',
  'alt',
  'next',
  'updated',
]);
const isVersion = (word: string): boolean => /^v?[0-9]+$/.test(word) || versionWords.has(word);

/**
 * What a reader takes a name for: without case, separators, versions, plural endings and letters of other scripts.
 * Two names with the same shape look alike.
 */
export function shapeOf(name: string): string {
  const plain = foldLookAlikes(
    name
      .slice(0, maxName)
      .normalize('NFKC')
      .replace(/\p{Default_Ignorable_Code_Point}/gu, ''),
  );
  const words = wordsOf(plain);
  const last = words.findLastIndex((word) => !isVersion(word));
  const meant = last < 0 ? words : words.slice(0, last + 1);
  return meant
    .join('')
    .replace(/(?<=\p{L}{3})v?[0-9]+$/u, '')
    .replaceAll('0', 'o')
    .replaceAll('1', 'l');
}
