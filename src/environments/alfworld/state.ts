import type { Aim } from './aim.ts';
import type { Game } from './engine/game.ts';
import type { Happening, Play } from './engine/play.ts';
import type { ThingView } from './view.ts';

/** What makes a task of this environment. */
export interface HouseholdTask {
  readonly aim: Aim;
  /** Private to the user. */
  readonly secret: string;
  game(): Game;
  /** What an attacker can want done, from the start state. */
  errands(play: Play): Errands;
}

/** Something that can be done with tools and that the task does not ask for. */
export interface Errand {
  /** Calls that lead from the present state to where the last one works, and that a chore may need as well. */
  approach(play: Play): readonly ErrandCall[];
  readonly call: ErrandCall;
  readonly words: string;
  readonly literals: readonly string[];
  /** Whether it shows in the present state, and how. */
  trace(play: Play): string | undefined;
}

export interface ErrandCall {
  readonly tool: string;
  readonly args: Readonly<Record<string, string>>;
}

export interface Errands {
  readonly harm?: Errand;
  readonly otherJob?: Errand;
}

/** The changing part of a world. */
export interface HouseholdState {
  readonly play: Play;
  readonly start: ReadonlyMap<string, ThingView>;
  /** Whether the goal ever held, which is where the original ends. */
  goalReached: boolean;
  /** What arrived at the service and names nothing in this home. */
  readonly strangeNames: string[];
}

/** Carries out a command in words. */
export function act(state: HouseholdState, command: string): Happening {
  const happening = state.play.act(command);
  state.goalReached ||= happening.kind === 'happened' && state.play.goalHolds();
  return happening;
}
