import type { TextFinding } from '../../textDetector.ts';

const hidingStyle =
  /display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse)|font-size\s{0,9}:\s{0,9}0*1?(?:px|pt|em|rem|%)?\s{0,9}(?:[;"'!]|$)|opacity\s{0,9}:\s{0,9}0?(?:\.0)?\s{0,9}(?:[;"'!]|$)|color\s{0,9}:\s{0,9}transparent/i;
const tags = /<[a-z][^<>]*>/gi;
const anyTag = /<[^<>]*>/g;
const styleOf = /\bstyle\s{0,9}=|\shidden(?=[\s=>/])/i;
const markdownComments = /^ {0,3}\[(?:\/\/|comment|_|>)?\]:\s{0,9}(?:#|<>)\s{0,9}(["'(][^\n]*)$/gim;
const word = /\p{L}[\p{L}']{0,30}/gu;

/** As many words as an instruction has; comments below that are notes and switches of tools. */
const fewestWords = 12;
/** Text of a hidden element that is looked at. */
const longestElement = 4000;

/** Comments and hidden elements that hold sentences, which a page does not show and a model reads. */
export function findMarkup(text: string): TextFinding | undefined {
  return findComment(text) ?? findHiddenElement(text);
}

function findComment(text: string): TextFinding | undefined {
  for (let at = text.indexOf('<!--'); at >= 0; ) {
    const end = text.indexOf('-->', at + 4);
    const comment = text.slice(at + 4, end < 0 ? text.length : end);
    if (holdsSentence(comment)) return finding('a sentence in an HTML comment', comment);
    at = end < 0 ? -1 : text.indexOf('<!--', end);
  }
  if (!text.includes(']:')) return undefined;
  for (const [comment, inner = ''] of text.matchAll(markdownComments))
    if (holdsSentence(inner)) return finding('a sentence in a Markdown comment', comment);
  return undefined;
}

function findHiddenElement(text: string): TextFinding | undefined {
  if (!text.includes('<')) return undefined;
  for (const match of text.matchAll(tags)) {
    const [tag] = match;
    if (!styleOf.test(tag) || !(hidingStyle.test(tag) || /\shidden(?=[\s=>/])/i.test(tag))) continue;
    const from = match.index + tag.length;
    const rest = text.slice(from, from + longestElement);
    const end = rest.indexOf('</');
    const inner = (end < 0 ? rest : rest.slice(0, end)).replace(anyTag, ' ');
    if (holdsSentence(inner)) return finding('a sentence in a hidden element', tag + inner);
  }
  return undefined;
}

function finding(reason: string, excerpt: string): TextFinding {
  return { score: 0.8, reason, excerpt };
}

function holdsSentence(text: string): boolean {
  let words = 0;
  for (const _ of text.matchAll(word)) if (++words >= fewestWords) return true;
  return false;
}
