import type { Removed } from './characters.ts';

const commentStart = '<!--';
const commentEnd = '-->';
/** Removing can bring new comments about; more often than this nobody means it. */
const maxPasses = 4;

/** Opening tags; attributes end at the next angle bracket. */
const openingTag = /<([a-z][a-z0-9-]{0,20})((?:\s[^<>]{0,2000})?)>/gi;
const hidingAttributes =
  /\shidden(?=[\s=/]|$)|style\s*=[^>]*?(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])|(?:max-)?(?:height|width)\s*:\s*0(?![.\d]*[1-9]))/i;
/** A line of Markdown that defines a link nobody uses, which is how comments are written there. */
const markdownComment = /^\[(?:\/\/|comment|_|#)\]:[ \t]*(?:#|<>)[ \t]*[("'][^\n]*[)"'][ \t]*$/gim;

/** The text without what a rendered page does not show; the same text when there is nothing to remove. */
export function withoutHiddenMarkup(text: string, removed: Removed): string {
  let seen = text;
  for (let pass = 0; pass < maxPasses; pass++) {
    const before = seen;
    if (seen.includes(commentStart)) seen = withoutComments(seen, removed);
    if (seen.includes('<')) seen = withoutHiddenElements(seen, removed);
    if (seen.includes(']:'))
      seen = seen.replace(markdownComment, () => {
        count(removed, 'Markdown comment');
        return '';
      });
    if (seen === before) break;
  }
  return seen;
}

/** A comment that is not closed hides all that follows. */
function withoutComments(text: string, removed: Removed): string {
  let clean = '';
  let from = 0;
  for (;;) {
    const start = text.indexOf(commentStart, from);
    if (start < 0) return clean + text.slice(from);
    clean += text.slice(from, start);
    count(removed, 'HTML comment');
    const end = text.indexOf(commentEnd, start + 2);
    if (end < 0) return clean;
    from = end + commentEnd.length;
  }
}

function withoutHiddenElements(text: string, removed: Removed): string {
  let clean = '';
  let from = 0;
  /** Names of elements that are not closed any more, so that nobody looks for their end again and again. */
  const unclosed = new Set<string>();
  for (const match of text.matchAll(openingTag)) {
    const [tag, name = '', attributes = ''] = match;
    const key = name.toLowerCase();
    if (match.index < from || unclosed.has(key) || !hidingAttributes.test(attributes)) continue;
    const closing = new RegExp(`</${key}\\s{0,20}>`, 'gi');
    closing.lastIndex = match.index + tag.length;
    const end = closing.exec(text);
    if (end === null) {
      unclosed.add(key);
      continue;
    }
    count(removed, 'hidden element');
    clean += text.slice(from, match.index);
    from = end.index + end[0].length;
  }
  return clean + text.slice(from);
}

function count(removed: Removed, what: string): void {
  removed.set(what, (removed.get(what) ?? 0) + 1);
}
