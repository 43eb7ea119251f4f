import type { Rng } from '../../../contracts/seed.ts';
import type { Atom } from '../pddl/formula.ts';
import {
  idleDevices,
  lamps,
  type PlaceKind,
  type PlaceType,
  placeKinds,
  type Room,
  type RoomType,
  rooms,
  runningDevices,
  type ThingKind,
  type ThingType,
  thingKinds,
} from './catalog.ts';

/** Something with a number, such as the third drawer. */
export interface Item<Type extends string> {
  readonly type: Type;
  readonly number: number;
}

/** A room with everything in it. */
export interface Home {
  readonly room: RoomType;
  readonly places: readonly Item<PlaceType>[];
  readonly contents: readonly Placed[];
}

/** Something in or on a receptacle; devices stay where they are. */
export type Placed = { readonly place: Item<PlaceType> } & (
  | { readonly kind: 'thing'; readonly item: Item<ThingType> }
  | { readonly kind: 'device'; readonly item: Item<string>; readonly on: boolean }
);

export function nameOf({ type, number }: Item<string>): string {
  return `${type} ${number}`;
}

/** Ids sort as numbers do. */
function idOf({ type, number }: Item<string>): string {
  return `${type}_${String(number).padStart(2, '0')}`;
}

/**
 * The receptacles of a room.
 * @param size share of the optional receptacles that are there, from 0 to 1
 */
export function furnish(rng: Rng, room: RoomType, size: number): Item<PlaceType>[] {
  const plan: Room = rooms[room];
  return (Object.keys(plan) as PlaceType[]).flatMap((type) => {
    const [low, high] = plan[type] ?? [0, 0];
    const extra = Array.from({ length: high - low }).filter(() => rng.chance(size)).length;
    return Array.from({ length: low + extra }, (_, place) => ({ type, number: place + 1 }));
  });
}

function placeKind(type: PlaceType): PlaceKind {
  return placeKinds[type];
}

export function thingKind(type: ThingType): ThingKind {
  return thingKinds[type];
}

export function canHold(place: PlaceType, thing: ThingType): boolean {
  return placeKind(place).takes.includes(thingKind(thing).group);
}

/** Kinds of things that some receptacle of these can hold. */
export function thingsFor(places: readonly Item<PlaceType>[]): ThingType[] {
  const types = [...new Set(places.map(({ type }) => type))];
  return thingTypes.filter((thing) => types.some((type) => canHold(type, thing)));
}

const thingTypes = Object.keys(thingKinds) as ThingType[];

/** A lamp of each kind, one device that has to stay on and one that nobody needs, where people put such things. */
export function installDevices(rng: Rng, places: readonly Item<PlaceType>[]): Placed[] {
  const fit = places.filter(
    ({ type }) => !placeKind(type).openable && placeKind(type).takes.includes('ornament'),
  );
  const device = (type: string, on: boolean): Placed => ({
    place: rng.pick(fit),
    kind: 'device',
    item: { type, number: 1 },
    on,
  });
  return [
    ...lamps.map((lamp) => device(lamp, false)),
    device(rng.pick(Object.keys(runningDevices)), true),
    device(rng.pick(idleDevices), false),
  ];
}

/** The start state of a home. */
export function factsOf({ places, contents }: Home): Atom[] {
  const types = new Set(places.map(({ type }) => type));
  return [
    fact('atLocation', 'agent', 'middle'),
    ...places.flatMap(placeFacts),
    ...[...types].flatMap((type) =>
      thingTypes
        .filter((thing) => canHold(type, thing))
        .map((thing) => fact('canContain', `${type}type`, `${thing}type`)),
    ),
    ...contents.flatMap(contentFacts),
  ];
}

/** Every thing in a home by its id, with its type. */
export function typesOf({ places, contents }: Home): Map<string, string> {
  return new Map([
    ['agent', 'agent'],
    ['middle', 'location'],
    ...places.flatMap((place): [string, string][] => [
      [idOf(place), 'receptacle'],
      [locationOf(place), 'location'],
      [`${place.type}type`, 'rtype'],
    ]),
    ...contents.flatMap(({ item }): [string, string][] => [
      [idOf(item), 'object'],
      [`${item.type}type`, 'otype'],
    ]),
    ...thingTypes.map((type): [string, string] => [`${type}type`, 'otype']),
  ]);
}

/** Names by id. */
export function namesOf({ places, contents }: Home): Map<string, string> {
  const items = [...places, ...contents.map(({ item }) => item)];
  return new Map(items.map((item) => [idOf(item), nameOf(item)]));
}

function locationOf(place: Item<PlaceType>): string {
  return `at_${idOf(place)}`;
}

function placeFacts(place: Item<PlaceType>): Atom[] {
  const { openable, does } = placeKind(place.type);
  return [
    fact('receptacleAtLocation', idOf(place), locationOf(place)),
    fact('receptacleType', idOf(place), `${place.type}type`),
    ...(openable ? [fact('openable', idOf(place))] : []),
    ...(does ? [fact(does, idOf(place))] : []),
  ];
}

function contentFacts(content: Placed): Atom[] {
  const id = idOf(content.item);
  const marks =
    content.kind === 'device' ? ['toggleable'] : ['pickupable', ...thingKind(content.item.type).marks];
  return [
    fact('inReceptacle', id, idOf(content.place)),
    fact('objectType', id, `${content.item.type}type`),
    ...marks.map((mark) => fact(mark, id)),
    ...(content.kind === 'device' && content.on ? [fact('isOn', id)] : []),
  ];
}

function fact(predicate: string, ...args: string[]): Atom {
  return { predicate: predicate.toLowerCase(), args };
}
