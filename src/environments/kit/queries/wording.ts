/** Ways to read a question; the first whose expression fits and that makes something of it counts. */
export interface Pattern<Query> {
  readonly form: RegExp;
  make(parts: Readonly<Record<string, string>>): Query | undefined;
}

/** One way to read a question, by the named groups of an expression. */
export function pattern<Query>(
  form: RegExp,
  make: (parts: Readonly<Record<string, string>>) => Query | undefined,
): Pattern<Query> {
  return { form, make };
}

/** The expressions take more than linear time, so they get no long texts. */
const longestQuestion = 600;

export function readQuestion<Query>(
  text: string,
  patterns: readonly Pattern<Query>[],
): { readonly kind: 'read'; readonly query: Query } | { readonly kind: 'unread' } {
  if (text.length > longestQuestion) return { kind: 'unread' };
  for (const { form, make } of patterns) {
    const parts = form.exec(text)?.groups;
    const query = parts && make(parts);
    if (query !== undefined) return { kind: 'read', query };
  }
  return { kind: 'unread' };
}
