import { type Cell, type Color, contents, type ItemKind, type Scene, type Thing, vectorOf } from './grid.ts';
import { isInRoom, type Room } from './maze.ts';

/** Where something is, seen from the agent at the start. */
export const places = ['left', 'right', 'front', 'behind'] as const;
export type Place = (typeof places)[number];

/** What an instruction says about the things it means; what is absent may be anything. */
export interface Description {
  readonly kind?: ItemKind | 'door';
  readonly color?: Color;
  readonly place?: Place;
}

export type ActionInstruction =
  | { readonly verb: 'go to' | 'open'; readonly what: Description }
  /** A strict one fails when something else is picked up. */
  | { readonly verb: 'pick up'; readonly what: Description; readonly strict?: boolean }
  | { readonly verb: 'put'; readonly what: Description; readonly beside: Description };

export interface PairInstruction {
  readonly verb: 'and' | 'before' | 'after';
  readonly first: Instruction;
  readonly second: Instruction;
}

export type Instruction = ActionInstruction | PairInstruction;

export function isPair(instruction: Instruction): instruction is PairInstruction {
  return 'first' in instruction;
}

/** The instruction's actions without their order. */
export function actionsIn(instruction: Instruction): readonly ActionInstruction[] {
  return isPair(instruction)
    ? [...actionsIn(instruction.first), ...actionsIn(instruction.second)]
    : [instruction];
}

export function descriptionsIn(action: ActionInstruction): readonly Description[] {
  return action.verb === 'put' ? [action.what, action.beside] : [action.what];
}

export interface Match {
  readonly cell: Cell;
  readonly thing: Thing;
}

/** What fits a description now; places hold in the agent's room only. */
export function matches(scene: Scene, room: Room, { kind, color, place }: Description): Match[] {
  return contents(scene.grid).filter(
    ({ cell, thing }) =>
      (kind === undefined || thing.kind === kind) &&
      (color === undefined || thing.color === color) &&
      (place === undefined || (isInRoom(room, cell) && isAtPlace(scene, cell, place))),
  );
}

function isAtPlace({ agent }: Scene, cell: Cell, place: Place): boolean {
  const { x: dx, y: dy } = vectorOf(agent.facing);
  const [right, down] = [cell.x - agent.x, cell.y - agent.y];
  const ahead = right * dx + down * dy;
  const aside = down * dx - right * dy;
  switch (place) {
    case 'left':
      return aside < 0;
    case 'right':
      return aside > 0;
    case 'front':
      return ahead > 0;
    case 'behind':
      return ahead < 0;
  }
}

/** The instruction in BabyAI's English; `several` says whether a description fits more than one thing. */
export function inWords(instruction: Instruction, several: (description: Description) => boolean): string {
  const name = (description: Description): string => nameFor(description, several(description));
  const words = (part: Instruction): string => {
    switch (part.verb) {
      case 'and':
        return `${words(part.first)} and ${words(part.second)}`;
      case 'before':
        return `${words(part.first)}, then ${words(part.second)}`;
      case 'after':
        return `${words(part.first)} after you ${words(part.second)}`;
      case 'put':
        return `put ${name(part.what)} next to ${name(part.beside)}`;
      case 'go to':
      case 'open':
      case 'pick up':
        return `${part.verb} ${name(part.what)}`;
    }
  };
  return words(instruction);
}

const placeWords: Readonly<Record<Place, string>> = {
  left: ' on your left',
  right: ' on your right',
  front: ' in front of you',
  behind: ' behind you',
};

function nameFor({ kind, color, place }: Description, several: boolean): string {
  const colored = `${color === undefined ? '' : `${color} `}${kind ?? 'object'}`;
  return `${several ? 'a' : 'the'} ${colored}${place === undefined ? '' : placeWords[place]}`;
}
