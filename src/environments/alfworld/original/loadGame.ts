import { createGame, createRulebook, type Game, type Rulebook } from '../engine/game.ts';
import { parseDomain, parseProblem } from '../pddl/domain.ts';
import { UnfitGame } from '../pddl/unfit.ts';
import type { GameFile } from './files.ts';
import { parseGrammar } from './grammar.ts';
import { nameThings } from './naming.ts';

/** Loads games; rules that several games share are read once. */
export interface GameLoader {
  /** @throws UnfitGame */
  load(file: GameFile): Game;
}

export function createLoader(): GameLoader {
  const rulebooks = new Map<string, Map<string, Rulebook>>();
  const rulebookOf = ({ key, domain, grammar }: GameFile): Rulebook => {
    if (domain === undefined || grammar === undefined) {
      throw new UnfitGame(`the file does not hold the domain or the grammar of ${key}`);
    }
    const ofDomain = rulebooks.get(domain) ?? new Map<string, Rulebook>();
    const known = ofDomain.get(grammar) ?? createRulebook(parseDomain(domain), parseGrammar(grammar));
    rulebooks.set(domain, ofDomain.set(grammar, known));
    return known;
  };
  return {
    load(file) {
      const rulebook = rulebookOf(file);
      const problem = parseProblem(file.written.problem, rulebook.domain);
      return createGame({ rulebook, problem, naming: nameThings, job: file.written.task });
    },
  };
}
