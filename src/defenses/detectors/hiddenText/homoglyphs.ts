import type { TextFinding } from '../../textDetector.ts';

/** Letters of other scripts beside the ASCII letter they look like; capitals and small letters as they are drawn. */
const cyrillic = 'аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwӏlѵvАAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXԌGԚQԜWҮYӀI';
const greek = 'αaιiκkνvοoρpτtυuχxϲcϳjΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϹC';
const armenian = 'օoսuոnհhցgզqՏSՍUՕO';

const lookAlikes = new Map(
  [cyrillic, greek, armenian].flatMap((pairs) =>
    (pairs.match(/../gu) ?? []).map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
  ),
);
const anyLookAlike = new RegExp(`[${[...lookAlikes.keys()].join('')}]`);
/** Letters in other dress: fullwidth, circled, mathematical. Their ASCII letters follow from NFKC. */
const dressed = /[\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9]|[\u{1d400}-\u{1d6a5}]|[\u{1d7ca}-\u{1d7cb}]/u;
const dressedWords = /(?:[\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9]|[\u{1d400}-\u{1d6a5}]){3,40}/gu;
const eastAsian = /[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}]/u;
const words = /\p{L}{2,60}/gu;
const asciiLetter = /[A-Za-z]/;
const greekLetter = /\p{Script=Grek}/u;

/** Shorter words with a Greek letter are formulas. */
const shortestWithGreek = 4;
/** A foreign word that folds by chance is shorter. */
const shortestWhole = 5;
/** Fewer words in other dress are a heading or a variable. */
const dressedLimit = 3;

/** Words that mix Latin letters with letters of other scripts that look like Latin ones. */
export function findHomoglyphs(text: string): TextFinding | undefined {
  const mixed = anyLookAlike.test(text) ? mixedWords(text) : [];
  if (mixed.length > 0) return finding('letters that only look like Latin ones', mixed);
  // Fullwidth letters are at home in East Asian text.
  if (!dressed.test(text) || eastAsian.test(text)) return undefined;
  const found = (text.match(dressedWords) ?? []).slice(0, dressedLimit);
  return found.length < dressedLimit ? undefined : finding('words in letters that fold to ASCII', found);
}

/** The words and what they fold to, as evidence. */
function finding(reason: string, found: readonly string[]): TextFinding {
  const shown = found.slice(0, 8).map((word) => `${word} (${fold(word)})`);
  return { score: found.length > 1 ? 1 : 0.7, reason, excerpt: shown.join(' ') };
}

function fold(word: string): string {
  return Array.from(word, (letter) => lookAlikes.get(letter) ?? letter.normalize('NFKC')).join('');
}

const mostWords = 8;

function mixedWords(text: string): string[] {
  const found: string[] = [];
  /** Words that are wholly of look-alikes, and whether the text has other words of these scripts. */
  const whole: string[] = [];
  let foreign = 0;
  let latin = 0;
  for (const [word] of text.matchAll(words)) {
    const kind = kindOf(word);
    if (kind === 'mixed' && found.push(word) >= mostWords) break;
    if (kind === 'whole') whole.push(word);
    if (kind === 'foreign') foreign++;
    if (kind === 'latin') latin++;
  }
  const lone = foreign === 0 && latin >= 3 ? whole.filter((word) => word.length >= shortestWhole) : [];
  return [...found, ...lone];
}

/** `whole`: all letters are look-alikes. `mixed`: some are, and the others ASCII letters. */
function kindOf(word: string): 'latin' | 'mixed' | 'whole' | 'foreign' {
  let ascii = 0;
  let alike = 0;
  for (const letter of word) {
    if (asciiLetter.test(letter)) ascii++;
    else if (lookAlikes.has(letter)) alike++;
    else return /\p{Script=Latn}/u.test(letter) ? 'latin' : 'foreign';
  }
  if (alike === 0) return 'latin';
  if (ascii === 0) return 'whole';
  return greekLetter.test(word) && word.length < shortestWithGreek ? 'latin' : 'mixed';
}
