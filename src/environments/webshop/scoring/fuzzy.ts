/**
 * How alike two texts are as sets of words, 0 to 100, whole numbers: the best of three comparisons between the
 * words they share, and these with the rest of the one and of the other. This is `token_set_ratio` of the fuzzy
 * matching library that WebShop uses; letters outside ASCII are left out.
 */
export function tokenSetRatio(one: string, other: string): number {
  const a = tokens(one);
  const b = tokens(other);
  if (a.size === 0 || b.size === 0) return 0;
  const shared = [...a].filter((token) => b.has(token)).sort();
  const restOfA = [...a].filter((token) => !b.has(token)).sort();
  const restOfB = [...b].filter((token) => !a.has(token)).sort();
  const texts = [shared, [...shared, ...restOfA], [...shared, ...restOfB]].map((list) => list.join(' '));
  const [common = '', first = '', second = ''] = texts;
  return Math.max(ratio(common, first), ratio(common, second), ratio(first, second));
}

function tokens(text: string): ReadonlySet<string> {
  const plain = text.replace(/[^ -~\s]/g, '').toLowerCase();
  return new Set(plain.split(/[^a-z0-9_]+/).filter((token) => token !== ''));
}

/** Twice the longest common subsequence in proportion to both lengths, in percent. */
function ratio(one: string, other: string): number {
  if (one === '' || other === '') return 0;
  return Math.round((200 * commonLength(one, other)) / (one.length + other.length));
}

function commonLength(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, () => 0);
  for (const letter of one) {
    const above = row;
    row = [0];
    for (let at = 1; at <= other.length; at++) {
      const match = letter === other[at - 1] ? (above[at - 1] ?? 0) + 1 : 0;
      row.push(Math.max(match, above[at] ?? 0, row[at - 1] ?? 0));
    }
  }
  return row[other.length] ?? 0;
}
