import { SolutionStuck } from '../../../contracts/agent.ts';
import type { Actor } from '../../../contracts/environment.ts';
import { type Agent, type Cell, neighborOf, neighborsOf, sameCell, stepsBetween } from '../engine/grid.ts';
import type { ActionInstruction, Description } from '../engine/instruction.ts';
import type { Charted } from './chart.ts';
import { actionsFor } from './goal.ts';
import { findOutlook, findRoute, type Route, type Terrain, type Toll } from './routes.ts';
import { AgentLost, createWalker, type Walker } from './walker.ts';

/** What the agent has been told. */
export interface Mission {
  /** The goal in BabyAI's English. */
  readonly goal: string;
  /** Whether the goal says the order of its parts. */
  readonly wording: 'exact' | 'ambiguous';
  readonly firstObservation: string;
  /** Name of an item that must stay where it is: `grey ball`. */
  readonly keepsake: string;
}

/** Being lost more often than this means that there is no getting on. */
const maxLosses = 5;
/** What moving an item out of the way is worth in steps. */
const removalToll = 12;

/** Explores, charts what is seen, and carries out the goal's actions one after the other. */
export async function solveMission(mission: Mission, actor: Actor): Promise<string> {
  const walker = createWalker(actor, mission.firstObservation);
  const actions = actionsFor(mission.goal, mission.wording);
  if (actions.length === 0) throw new SolutionStuck(`The goal cannot be understood: ${mission.goal}`);
  for (let losses = 0; !walker.completed; losses++) {
    try {
      if (losses > 0) await walker.startOver();
      for (const action of actions) if (!walker.completed) await carryOut(walker, action, mission);
      break;
    } catch (error) {
      if (!(error instanceof AgentLost)) throw error;
      if (losses === maxLosses) throw new SolutionStuck('I find no way to the goal');
    }
  }
  return `Done: ${mission.goal}.`;
}

interface Work {
  readonly walker: Walker;
  readonly keepsake: string;
  /** Doors of which one is to be opened: the agent must notice when that has been done. */
  isToOpen(door: Charted): boolean;
}

async function carryOut(walker: Walker, action: ActionInstruction, mission: Mission): Promise<void> {
  const { what, verb } = action;
  const isToOpen = ({ color }: Charted): boolean => verb === 'open' && (what.color ?? color) === color;
  const work: Work = { walker, keepsake: mission.keepsake, isToOpen };
  switch (action.verb) {
    case 'go to':
      if (facesOne(work, action.what)) {
        await walker.turn('left');
        await walker.turn('right');
      } else await reach(work, () => meant(work, action.what));
      return;
    case 'open':
      await reach(work, () => meant(work, action.what));
      if (isLocked(ahead(work))) await unlock(work, () => meant(work, action.what));
      if (!walker.completed) await walker.toggle();
      return;
    case 'pick up':
      await fetch(work, action.what);
      return;
    case 'put':
      await putBeside(work, action.what, action.beside);
  }
}

function ahead({ walker: { chart } }: Work): Charted | undefined {
  return chart.thingAt(neighborOf(chart.pose, chart.pose.facing));
}

function facesOne(work: Work, what: Description): boolean {
  const thing = ahead(work);
  return thing !== undefined && meant(work, what).includes(thing);
}

/** The charted things that a description fits. */
function meant({ walker: { chart } }: Work, { kind, color, place }: Description): Charted[] {
  const { low, high } = chart.roomAround({ x: 0, y: 0 });
  return chart.things().filter(({ cell: { x, y }, ...thing }) => {
    if (kind !== undefined && thing.kind !== kind) return false;
    if (color !== undefined && thing.color !== color) return false;
    // Who got lost does not know any more where it started.
    if (place === undefined || chart.origin === 'lost') return true;
    if (x < low.x || x > high.x || y < low.y || y > high.y) return false;
    return { left: y < 0, right: y > 0, front: x > 0, behind: x < 0 }[place];
  });
}

/** Walks until the agent faces one of the things, exploring and clearing the way as needed. */
async function reach(work: Work, things: () => readonly Charted[]): Promise<void> {
  const { walker } = work;
  while (!walker.completed) {
    const cells = things().map(({ cell }) => cell);
    const fits = (pose: Agent): boolean =>
      cells.some((cell) => sameCell(cell, neighborOf(pose, pose.facing)));
    const route = cells.length > 0 ? findRoute(terrainOf(work), walker.chart.pose, fits) : 'none';
    if (route === 'none') await openUp(work, fits);
    else if (route.poses.length === 1) return;
    else await walker.advance(route, work.isToOpen);
  }
}

/** Makes progress when there is no way to what is wanted: looks further, fetches a key, or clears an item away. */
async function openUp(work: Work, wanted: (pose: Agent) => boolean): Promise<void> {
  const { chart } = work.walker;
  const outlook = findOutlook(terrainOf(work), chart.pose, chart.gain);
  const key = chart.things().find((thing) => isUsefulKey(work, thing) && isReachable(work, thing));
  if (key && (outlook === 'none' || chart.last.carrying === 'nothing')) await fetchThing(work, key.cell);
  else if (outlook !== 'none') await work.walker.advance(outlook, work.isToOpen);
  else await clearWay(work, wanted);
}

