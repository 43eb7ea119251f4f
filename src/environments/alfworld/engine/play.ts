import type { Action } from '../pddl/domain.ts';
import type { Piece } from '../text/pieces.ts';
import { tell } from '../text/telling.ts';
import type { Facts } from './facts.ts';
import type { Game } from './game.ts';
import { type Binding, holds, type Scene } from './logic.ts';
import { apply, findOperator, type Operator } from './operators.ts';

/** What a command did. */
export type Happening =
  | { readonly kind: 'happened'; readonly text: string }
  | { readonly kind: 'nothing'; readonly text: 'Nothing happens.' };

/** One playing of a game. */
export interface Play {
  readonly game: Game;
  readonly facts: Facts;
  /** What the player is told first. */
  opening(): string;
  /** Carries out a command in the game's own words, such as `go to desk 1`. */
  act(command: string): Happening;
  goalHolds(): boolean;
}

const nothing: Happening = { kind: 'nothing', text: 'Nothing happens.' };

export function openPlay(game: Game): Play {
  const scene: Scene = { facts: game.start.copy(game.rulebook.changing), things: game.things };
  const telling = { rules: game.rulebook.texts, scene, nameOf: (id: string) => game.names.get(id) ?? id };
  const say = (pieces: readonly Piece[], binding: Binding): string =>
    tell(telling, pieces, plainNames(binding));
  return {
    game,
    facts: scene.facts,
    opening: () =>
      asClientsShow(say([{ kind: 'rule', name: 'intro' }], new Map())).replaceAll(jobPlace, () => game.job),
    act(command) {
      const found = understand({ game, scene, say }, command.trim());
      if (!found) return nothing;
      apply(scene, found, game.watched);
      const feedback = game.rulebook.texts.commands.get(found.action.name)?.feedback ?? [];
      return { kind: 'happened', text: asClientsShow(say(feedback, found.binding)) };
    },
    goalHolds: () => holds(scene, game.goal, new Map()),
  };
}

/** Where a game's opening names the job. */
const jobPlace = '@@TASK@@';
const banner = /^-= [^\n]* =-\n\n/;
const arrival = /^You arrive at [^.\n]*\. /;

/** Clients of the original drop its banner and the place of an arrival, and put one line under the other. */
export function asClientsShow(text: string): string {
  return text.replace(banner, '').replace(arrival, '').replaceAll('\n\n', '\n');
}

interface Understanding {
  readonly game: Game;
  readonly scene: Scene;
  say(pieces: readonly Piece[], binding: Binding): string;
}

/** The operator that a command stands for, in the present state. */
function understand({ game, scene, say }: Understanding, command: string): Operator | undefined {
  for (const action of game.rulebook.domain.actions) {
    const template = game.rulebook.texts.commands.get(action.name)?.template;
    if (!template) continue;
    for (const given of readings(game, action, slotsIn(template, command))) {
      const operator = findOperator(scene, action, given);
      if (operator && say(template, operator.binding) === command) return operator;
    }
  }
  return undefined;
}

interface Slot {
  readonly variable: string;
  readonly text: string;
}

/** The words that stand at the places of a template; undefined when the command is another one. */
function slotsIn(template: readonly Piece[], command: string): readonly Slot[] | undefined {
  const slots: Slot[] = [];
  let at = 0;
  for (const [place, piece] of template.entries()) {
    if (piece.kind === 'text') {
      if (!command.startsWith(piece.text, at)) return undefined;
      at += piece.text.length;
      continue;
    }
    const after = template[place + 1];
    const end = after?.kind === 'text' ? command.indexOf(after.text, at) : command.length;
    const variable = variableOf(piece);
    if (end < 0 || variable === undefined) return undefined;
    slots.push({ variable, text: command.slice(at, end) });
    at = end;
  }
  return at === command.length ? slots : undefined;
}

function variableOf(piece: Piece): string | undefined {
  if (piece.kind === 'each') return variableOf(piece.piece);
  const term = piece.kind === 'value' ? piece.value[0]?.[0] : undefined;
  return term?.kind === 'field' ? term.variable : undefined;
}

/** All ways to read the words as things of the right types. */
function readings(game: Game, action: Action, slots: readonly Slot[] | undefined): readonly Binding[] {
  if (!slots) return [];
  let found: readonly Binding[] = [new Map()];
  for (const { variable, text } of slots) {
    const name = `?${variable}`;
    const type = action.parameters.find((parameter) => parameter.name === name)?.type;
    if (type === undefined) return [];
    const ids = (game.ids.get(text) ?? []).filter((id) => game.things.isOfType(id, type));
    found = found.flatMap((known) => ids.map((id) => new Map([...known, [name, id]])));
  }
  return found;
}

/** Text rules write variables without question marks. */
function plainNames(binding: Binding): Binding {
  return new Map([...binding].map(([name, id]) => [name.replace('?', ''), id]));
}
