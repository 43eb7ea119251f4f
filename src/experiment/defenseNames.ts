import type { Experiment } from '../contracts/experiment.ts';

/** The name of the experiment's defense set that is meant: a stack may be named without its version. */
export function defenseNamed({ defenses }: Experiment, name: string): string {
  if (defenses.some((each) => each.name === name)) return name;
  return defenses.find((each) => each.name.startsWith(`${name}@`))?.name ?? name;
}
