import type { Start } from './generate.ts';
import {
  type Cell,
  copyScene,
  isPassable,
  neighborOf,
  putThing,
  type Scene,
  type Thing,
  thingAt,
  turned,
} from './grid.ts';
import type { Primitive } from './paths.ts';
import { createSituation, type Situation } from './situation.ts';
import { createVerifier, type Verdict } from './verifier.ts';

/** What an action in the original's words comes to. */
export interface Outcome {
  readonly kind: 'done' | 'no-change' | 'refused';
  /** The original's observation, word for word. */
  readonly text: string;
}

/** One run of a level. */
export interface Game {
  readonly scene: Scene;
  act(action: string): Outcome;
  situation(): Situation;
  /** Primitive steps so far. */
  steps(): number;
  /** How the mission ended, if it has: by the verifier's word, or by the limit of steps. */
  end(): Verdict | 'timeout';
  /** What AgentGym pays: less for every step, and nothing that ends the episode at half or below. */
  reward(): number;
}

/** AgentGym does not take an episode for done at this reward or less. */
const lowestPay = 0.5;

/** Starts a run; nothing of `start` is changed by it. */
export function play(start: Start): Game {
  const scene = copyScene(start.scene);
  const verifier = createVerifier(scene, start.room, start.instruction);
  let situation = createSituation(scene);
  let steps = 0;
  let end: Verdict | 'timeout' = 'continue';
  let reward = 0;
  let paid = false;

  const step = (primitive: Primitive): Verdict => {
    steps++;
    carryOut(scene, primitive);
    const verdict = verifier.verify(primitive);
    if (end === 'continue') {
      end = verdict === 'continue' && steps >= start.maxSteps ? 'timeout' : verdict;
    }
    return verdict;
  };

  const carryOutAll = (primitives: readonly Primitive[]): Outcome => {
    let verdict: Verdict = 'continue';
    for (const primitive of primitives) {
      const before = situation.image;
      verdict = step(primitive);
      situation = createSituation(scene);
      if (situation.image === before) break;
    }
    if (!paid) reward = verdict === 'success' ? 1 - 0.9 * (steps / start.maxSteps) : 0;
    paid ||= reward > lowestPay;
    const completed = verdict === 'continue' ? '' : '\n The task is completed.';
    return { kind: 'done', text: situation.text + completed };
  };

  return {
    scene,
    act(action) {
      const wanted = action.toLowerCase().trim();
      if (wanted.includes('check')) {
        return {
          kind: 'no-change',
          text: `You can take the following actions: ${[...situation.actions().keys()].join(', ')}`,
        };
      }
      if (wanted === '') return { kind: 'refused', text: 'No change in state.' };
      const primitives = situation.actions().get(wanted);
      if (!primitives) return { kind: 'refused', text: situation.refusals().get(wanted) ?? unrecognized };
      if (primitives.length === 0) return { kind: 'no-change', text: 'No change in state.' };
      return carryOutAll(primitives);
    },
    situation: () => situation,
    steps: () => steps,
    end: () => end,
    reward: () => reward,
  };
}

export const unrecognized = 'The action is not recognized. Please check valid actions.';

function carryOut(scene: Scene, primitive: Primitive): void {
  const { grid, agent, carrying } = scene;
  const ahead = neighborOf(agent, agent.facing);
  const thing = thingAt(grid, ahead);
  switch (primitive) {
    case 'left':
      scene.agent = { ...agent, facing: turned(agent.facing, -1) };
      return;
    case 'right':
      scene.agent = { ...agent, facing: turned(agent.facing, 1) };
      return;
    case 'forward':
      if (isPassable(thing)) scene.agent = { ...ahead, facing: agent.facing };
      return;
    case 'pickup':
      pickUp(scene, thing, ahead);
      return;
    case 'drop':
      if (thing || !carrying) return;
      carrying.at = ahead;
      putThing(grid, ahead, carrying);
      scene.carrying = undefined;
      return;
    case 'toggle':
      toggle(scene, thing, ahead);
  }
}

function pickUp(scene: Scene, thing: Thing | undefined, cell: Cell): void {
  if (!thing || thing.kind === 'door' || thing.kind === 'wall' || scene.carrying) return;
  scene.carrying = thing;
  putThing(scene.grid, cell, undefined);
}

function toggle({ grid, carrying }: Scene, thing: Thing | undefined, cell: Cell): void {
  // A box that is toggled is opened and gone.
  if (thing?.kind === 'box') putThing(grid, cell, undefined);
  if (thing?.kind !== 'door') return;
  if (!thing.locked) thing.open = !thing.open;
  else if (carrying?.kind === 'key' && carrying.color === thing.color) {
    thing.locked = false;
    thing.open = true;
  }
}
