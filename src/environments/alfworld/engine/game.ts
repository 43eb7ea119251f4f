import type { Action, Domain, Problem } from '../pddl/domain.ts';
import { type Effect, type Formula, namesIn } from '../pddl/formula.ts';
import { predicatesRead, type TextRules } from '../text/rules.ts';
import { createFacts, type Facts } from './facts.ts';
import type { Things } from './logic.ts';

/** Rules that many games share. */
export interface Rulebook {
  readonly domain: Domain;
  readonly texts: TextRules;
  /** Predicates that an action or a text depends on. */
  readonly read: ReadonlySet<string>;
  /** Predicates that actions can change, and their denials. */
  readonly changing: ReadonlySet<string>;
}

export function createRulebook(domain: Domain, texts: TextRules): Rulebook {
  return { domain, texts, read: readBy(domain, texts), changing: changedBy(domain.actions) };
}

/** One game, ready to be played any number of times. */
export interface Game {
  readonly rulebook: Rulebook;
  readonly things: Things;
  /** Names as players know them, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Ids by name. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  readonly start: Facts;
  readonly goal: Formula;
  /** The job in words. */
  readonly job: string;
  /** Predicates that anything depends on. */
  readonly watched: ReadonlySet<string>;
}

export interface GameParts {
  readonly rulebook: Rulebook;
  readonly problem: Problem;
  /** From the ids in the start state to names. */
  naming(ids: readonly string[]): ReadonlyMap<string, string>;
  readonly job: string;
}

export function createGame({ rulebook, problem, naming, job }: GameParts): Game {
  const names = naming([...new Set(problem.facts.flatMap(({ args }) => args))].sort());
  const ids = new Map<string, string[]>();
  for (const [id, name] of names) ids.set(name, [...(ids.get(name) ?? []), id]);
  return {
    rulebook,
    things: thingsIn(problem, rulebook.domain),
    names,
    ids,
    start: createFacts(problem.facts),
    goal: problem.goal,
    job,
    watched: new Set([...rulebook.read, ...namesIn(problem.goal).predicates]),
  };
}

function thingsIn({ types }: Problem, domain: Domain): Things {
  const isKind = (type: string | undefined, of: string): boolean => {
    for (let kind = type, steps = 0; kind !== undefined && steps <= domain.types.size; steps++) {
      if (kind === of) return true;
      kind = domain.types.get(kind);
    }
    return false;
  };
  const byType = new Map<string, readonly string[]>();
  return {
    ofType(type) {
      const known = byType.get(type) ?? [...types].filter(([, own]) => isKind(own, type)).map(([id]) => id);
      byType.set(type, known);
      return known;
    },
    isOfType: (id, type) => isKind(types.get(id), type),
  };
}

function readBy({ actions }: Domain, texts: TextRules): ReadonlySet<string> {
  const conditions = actions.flatMap(({ precondition, effects }) => [
    precondition,
    ...effects.flatMap((effect) => (effect.kind === 'when' ? [effect.condition] : [])),
  ]);
  const told = predicatesRead(texts).map((name) => name.replace(/^not_/, ''));
  return new Set([...conditions.flatMap((formula) => namesIn(formula).predicates), ...told]);
}

function changedBy(actions: readonly Action[]): ReadonlySet<string> {
  const changed = (effect: Effect): string[] =>
    effect.kind === 'when' ? effect.effects.flatMap(changed) : [effect.atom.predicate];
  const names = actions.flatMap(({ effects }) => effects.flatMap(changed));
  return new Set(names.flatMap((name) => [name, `not_${name}`]));
}
