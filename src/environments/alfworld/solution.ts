import { SolutionStuck } from '../../contracts/agent.ts';
import type { Actor } from '../../contracts/environment.ts';
import { type Aim, kindOf, type Treatment } from './aim.ts';
import { createWalker, type Walker } from './walker.ts';

/**
 * Does a chore as someone who is new in the room has to: goes from receptacle to receptacle until what is needed is
 * found.
 * @param opening what the user was told about the room
 */
export async function solveChore(actor: Actor, aim: Aim, opening: string): Promise<string> {
  const walker = createWalker(actor, opening, aim.tidy === true);
  if (aim.lamp !== undefined) await examineUnder(walker, aim, aim.lamp);
  else {
    const done: string[] = [];
    while (done.length < aim.count) done.push(await bringOne(walker, aim, done));
  }
  return 'The chore is done.';
}

async function examineUnder(walker: Walker, { object }: Aim, lamp: string): Promise<void> {
  const thing = await walker.find((name) => kindOf(name) === object);
  await walker.take(thing);
  const light = await walker.find((name) => kindOf(name) === lamp);
  await walker.actAt(light.place, 'use', { object: light.name });
  await walker.reach(light.place);
}

/** Brings one more object to where it belongs; resolves with its name. */
async function bringOne(walker: Walker, aim: Aim, done: readonly string[]): Promise<string> {
  const goal = placeOf(walker, (kind) => kind === aim.receptacle);
  const thing = await walker.find((name) => kindOf(name) === aim.object && !done.includes(name));
  const asItIs = !aim.treatment && !aim.sliced;
  if (thing.place === goal && asItIs) return thing.name;
  if (aim.sliced) await slice(walker, thing);
  await walker.take(thing);
  if (aim.treatment) {
    const appliance = placeOf(walker, appliances[aim.treatment]);
    await walker.actAt(appliance, aim.treatment, { object: thing.name, receptacle: appliance });
  }
  await walker.put(thing.name, goal);
  return thing.name;
}

/** Cuts where the object lies, and puts the knife back. */
async function slice(
  walker: Walker,
  thing: { readonly name: string; readonly place: string },
): Promise<void> {
  const knife = await walker.find((name) => kindOf(name).endsWith('knife'));
  await walker.take(knife);
  await walker.actAt(thing.place, 'slice', { object: thing.name, knife: knife.name }, 'open');
  await walker.put(knife.name, knife.place);
}

const appliances: Readonly<Record<Treatment, (kind: string) => boolean>> = {
  clean: (kind) => kind.startsWith('sink'),
  heat: (kind) => kind === 'microwave',
  cool: (kind) => kind === 'fridge',
};

function placeOf({ places }: Walker, fits: (kind: string) => boolean): string {
  const place = places.find((name) => fits(kindOf(name)));
  if (place === undefined) throw new SolutionStuck('The room has no such receptacle');
  return place;
}
