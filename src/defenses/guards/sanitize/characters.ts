import { foldLookAlikes } from '../names/lookAlikes.ts';

/** What was taken out of, or changed in, a text: how often, by kind. */
export type Removed = Map<string, number>;

/** A kind of thing that is removed. Patterns take linear time. */
interface Rule {
  /** In the singular, for reports. */
  readonly what: string;
  readonly pattern: RegExp;
  /** What takes its place; nothing if absent. */
  replace?(match: string): string;
}

/** Scripts whose letters join, so that joiners between them are spelling. */
const joining = [
  'Arabic',
  'Syriac',
  'Mongolian',
  'Devanagari',
  'Bengali',
  'Gujarati',
  'Kannada',
  'Malayalam',
  'Tamil',
  'Telugu',
  'Sinhala',
  'Khmer',
]
  .map((script) => String.raw`\p{Script=${script}}`)
  .join('');
const fromTheRight = String.raw`[\p{Script=Hebrew}\p{Script=Arabic}]`;
const marks = String.raw`[\u200E\u200F\u061C]`;

/**
 * Invisible characters that honest text needs: the flags of three regions, joiners inside emoji and between letters of
 * scripts that join, one variation selector behind an emoji or the base of a key, one direction mark beside a letter
 * that runs from the right, and a byte order mark at the very start.
 */
const honest = new RegExp(
  [
    String.raw`\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}`,
    String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})`,
    String.raw`(?<=[\p{Extended_Pictographic}0-9#*])[\uFE0E\uFE0F](?![\uFE00-\uFE0F\u{E0100}-\u{E01EF}])`,
    String.raw`(?<=[${joining}])[\u200C\u200D](?=[${joining}\s.,!?]|$)`,
    `(?<=${fromTheRight})${marks}(?!${marks})`,
    `(?<!${marks})${marks}(?=${fromTheRight})`,
    String.raw`^\uFEFF`,
  ].join('|'),
  'gu',
);

const esc = '\u001b';
const bell = '\u0007';

/** What has no shape of its own. */
const hidden: readonly Rule[] = [
  {
    what: 'terminal sequence',
    // CSI, OSC and its kin up to their end, and short sequences (ECMA-48).
    pattern: new RegExp(
      [
        String.raw`(?:${esc}\[|\u009b)[0-?]*[ -/]*[@-~]`,
        String.raw`(?:${esc}[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^${bell}${esc}\u009c]*(?:${bell}|${esc}\\|\u009c)?`,
        `${esc}[ -/]*[0-~]?`,
      ].join('|'),
      'g',
    ),
  },
  { what: 'bidirectional control', pattern: /[\u202a-\u202e\u2066-\u2069]/g },
  { what: 'tag character', pattern: /[\u{e0000}-\u{e007f}]/gu },
  { what: 'invisible character', pattern: /\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu },
  {
    what: 'control character',
    pattern: /(?![\t\n\r\u0085])\p{Cc}/gu,
  },
];

/** What has another shape than meaning. */
const disguised: readonly Rule[] = [
  {
    what: 'letter in disguise',
    // Two or more letters or digits of full width, from mathematics or in circles, and words that mix scripts.
    pattern:
      /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7ff}\u24b6-\u24e9\u{1f130}-\u{1f189}]{2,}/gu,
    replace: (match) => match.normalize('NFKC'),
  },
  {
    what: 'letter in disguise',
    pattern:
      /(?<![\p{L}\p{M}])[\p{L}\p{M}]*[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}ıɑɡſ][\p{L}\p{M}]*/gu,
    replace: (match) => (isMostlyLatin(match) ? foldLookAlikes(match) : match),
  },
];

/** Symbols such as those of units and formulas are shorter. */
function isMostlyLatin(word: string): boolean {
  return word.length >= 4 && (word.match(/[A-Za-z]/g)?.length ?? 0) >= 2;
}

/** Most texts are of these characters alone, which the quickest test tells. */
const printable = /^[\t\n\r\x20-\x7e]*$/;
/** Quick tests, by which texts without any of this are known. */
const anyHidden = /[\p{Default_Ignorable_Code_Point}\p{Cc}\ufff9-\ufffb](?<![\t\n\r\u0085])/u;
const anyDisguised =
  /[\uff10-\uff5a\u{1d400}-\u{1d7ff}\u24b6-\u24e9\u{1f130}-\u{1f189}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}ıɑɡſ]/u;

/** The text without what a person cannot see; the same text when there is nothing to remove. */
export function withoutHiddenCharacters(text: string, removed: Removed): string {
  if (printable.test(text)) return text;
  const seen = anyHidden.test(text) ? withoutHidden(text, removed) : text;
  return anyDisguised.test(seen) ? apply(disguised, seen, removed) : seen;
}

function withoutHidden(text: string, removed: Removed): string {
  let clean = '';
  let from = 0;
  for (const { index, 0: kept } of text.matchAll(honest)) {
    clean += apply(hidden, text.slice(from, index), removed) + kept;
    from = index + kept.length;
  }
  return clean + apply(hidden, text.slice(from), removed);
}

function apply(rules: readonly Rule[], text: string, removed: Removed): string {
  return rules.reduce((seen, { what, pattern, replace }) => {
    const change = (match: string): string => {
      const changed = replace?.(match) ?? '';
      if (changed !== match) removed.set(what, (removed.get(what) ?? 0) + 1);
      return changed;
    };
    return seen.replace(pattern, change);
  }, text);
}
