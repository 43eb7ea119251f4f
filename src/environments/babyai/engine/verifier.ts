import { type Cell, neighborOf, type Scene, sameCell, stepsBetween, type Thing, thingAt } from './grid.ts';
import {
  type ActionInstruction,
  type Description,
  type Instruction,
  isPair,
  matches,
} from './instruction.ts';
import type { Room } from './maze.ts';
import type { Primitive } from './paths.ts';

export type Verdict = 'success' | 'failure' | 'continue';

/** Watches whether an instruction is carried out. */
export interface Verifier {
  /** To be asked once after every primitive. */
  verify(action: Primitive): Verdict;
}

/** Resolves what the instruction means in the scene as it is now, and watches from then on. */
export function createVerifier(scene: Scene, room: Room, instruction: Instruction): Verifier {
  if (!isPair(instruction)) return verifierOf(scene, room, instruction);
  const first = createVerifier(scene, room, instruction.first);
  const second = createVerifier(scene, room, instruction.second);
  switch (instruction.verb) {
    case 'and':
      return inAnyOrder(first, second);
    case 'before':
      return inOrder(first, second);
    case 'after':
      return inOrder(second, first);
  }
}

function inAnyOrder(first: Verifier, second: Verifier): Verifier {
  const open = new Set([first, second]);
  return {
    verify(action) {
      for (const verifier of open) if (verifier.verify(action) === 'success') open.delete(verifier);
      return open.size === 0 ? 'success' : 'continue';
    },
  };
}

/** The step that ends the first part may end the second one too. */
function inOrder(first: Verifier, second: Verifier): Verifier {
  let firstDone = false;
  return {
    verify(action) {
      if (!firstDone) {
        const verdict = first.verify(action);
        if (verdict !== 'success') return verdict;
        firstDone = true;
      }
      return second.verify(action);
    },
  };
}

/** The things a description means. */
interface Meant {
  readonly things: ReadonlySet<Thing>;
  /** Where they were at the start, or when something was last dropped. */
  cells(): readonly Cell[];
  update(): void;
}

function resolve(scene: Scene, room: Room, description: Description): Meant {
  const found = matches(scene, room, description);
  const things = new Set(found.map(({ thing }) => thing));
  let cells = found.map(({ cell }) => cell);
  const { kind, color } = description;
  return {
    things,
    cells: () => cells,
    update() {
      const now = matches(scene, room, { ...(kind && { kind }), ...(color && { color }) });
      cells = now.filter(({ thing }) => things.has(thing)).map(({ cell }) => cell);
    },
  };
}

function verifierOf(scene: Scene, room: Room, action: ActionInstruction): Verifier {
  const what = resolve(scene, room, action.what);
  switch (action.verb) {
    case 'go to':
      return afterDrops([what], () => {
        const ahead = neighborOf(scene.agent, scene.agent.facing);
        return what.cells().some((cell) => sameCell(cell, ahead)) ? 'success' : 'continue';
      });
    case 'open':
      return {
        verify(primitive) {
          const ahead = thingAt(scene.grid, neighborOf(scene.agent, scene.agent.facing));
          const opened = primitive === 'toggle' && ahead?.kind === 'door' && ahead.open;
          return opened && what.things.has(ahead) ? 'success' : 'continue';
        },
      };
    case 'pick up':
      return { verify: pickUpVerifier(scene, what, action.strict ?? false) };
    case 'put': {
      const beside = resolve(scene, room, action.beside);
      return afterDrops([what, beside], putVerifier(scene, what, beside));
    }
  }
}

/** Positions are looked up again whenever something has been dropped. */
function afterDrops(meant: readonly Meant[], verify: Verifier['verify']): Verifier {
  return {
    verify(action) {
      if (action === 'drop') for (const each of meant) each.update();
      return verify(action);
    },
  };
}

function pickUpVerifier(scene: Scene, { things }: Meant, strict: boolean): Verifier['verify'] {
  let before = scene.carrying;
  return (action) => {
    const carriedBefore = before;
    before = scene.carrying;
    if (action !== 'pickup' || !scene.carrying) return 'continue';
    if (!carriedBefore && things.has(scene.carrying)) return 'success';
    return strict ? 'failure' : 'continue';
  };
}

function putVerifier(scene: Scene, { things }: Meant, beside: Meant): Verifier['verify'] {
  let before = scene.carrying;
  return (action) => {
    const dropped = before;
    before = scene.carrying;
    if (action !== 'drop' || !dropped || !things.has(dropped)) return 'continue';
    return beside.cells().some((cell) => stepsBetween(cell, dropped.at) === 1) ? 'success' : 'continue';
  };
}
