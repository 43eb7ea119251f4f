/** Longer words are not compared; no id or key of ours comes near. */
const maxLength = 80;

/** The candidate that `word` most likely was meant to be; undefined when none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > maxLength) return undefined;
  const wanted = word.toLowerCase();
  const tolerance = Math.max(wanted.length < 4 ? 1 : 2, Math.floor(wanted.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance <= tolerance && (best === undefined || distance < best.distance))
      best = { candidate, distance };
  }
  return best?.candidate ?? candidates.find((candidate) => wanted.length >= 3 && candidate.includes(wanted));
}

/** Levenshtein's distance: insertions, deletions and replacements of single characters. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** Candidates that are named; more would bury the message. */
const mostNamed = 12;

/** What to do about an unknown word: the near one, or what there is. */
export function suggestion(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  if (near !== undefined) return `did you mean ${near}?`;
  if (candidates.length === 0) return 'there are none';
  const named = candidates.slice(0, mostNamed).join(', ');
  const more = candidates.length - mostNamed;
  return `use one of: ${named}${more > 0 ? `, and ${more} more` : ''}`;
}
