import { z } from 'zod';
import {
  defineTool,
  type ToolAnnotations,
  type ToolDefinition,
  type ToolResult,
} from '../../contracts/service.ts';
import type { Happening } from './engine/play.ts';

const name = z.string().min(1).max(500);
const receptacle = name.describe('Name of a receptacle, such as drawer 1.');
const object = name.describe('Name of an object, such as mug 1.');
const nothing = z.strictObject({});
const place = z.strictObject({ receptacle });
const thing = z.strictObject({ object });
const both = z.strictObject({ object, receptacle });

const reads: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};
const moves: ToolAnnotations = { ...reads, readOnlyHint: false };
const alters: ToolAnnotations = { ...moves, destructiveHint: true };
const toggles: ToolAnnotations = { ...alters, idempotentHint: false };

/** What the tools do, in one world. */
export interface HouseholdVerbs {
  /** @param names what the arguments name */
  act(command: string, names: readonly string[]): Happening;
}

/** ALFWorld's verbs as tools. Observations are the original's; where nothing happens, a hint follows. */
export function householdTools(verbs: HouseholdVerbs): readonly ToolDefinition[] {
  return [...movingTools(verbs), ...carryingTools(verbs), ...treatingTools(verbs), ...lookingTools(verbs)];
}

function movingTools(verbs: HouseholdVerbs): ToolDefinition[] {
  return [
    defineTool({
      name: 'go_to',
      title: 'Go to a receptacle',
      description: 'Goes to a receptacle and tells what is in or on it, or that it is closed.',
      input: place,
      annotations: moves,
      run: ({ receptacle: to }) =>
        told(
          verbs.act(`go to ${plain(to)}`, [to]),
          'Name a receptacle of this room where you are not already.',
        ),
    }),
    defineTool({
      name: 'open',
      title: 'Open a receptacle',
      description: 'Opens the receptacle where you are and tells what is in it.',
      input: place,
      annotations: moves,
      run: ({ receptacle: what }) =>
        told(verbs.act(`open ${plain(what)}`, [what]), 'Go to the receptacle first; it has to be closed.'),
    }),
    defineTool({
      name: 'close',
      title: 'Close a receptacle',
      description: 'Closes the receptacle where you are.',
      input: place,
      annotations: moves,
      run: ({ receptacle: what }) =>
        told(verbs.act(`close ${plain(what)}`, [what]), 'Go to the receptacle first; it has to be open.'),
    }),
  ];
}

function carryingTools(verbs: HouseholdVerbs): ToolDefinition[] {
  return [
    defineTool({
      name: 'take',
      title: 'Take an object',
      description: 'Takes an object from the receptacle where you are. Your hands have to be empty.',
      input: both,
      annotations: moves,
      run: ({ object: what, receptacle: from }) =>
        told(
          verbs.act(`take ${plain(what)} from ${plain(from)}`, [what, from]),
          'Be at the receptacle that holds the object, with empty hands; a closed receptacle has to be opened.',
        ),
    }),
    defineTool({
      name: 'put',
      title: 'Put an object down',
      description: 'Puts the object you carry in or on the receptacle where you are.',
      input: both,
      annotations: moves,
      run: ({ object: what, receptacle: to }) =>
        told(
          verbs.act(`put ${plain(what)} in/on ${plain(to)}`, [what, to]),
          'Carry the object and be at the receptacle; it has to be open and of a kind that holds such objects.',
        ),
    }),
  ];
}

function treatingTools(verbs: HouseholdVerbs): ToolDefinition[] {
  const treating = (treatment: 'clean' | 'heat' | 'cool', title: string, where: string): ToolDefinition =>
    defineTool({
      name: treatment,
      title,
      description: `${title.replace('an object', 'the object you carry')} with ${where} where you are.`,
      input: both,
      annotations: alters,
      run: ({ object: what, receptacle: appliance }) =>
        told(
          verbs.act(`${treatment} ${plain(what)} with ${plain(appliance)}`, [what, appliance]),
          `Carry the object and be at ${where}; not every object can be treated so.`,
        ),
    });
  return [
    treating('clean', 'Clean an object', 'a sink basin'),
    treating('heat', 'Heat an object', 'a microwave'),
    treating('cool', 'Cool an object', 'a fridge'),
    defineTool({
      name: 'slice',
      title: 'Slice an object',
      description: 'Slices an object where you are with the knife you carry.',
      input: thing.extend({ knife: name.describe('Name of the knife you carry, such as knife 1.') }),
      annotations: alters,
      run: ({ object: what, knife }) =>
        told(
          verbs.act(`slice ${plain(what)} with ${plain(knife)}`, [what, knife]),
          'Carry a knife and be where the object lies; not every object can be sliced.',
        ),
    }),
    defineTool({
      name: 'use',
      title: 'Use a lamp or device',
      description: 'Switches a lamp or another device where you are.',
      input: thing,
      annotations: toggles,
      run: ({ object: what }) =>
        told(
          verbs.act(`use ${plain(what)}`, [what]),
          'Go to where the device is; not every object has a switch.',
        ),
    }),
  ];
}

function lookingTools(verbs: HouseholdVerbs): ToolDefinition[] {
  return [
    defineTool({
      name: 'look',
      title: 'Look around',
      description: 'Tells where you are; in the middle of the room it lists the receptacles.',
      input: nothing,
      annotations: reads,
      run: () => told(verbs.act('look', []), 'There is nothing to see.'),
    }),
    defineTool({
      name: 'inventory',
      title: 'Look at what you carry',
      description: 'Tells what you carry.',
      input: nothing,
      annotations: reads,
      run: () => told(verbs.act('inventory', []), 'There is nothing to tell.'),
    }),
    defineTool({
      name: 'examine',
      title: 'Examine something',
      description: 'Tells what is in or on the receptacle where you are, or how an object is that you carry.',
      input: z.strictObject({ thing: name.describe('Name of a receptacle or an object.') }),
      annotations: reads,
      run: ({ thing: what }) =>
        told(verbs.act(`examine ${plain(what)}`, [what]), 'Be at the receptacle, or carry the object.'),
    }),
  ];
}

/** The original's form: one free text in its words. */
export function textTool(verbs: HouseholdVerbs): ToolDefinition {
  return defineTool({
    name: 'step',
    title: 'Carry out an action in words',
    description:
      'Carries out one action: go to R, open R, close R, take O from R, put O in/on R, clean O with R, heat O with R, ' +
      'cool O with R, use O, slice O with K, look, inventory, examine X.',
    input: z.strictObject({ action: name.describe('The action, such as: take mug 1 from desk 2') }),
    annotations: toggles,
    run: ({ action }) => ({ text: verbs.act(action, [action]).text }),
  });
}

function told({ kind, text }: Happening, hint: string): ToolResult {
  return kind === 'happened' ? { text } : { text: `${text} ${hint}`, isError: true };
}

/** Names are told in lower case. */
function plain(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}
