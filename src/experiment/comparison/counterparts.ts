import type { Experiment } from '../../contracts/experiment.ts';

/** An agent or defense set, and the one that takes its place in the other run. */
export interface Counterpart {
  readonly before: string;
  readonly after: string;
}

export interface Counterparts {
  readonly agents: readonly Counterpart[];
  readonly defenses: readonly Counterpart[];
}

/** Who is compared with whom: equal names, and a single new one with the single one that is gone. */
export function counterpartsOf(before: Experiment, after: Experiment): Counterparts {
  return {
    agents: matched(before.agents, after.agents),
    defenses: matched(setNames(before), setNames(after)),
  };
}

function setNames({ defenses }: Experiment): string[] {
  return defenses.map(({ name }) => name);
}

function matched(before: readonly string[], after: readonly string[]): Counterpart[] {
  const gone = before.filter((name) => !after.includes(name));
  const added = after.filter((name) => !before.includes(name));
  const [replaced, replacement] = [gone[0], added[0]];
  const single = gone.length === 1 && added.length === 1;
  return before.flatMap((name) => {
    if (after.includes(name)) return [{ before: name, after: name }];
    return single && name === replaced && replacement !== undefined
      ? [{ before: name, after: replacement }]
      : [];
  });
}
