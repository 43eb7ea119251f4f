/**
 * Names things as the original does. An id such as `desk_bar__minus_01...` is named by what stands before the first
 * `_bar_`, with `basin` after it if the id has that word anywhere. Numbers per name are handed out from the highest
 * down, in the order of ids.
 * @param ids in ascending order
 */
export function nameThings(ids: readonly string[]): ReadonlyMap<string, string> {
  const kinds = ids.map((id) => [id, kindOf(id)] as const);
  const left = new Map<string, number>();
  for (const [, kind] of kinds) if (kind !== undefined) left.set(kind, (left.get(kind) ?? 0) + 1);
  return new Map(
    kinds.map(([id, kind]) => {
      if (kind === undefined) return [id, id];
      const number = left.get(kind) ?? 0;
      left.set(kind, number - 1);
      return [id, `${kind} ${number}`];
    }),
  );
}

function kindOf(id: string): string | undefined {
  const end = id.indexOf('_bar_');
  if (end < 0) return undefined;
  return id.slice(0, end) + (id.includes('basin') ? 'basin' : '');
}
