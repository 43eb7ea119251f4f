import { SolutionStuck } from '../../../contracts/agent.ts';
import type { Actor } from '../../../contracts/environment.ts';
import type { JsonObject } from '../../../contracts/json.ts';
import { type Agent, type Cell, neighborOf, sameCell, stepsBetween, turned } from '../engine/grid.ts';
import { type Chart, type Charted, createChart } from './chart.ts';
import { type Reading, readObservation } from './reading.ts';
import type { Route } from './routes.ts';

/** The agent is not where it believed to be; what it has charted is worth nothing. */
export class AgentLost extends Error {}

/** Calls after which the reference solution gives up. */
const maxCalls = 400;
/** How far one call moves at most. */
const longestRun = 10;

/** Acts through tools and keeps a chart of what they show. */
export interface Walker {
  readonly chart: Chart;
  /** Whether an observation has said that the task is completed. */
  readonly completed: boolean;
  /** One call on a route that is passable as far as is known; `withCare` says which doors take a call to open. */
  advance(route: Route, withCare: (door: Charted) => boolean): Promise<void>;
  turn(direction: 'left' | 'right'): Promise<void>;
  pickUp(): Promise<void>;
  drop(): Promise<void>;
  toggle(): Promise<void>;
  /** Forgets the chart and starts another one here. */
  startOver(): Promise<void>;
}

export function createWalker(actor: Actor, firstObservation: string): Walker {
  let chart = createChart(readingOf(firstObservation));
  let completed = false;
  let calls = 0;
  const blockedShortcuts = new Set<string>();

  const call = async (tool: string, args: JsonObject): Promise<string> => {
    if (++calls > maxCalls) throw new SolutionStuck('The goal is not reached after many calls');
    const outcome = await actor.call('babyai', tool, args);
    if (outcome.kind === 'protocol-error') throw new SolutionStuck(outcome.text);
    return outcome.kind === 'result' ? outcome.text : '';
  };
  const observe = (text: string, pose: Agent): void => {
    const reading = readObservation(text);
    if (reading === 'none') throw new AgentLost();
    completed ||= reading.completed;
    if (chart.note(pose, reading) === 'contradiction' && !completed) throw new AgentLost();
  };
  const ahead = (): Cell => neighborOf(chart.pose, chart.pose.facing);
  const turn = async (direction: 'left' | 'right'): Promise<void> => {
    const facing = turned(chart.pose.facing, direction === 'left' ? -1 : 1);
    observe(await call('turn', { direction }), { ...chart.pose, facing });
  };
  const run = async ({ poses }: Route): Promise<void> => {
    const { facing } = chart.pose;
    let end = 0;
    while (end < longestRun && isClear(chart, poses[end + 1]) && poses[end + 1]?.facing === facing) end++;
    const pose = poses[end];
    if (!pose || end === 0) throw new AgentLost();
    observe(await call('move_forward', { steps: end }), pose);
  };
  const toggle = async (): Promise<void> => observe(await call('toggle', {}), chart.pose);
  /** Walks into a door in view with one call; false when the service will not. */
  const goThrough = async ({ door, pose }: DoorOnRoute): Promise<boolean> => {
    const listed = chart.last.listed.find(
      (each) => each.kind === 'door' && sameCell(chart.cellOf(each), door.cell),
    );
    const key = `${door.cell.x},${door.cell.y}`;
    if (!listed || blockedShortcuts.has(key)) return false;
    const tool = listed.state === 'open' ? 'go_through' : 'toggle_and_go_through';
    const text = await call(tool, { door: listed.name });
    if (text === '') blockedShortcuts.add(key);
    else observe(text, pose);
    return text !== '';
  };

  return {
    get chart() {
      return chart;
    },
    get completed() {
      return completed;
    },
    async advance(route, withCare) {
      const door = firstDoor(chart, route);
      if (door?.shortcut && !withCare(door.door) && (await goThrough(door))) return;
      const [pose, next] = route.poses;
      if (!pose || !next) return;
      if (next.facing !== pose.facing) await turn(next.facing === turned(pose.facing, 1) ? 'right' : 'left');
      else if (door && isShut(door.door) && sameCell(door.pose, next)) await toggle();
      else await run(route);
    },
    turn,
    async pickUp() {
      const thing = chart.thingAt(ahead());
      if (!thing) throw new AgentLost();
      const text = await call('pick_up', { object: `${thing.color} ${thing.kind} 1` });
      chart.clear(thing.cell);
      observe(text, chart.pose);
    },
    async drop() {
      const text = await call('drop', {});
      chart.clear(ahead());
      observe(text, chart.pose);
    },
    toggle,
    async startOver() {
      blockedShortcuts.clear();
      // In a doorway one takes the door's wall for a room's, so the chart starts one step on.
      for (let turns = 0; turns < 4; turns++) {
        const reading = readingOf(await call('turn', { direction: 'left' }));
        chart = createChart(reading, 'lost');
        const blocked = reading.listed.some(({ ahead, aside }) => ahead === 1 && aside === 0);
        if (blocked || reading.barrier.ahead === 1) continue;
        chart = createChart(readingOf(await call('move_forward', {})), 'lost');
        return;
      }
    },
  };
}

function readingOf(text: string): Reading {
  const reading = readObservation(text);
  if (reading === 'none') throw new SolutionStuck('The observation cannot be read');
  return reading;
}

function isClear(chart: Chart, pose: Agent | undefined): boolean {
  if (!pose) return false;
  const thing = chart.thingAt(pose);
  return thing ? thing.kind === 'door' && thing.state === 'open' : chart.isFloor(pose);
}

interface DoorOnRoute {
  readonly door: Charted;
  /** In which the route enters the door. */
  readonly pose: Agent;
  /** Whether one call may lead there: there are turns to save, and no doubt about the way. */
  readonly shortcut: boolean;
}

function firstDoor({ pose: start, thingAt, isAcross }: Chart, { poses }: Route): DoorOnRoute | undefined {
  let turns = 0;
  for (const [index, pose] of poses.entries()) {
    if (pose.facing !== poses[index - 1]?.facing) turns++;
    const door = index > 0 ? thingAt(pose) : undefined;
    if (door?.kind !== 'door') continue;
    const direct = index + 1 - turns === stepsBetween(start, pose) && isAcross(pose);
    return { door, pose, shortcut: direct && (turns > 1 || isShut(door)) };
  }
  return undefined;
}

function isShut({ state }: Charted): boolean {
  return state !== 'open';
}
