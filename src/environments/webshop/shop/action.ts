/** An action in the original's text form. */
export type Action =
  | { readonly verb: 'search' | 'click'; readonly argument: string }
  | { readonly verb: 'none' };

/**
 * Reads `search[keywords]` or `click[value]` as WebShop does: on the first line, with the last bracket that opens
 * before the last one that closes. Verbs are in lower case, arguments in any.
 */
export function readAction(text: string): Action {
  const [line = ''] = text.split('\n', 1);
  const close = line.lastIndexOf(']');
  const open = close < 2 ? -1 : line.lastIndexOf('[', close - 2);
  const verb = line.slice(0, Math.max(open, 0));
  if (verb !== 'search' && verb !== 'click') return { verb: 'none' };
  return { verb, argument: line.slice(open + 1, close).toLowerCase() };
}
