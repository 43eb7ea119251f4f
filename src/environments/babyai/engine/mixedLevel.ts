import { type Color, colors, type Facing, turned } from './grid.ts';
import {
  type ActionInstruction,
  type Description,
  descriptionsIn,
  type Instruction,
  matches,
  places,
} from './instruction.ts';
import {
  addDoor,
  addItem,
  addItems,
  connectRooms,
  isInRoom,
  type Maze,
  placeAgent,
  type Room,
  randomRoom,
  reject,
  requireReach,
  roomOf,
} from './maze.ts';

type Verb = ActionInstruction['verb'];

/** A level of any instruction that BabyAI's language can express, within limits. */
export interface MixedRules {
  readonly items: number;
  readonly verbs: readonly Verb[];
  readonly forms: readonly ('action' | 'and' | 'sequence')[];
  /** How likely one room is locked. */
  readonly lockedRoom: number;
  /** Whether descriptions may name a place. */
  readonly places: boolean;
  /** Whether items may be in the way. */
  readonly blocking: boolean;
  /** Whether the only things meant may be in the locked room. */
  readonly intoLockedRoom: boolean;
}

/** What outlives an attempt at a level: the original forgets no locked room, and rules later levels out by it. */
export interface LevelMemory {
  lockedRoom?: Room;
}

const describedKinds = ['box', 'ball', 'key', 'door'] as const;
const describedItems = ['box', 'ball', 'key'] as const;

/** @throws AttemptRejected */
export function buildMixedLevel(maze: Maze, rules: MixedRules, memory: LevelMemory): Instruction {
  if (maze.random.fraction() < rules.lockedRoom) memory.lockedRoom = addLockedRoom(maze);
  connectRooms(maze);
  addItems(maze, rules.items, { distinct: false });
  do placeAgent(maze);
  while (roomOf(maze, maze.scene.agent) === memory.lockedRoom);
  if (!rules.blocking) requireReach(maze);
  return drawInstruction({ maze, rules, memory }, rules.forms);
}

function addLockedRoom(maze: Maze): Room {
  const [room, side] = drawInnerWall(maze);
  const door = addDoor(maze, room, { side, locked: true });
  for (;;) {
    const keyRoom = randomRoom(maze);
    if (keyRoom === room) continue;
    addItem(maze, keyRoom, { kind: 'key', color: door.color });
    return room;
  }
}

function drawInnerWall(maze: Maze): [Room, Facing] {
  for (;;) {
    const room = randomRoom(maze);
    const side = turned(0, maze.random.integer(0, 4));
    if (room.doorCells[side]) return [room, side];
  }
}

interface Draft {
  readonly maze: Maze;
  readonly rules: MixedRules;
  readonly memory: LevelMemory;
}

function drawInstruction(draft: Draft, forms: MixedRules['forms']): Instruction {
  const { random } = draft.maze;
  const form = random.pick(forms);
  if (form === 'action') return drawAction(draft);
  const parts: MixedRules['forms'] = form === 'and' ? ['action'] : ['action', 'and'];
  const first = drawInstruction(draft, parts);
  const second = drawInstruction(draft, parts);
  return { verb: form === 'sequence' ? random.pick(['before', 'after']) : form, first, second };
}

function drawAction(draft: Draft): ActionInstruction {
  const verb = draft.maze.random.pick(draft.rules.verbs);
  switch (verb) {
    case 'go to':
      return { verb, what: drawDescription(draft, describedKinds) };
    case 'pick up':
      return { verb, what: drawDescription(draft, describedItems) };
    case 'open':
      return { verb, what: drawDescription(draft, ['door']) };
    case 'put': {
      const what = drawDescription(draft, describedItems);
      return { verb, what, beside: drawDescription(draft, describedKinds) };
    }
  }
}

/** A description that fits something. @throws AttemptRejected */
function drawDescription(
  { maze, rules, memory }: Draft,
  kinds: readonly (typeof describedKinds)[number][],
): Description {
  const { random, scene } = maze;
  const room = roomOf(maze, scene.agent);
  for (let tries = 0; tries <= 100; tries++) {
    const color = random.pick<Color | 'any'>(['any', ...colors]);
    const kind = random.pick(kinds);
    const place = rules.places && random.bool() ? random.pick(places) : 'any';
    const description = { kind, ...(color !== 'any' && { color }), ...(place !== 'any' && { place }) };
    const { lockedRoom } = memory;
    const meant = matches(scene, room, description);
    const open =
      rules.intoLockedRoom || !lockedRoom ? meant : meant.filter(({ cell }) => !isInRoom(lockedRoom, cell));
    if (open.length > 0) return description;
  }
  return reject();
}

/** A key that opens a locked door must not be what the instruction is about. @throws AttemptRejected */
export function keepKeysFree({ rooms }: Maze, actions: readonly ActionInstruction[]): void {
  const locked = rooms.flatMap(({ doors }) =>
    Object.values(doors).flatMap((door) => (door.locked ? [door.color] : [])),
  );
  const about = actions.flatMap(descriptionsIn);
  if (about.some(({ kind, color }) => kind === 'key' && color !== undefined && locked.includes(color)))
    reject();
}