/** Moves the first item that is in the way aside; what is carried is put down and taken up again. */
async function clearWay(work: Work, wanted: (pose: Agent) => boolean): Promise<void> {
  const { chart } = work.walker;
  const cleared = terrainOf(work, removalToll);
  const direct = findRoute(cleared, chart.pose, wanted);
  const route = direct === 'none' ? findOutlook(cleared, chart.pose, chart.gain) : direct;
  const inTheWay = route === 'none' ? undefined : firstItem(work, route);
  if (!inTheWay || route === 'none') throw new AgentLost();
  const carried = chart.last.carrying === 'nothing' ? 'nothing' : await putDown(work, route.poses);
  await fetchThing(work, inTheWay.cell);
  await putDown(work, route.poses);
  if (carried !== 'nothing') await fetchThing(work, carried);
}

function isUsefulKey({ walker: { chart } }: Work, { kind, color }: Charted): boolean {
  const { carrying } = chart.last;
  const isAtHand = carrying !== 'nothing' && carrying.kind === 'key' && carrying.color === color;
  return kind === 'key' && !isAtHand && chart.things().some((door) => isLocked(door) && door.color === color);
}

function isReachable(work: Work, { cell }: Charted): boolean {
  const fits = (pose: Agent): boolean => sameCell(cell, neighborOf(pose, pose.facing));
  return findRoute(terrainOf(work), work.walker.chart.pose, fits) !== 'none';
}

function isLocked(thing: Charted | undefined): boolean {
  return thing?.kind === 'door' && thing.state === 'locked';
}

function firstItem({ walker: { chart } }: Work, { poses }: Route): Charted | undefined {
  const things = poses.slice(1).map((pose) => chart.thingAt(pose));
  return things.find((thing) => thing !== undefined && thing.kind !== 'door');
}

/** What it takes to enter cells, as far as is known; items can be passed at the price of moving them. */
function terrainOf({ walker: { chart }, keepsake }: Work, removal: Toll = 'blocked'): Terrain {
  const { carrying } = chart.last;
  return {
    toll(cell) {
      const thing = chart.thingAt(cell);
      if (!thing) return chart.isInWall(cell) ? 'blocked' : 0;
      if (thing.kind !== 'door') return `${thing.color} ${thing.kind}` === keepsake ? 'blocked' : removal;
      if (thing.state !== 'locked') return thing.state === 'open' ? 0 : 1;
      const fits = carrying !== 'nothing' && carrying.kind === 'key' && carrying.color === thing.color;
      return fits ? 1 : 'blocked';
    },
  };
}

/** Picks up something that fits; what is carried is put down first. */
async function fetch(work: Work, what: Description): Promise<void> {
  const { walker } = work;
  await reach(work, () => meant(work, what));
  if (walker.chart.last.carrying !== 'nothing' && !walker.completed) {
    await putDown(work, []);
    await reach(work, () => meant(work, what));
  }
  if (!walker.completed) await walker.pickUp();
}

async function fetchThing(work: Work, cell: Cell): Promise<void> {
  const { walker } = work;
  if (walker.chart.last.carrying !== 'nothing') await putDown(work, []);
  await reach(work, () => walker.chart.things().filter((thing) => sameCell(thing.cell, cell)));
  if (!walker.completed) await walker.pickUp();
}

/** Drops what is carried on free floor, out of the way of doors and of a route; resolves with the place. */
async function putDown(work: Work, route: readonly Cell[]): Promise<Cell> {
  const { walker } = work;
  return dropAt(work, (cell) => {
    const { chart } = walker;
    if (!chart.isFloor(cell) || chart.isInWall(cell) || chart.thingAt(cell)) return false;
    if (neighborsOf(cell).some((next) => chart.thingAt(next)?.kind === 'door')) return false;
    return !route.some((other) => sameCell(other, cell));
  });
}

async function dropAt(work: Work, isSpot: (cell: Cell) => boolean): Promise<Cell> {
  const { walker } = work;
  const fits = (pose: Agent): boolean => isSpot(neighborOf(pose, pose.facing));
  for (;;) {
    const { pose } = walker.chart;
    const spot = neighborOf(pose, pose.facing);
    const route = findRoute(terrainOf(work), pose, fits);
    if (walker.completed) return spot;
    if (route === 'none') await openUp(work, fits);
    else if (route.poses.length > 1) await walker.advance(route, work.isToOpen);
    else {
      await walker.drop();
      return spot;
    }
  }
}

async function putBeside(work: Work, what: Description, beside: Description): Promise<void> {
  const { walker } = work;
  await reach(work, () => meant(work, beside));
  await fetch(work, what);
  const isSpot = (cell: Cell): boolean => {
    const { chart } = walker;
    if (chart.isInWall(cell) || chart.thingAt(cell)) return false;
    return meant(work, beside).some((other) => stepsBetween(other.cell, cell) === 1);
  };
  await dropAt(work, isSpot);
}

/** Gets the key of a locked door and comes back to it. */
async function unlock(work: Work, doors: () => readonly Charted[]): Promise<void> {
  const door = ahead(work);
  if (!door) throw new AgentLost();
  await fetch(work, { kind: 'key', color: door.color });
  await reach(work, doors);
}
