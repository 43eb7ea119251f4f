import { neighborOf, type Scene, sameCell } from './grid.ts';
import { findPaths, type Paths, type Primitive } from './paths.ts';
import { look, nameOf, type Sight, type View } from './view.ts';

/** What AgentGym tells an agent about a scene, and what it lets the agent do there. */
export interface Situation {
  readonly image: string;
  readonly text: string;
  /** The actions in the original's words, with the primitives they stand for. */
  actions(): ReadonlyMap<string, readonly Primitive[]>;
  /** Why other actions are not possible. */
  refusals(): ReadonlyMap<string, string>;
}

export function createSituation(scene: Scene): Situation {
  const view = look(scene);
  let options: Options | undefined;
  const ready = (): Options => {
    options ??= findOptions(scene, view);
    return options;
  };
  return {
    image: view.image,
    text: describe(scene, view),
    actions: () => ready().actions,
    refusals: () => ready().refusals,
  };
}

function describe({ carrying }: Scene, { sights }: View): string {
  const count = counter();
  const things = sights
    .filter(({ thing }) => thing.kind !== 'wall')
    .map((sight) => `There is a ${sight.name} ${count(sight.name)} ${placeOf(sight)}  `);
  const seen =
    sights.length > 0
      ? `In front of you in this room, you can see several objects: ${things.join('')}`
      : 'You cannot see any objects within sight.';
  const barrier = barrierAhead(sights);
  const facing = barrier ? `You are facing a ${barrier.thing.kind} ${barrier.ahead} steps away. ` : '';
  const carried = carrying ? `You are carrying a ${nameOf(carrying)}.` : 'You are not carrying anything.';
  return `${seen}The room has walls around you. ${facing}${carried}`;
}

function placeOf({ ahead, aside }: Sight): string {
  if (aside === 0) return `right in front of you ${ahead} steps away.`;
  return `${ahead} steps in front of you and ${Math.abs(aside)} steps to your ${aside > 0 ? 'right' : 'left'}.`;
}

/** The nearest wall or box straight ahead. */
function barrierAhead(sights: readonly Sight[]): Sight | undefined {
  return sights.find(({ thing, aside }) => aside === 0 && (thing.kind === 'wall' || thing.kind === 'box'));
}

/** Numbers things of the same name from 1. */
function counter(): (name: string) => number {
  const counts = new Map<string, number>();
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count;
  };
}

interface Options {
  readonly actions: Map<string, readonly Primitive[]>;
  readonly refusals: Map<string, string>;
}

interface Search extends Options {
  readonly scene: Scene;
  readonly sights: readonly Sight[];
  readonly paths: Paths;
}

/** The order of the actions is that of the original's list. */
function findOptions(scene: Scene, { sights }: View): Options {
  const things = sights.filter(({ thing }) => thing.kind !== 'wall');
  const search: Search = {
    scene,
    sights: things,
    paths: findPaths(scene, sights),
    actions: new Map<string, readonly Primitive[]>([
      ['turn left', ['left']],
      ['turn right', ['right']],
    ]),
    refusals: new Map(),
  };
  const barrier = barrierAhead(sights);
  if (barrier && barrier.ahead <= 1) {
    search.refusals.set('move forward', "There is a barrier in front of you, you can't move forward.");
  } else search.actions.set('move forward', ['forward']);
  if (!scene.carrying) addApproaches(search, 'pickup', 'as there is no path leading to it.');
  addDrop(search, sights);
  addDoors(search);
  addApproaches(search, 'go to', 'as there is no path leading to it.');
  search.actions.set('check available actions', []);
  return search;
}

/** Things that cannot be reached do not count in the numbers here, unlike in the description. */
function addApproaches(
  { sights, paths, actions, refusals }: Search,
  verb: 'pickup' | 'go to',
  why: string,
): void {
  const reached = new Map<string, number>();
  for (const { thing, name, cell } of sights) {
    if (verb === 'pickup' && thing.kind === 'door') continue;
    const number = (reached.get(name) ?? 0) + 1;
    const path = paths.facing(cell);
    if (path === 'none') {
      refusals.set(`${verb} ${name} ${number}`, `You cannot ${verb} ${name} ${number}, ${why}`);
      continue;
    }
    reached.set(name, number);
    actions.set(`${verb} ${name} ${number}`, verb === 'pickup' ? [...path, 'pickup'] : path);
  }
}

function addDrop({ scene, actions, refusals }: Search, sights: readonly Sight[]): void {
  const ahead = neighborOf(scene.agent, scene.agent.facing);
  if (!scene.carrying) {
    refusals.set('drop', 'You cannot drop the object, as you are not carrying anything.');
  } else if (sights.some(({ thing, cell }) => thing.kind !== 'door' && sameCell(cell, ahead))) {
    refusals.set('drop', 'You cannot drop the object, as there is already an object in front of you.');
  } else actions.set('drop', ['drop']);
}

function addDoors(search: Search): void {
  const counts = new Map<string, number>();
  for (const sight of search.sights) {
    const { thing, name, cell } = sight;
    if (thing.kind !== 'door') continue;
    const number = (counts.get(name) ?? 0) + 1;
    counts.set(name, number);
    const door = `${name} ${number}`;
    if (thing.open) addOpenDoor(search, door, sight);
    else {
      const keyless = thing.locked ? whyLocked(search.scene, thing.color) : 'fits';
      if (keyless === 'fits') addToggle(search, { door, path: search.paths.facing(cell), counts });
      else refuseToggle(search, door, keyless);
      if (!thing.locked) {
        const why = `You cannot go through ${door}, as it is closed. You should toggle it first.`;
        search.refusals.set(`go through ${door}`, why);
      }
    }
  }
}

function addOpenDoor({ paths, actions, refusals }: Search, door: string, { cell }: Sight): void {
  const path = paths.into(cell);
  if (path !== 'none') actions.set(`go through ${door}`, path);
  else
    refusals.set(`go through ${door}`, `You cannot go through ${door}, as there is no path leading to it.`);
}

function whyLocked({ carrying }: Scene, color: string): string {
  if (carrying?.kind !== 'key') return 'as you are not carrying a key.';
  if (carrying.color === color) return 'fits';
  return 'as the color of the key you are carrying does not match the color of door.';
}

function addToggle(
  { actions, refusals }: Search,
  way: {
    readonly door: string;
    readonly path: readonly Primitive[] | 'none';
    readonly counts: ReadonlyMap<string, number>;
  },
): void {
  const { door, path, counts } = way;
  const action = `toggle and go through ${door}`;
  if (path === 'none') {
    // The original prints its whole table of counted doors here instead of the number.
    const table = [...counts].map(([name, count]) => `'${name}': ${count}`).join(', ');
    const named = `${door.slice(0, door.lastIndexOf(' '))} {${table}}`;
    refusals.set(action, `You cannot toggle and go through ${named}, as there is no path leading to it.`);
    return;
  }
  actions.set(action, [...path, 'toggle', 'forward']);
  if (path.length === 0) actions.set('toggle', ['toggle']);
}

function refuseToggle({ refusals }: Search, door: string, why: string): void {
  const action = `toggle and go through ${door}`;
  refusals.set(action, `You cannot ${action}, ${why}`);
}
