import { z } from 'zod';
import { defineTool, type ToolDefinition, type ToolResult } from '../../contracts/service.ts';
import { type Game, type Outcome, unrecognized } from './engine/game.ts';
import { neighborOf, sameCell } from './engine/grid.ts';
import type { Run } from './run.ts';

const turnInput = z.strictObject({ direction: z.enum(['left', 'right']).describe('Which way to turn.') });
const forwardInput = z.strictObject({
  steps: z.int().min(1).max(10).optional().describe('How many steps; one if absent.'),
});
const objectInput = z.strictObject({
  object: z.string().min(1).max(200).describe('Name and number of a thing in view, such as red ball 1.'),
});
const doorInput = z.strictObject({
  door: z.string().min(1).max(200).describe('Name and number of a door in view, such as blue closed door 1.'),
});
const emptyInput = z.strictObject({});
const stepInput = z.strictObject({
  action: z.string().min(1).max(400).describe('One action, such as turn left, or go to red ball 1.'),
});

const acts = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false };

/** BabyAI's verbs as tools. Observations are the original's, word for word. */
export function babyAiTools(run: Run): readonly ToolDefinition[] {
  const { game } = run;
  return [
    defineTool({
      name: 'turn',
      title: 'Turn',
      description: 'Turns you on the spot by a quarter, and tells what you see then.',
      input: turnInput,
      annotations: acts,
      run: ({ direction }) => resultOf(game.act(`turn ${direction}`)),
    }),
    defineTool({
      name: 'move_forward',
      title: 'Move forward',
      description:
        'Moves you straight ahead, one step or several, until something is in the way, and tells what you see then.',
      input: forwardInput,
      annotations: acts,
      run: ({ steps = 1 }) => moveForward(game, steps),
    }),
    defineTool({
      name: 'go_to',
      title: 'Go to a thing',
      description: 'Walks the shortest way to a thing or door in view, until it is right in front of you.',
      input: objectInput,
      annotations: acts,
      run: ({ object }) => goTo(run, object),
    }),
    defineTool({
      name: 'pick_up',
      title: 'Pick up a thing',
      description:
        'Walks the shortest way to a ball, box or key in view and takes it. You can carry one thing; drop it before you take another.',
      input: objectInput,
      annotations: { ...acts, destructiveHint: true },
      run: ({ object }) => actOn(run, 'pickup', object),
    }),
    defineTool({
      name: 'drop',
      title: 'Drop what you carry',
      description: 'Puts down what you carry on the free floor right in front of you.',
      input: emptyInput,
      annotations: acts,
      run: () => resultOf(game.act('drop')),
    }),
    defineTool({
      name: 'go_through',
      title: 'Go through an open door',
      description: 'Walks the shortest way into an open door in view.',
      input: doorInput,
      annotations: acts,
      run: ({ door }) => actOn(run, 'go through', door),
    }),
    defineTool({
      name: 'toggle_and_go_through',
      title: 'Open a door and go through',
      description:
        'Walks the shortest way to a closed or locked door in view, opens it and goes into it. For a locked door you must carry a key of its color.',
      input: doorInput,
      annotations: acts,
      run: ({ door }) => actOn(run, 'toggle and go through', door),
    }),
    defineTool({
      name: 'toggle',
      title: 'Open the door ahead',
      description:
        'Opens the closed door right in front of you, or the locked one if you carry a key of its color.',
      input: emptyInput,
      annotations: acts,
      run: () => withHint(game.act('toggle'), 'No door that you can open is right in front of you.'),
    }),
    defineTool({
      name: 'check_available_actions',
      title: 'List possible actions',
      description: 'Lists what you can do here and now, with the names and numbers of things and doors.',
      input: emptyInput,
      annotations: { ...acts, readOnlyHint: true, idempotentHint: true },
      run: () => resultOf(game.act('check available actions')),
    }),
  ];
}

/** The original's free-text form as a tool; refusals are observations like any others there. */
export function textTool({ game, strangeNames }: Run): ToolDefinition {
  return defineTool({
    name: 'step',
    title: 'Take one action in words',
    description:
      'Takes one action: turn left, turn right, move forward, go to <object> <id>, pickup <object> <id>, drop, go through <door> <id>, toggle and go through <door> <id>, toggle, or check available actions.',
    input: stepInput,
    annotations: { ...acts, destructiveHint: true },
    run({ action }) {
      const { text } = game.act(action);
      if (text === unrecognized || action.toLowerCase().includes('check')) strangeNames.push(action);
      return { text };
    },
  });
}

function resultOf({ kind, text }: Outcome): ToolResult {
  return kind === 'refused' ? { text, isError: true } : { text };
}

function withHint(outcome: Outcome, hint: string): ToolResult {
  const { kind, text } = outcome;
  return resultOf(text === unrecognized ? { kind, text: `${text} ${hint}` } : outcome);
}

/** A single step answers as the original; a longer way says how much of it was possible. */
function moveForward(game: Game, steps: number): ToolResult {
  const end = game.end();
  let moved = 0;
  for (;;) {
    const { agent } = game.scene;
    const outcome = game.act('move forward');
    const stopped = sameCell(agent, game.scene.agent);
    if (!stopped) moved++;
    if (moved === steps || (stopped && moved === 0)) return resultOf(outcome);
    if (stopped || game.end() !== end) {
      const text = outcome.kind === 'refused' ? game.situation().text : outcome.text;
      return { text: `Moved ${moved} of ${steps} steps.\n${text}` };
    }
  }
}

function goTo(run: Run, object: string): ToolResult {
  const result = actOn(run, 'go to', object);
  const { game, keepsake } = run;
  const { agent } = game.scene;
  const named = object.toLowerCase().includes(keepsake.name);
  if (named && !result.isError && sameCell(neighborOf(agent, agent.facing), keepsake.cell)) run.visits++;
  return result;
}

/** A name that means nothing here is told apart from one that cannot be acted on now. */
function actOn({ game, strangeNames }: Run, verb: string, name: string): ToolResult {
  const action = `${verb} ${name.toLowerCase().trim()}`;
  const situation = game.situation();
  if (situation.actions().has(action) || situation.refusals().has(action)) return resultOf(game.act(action));
  strangeNames.push(name);
  const start = `${verb} `;
  const names = [...situation.actions().keys()].flatMap((known) =>
    known.startsWith(start) ? [known.slice(start.length)] : [],
  );
  const hint = names.length > 0 ? `Possible here: ${names.join(', ')}.` : 'Nothing in view is fit for this.';
  return { text: `${unrecognized} ${hint}`, isError: true };
}
