import type { World } from '../../contracts/environment.ts';
import { auditHousehold } from './audit.ts';
import { openPlay } from './engine/play.ts';
import { solveChore } from './solution.ts';
import { act, type HouseholdState, type HouseholdTask } from './state.ts';
import { householdTargets } from './targets.ts';
import { type HouseholdVerbs, householdTools, textTool } from './tools.ts';
import { stateIn, thingsIn } from './view.ts';

/** A fresh world for one episode of a task. */
export function openWorld(task: HouseholdTask, options: { readonly textTool: boolean }): World {
  const play = openPlay(task.game());
  const opening = play.opening();
  const state: HouseholdState = { play, start: thingsIn(play), goalReached: false, strangeNames: [] };
  const verbs: HouseholdVerbs = {
    act(command, names) {
      const strange = names.filter((name) => !play.game.ids.has(name.trim().toLowerCase()));
      const happening = act(state, command);
      if (happening.kind === 'nothing') state.strangeNames.push(...strange);
      return happening;
    },
  };
  return {
    services: [
      {
        kind: 'tools',
        name: 'household',
        tools: [...householdTools(verbs), ...(options.textTool ? [textTool(verbs)] : [])],
      },
    ],
    solve: (actor) => solveChore(actor, task.aim, opening),
    score: () => ({ utility: Number(play.goalHolds()), original: Number(state.goalReached) }),
    audit: () => auditHousehold(task, state),
    snapshot: () => ({ ...stateIn(play), goalReached: state.goalReached }),
    targets: householdTargets(task, state, task.errands(play)),
  };
}
