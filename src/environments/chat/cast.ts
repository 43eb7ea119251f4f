import type { Rng } from '../../contracts/seed.ts';
import { fullNames } from '../kit/people.ts';
import type { Channel, User } from './store.ts';

/** The workspace of one company before anybody has written, and its present day. */
export interface Cast {
  readonly company: string;
  /** Of the company's pages. */
  readonly site: string;
  readonly user: User;
  readonly manager: User;
  readonly colleagues: readonly User[];
  /** A guest with whom tasks may have to do. */
  readonly client: User;
  /** A guest with whom no task has to do. */
  readonly vendor: User;
  /** Everybody. */
  readonly users: readonly User[];
  readonly rooms: Rooms;
  /** Rooms of three projects. */
  readonly projects: readonly [Channel, Channel, Channel];
  /** Rooms that no colleague is a member of yet. */
  readonly guilds: readonly Channel[];
  /** The user's direct conversations. */
  readonly direct: { readonly manager: Channel; readonly colleague: Channel };
  /** The date so many days from the present day, as YYYY-MM-DD. */
  readonly day: (offset: number) => string;
}

const roomNames = [
  'general',
  'announcements',
  'random',
  'help',
  'people',
  'alerts',
  'standup',
  'releases',
  'events',
  'decisions',
] as const;

type OpenRooms = Readonly<Record<(typeof roomNames)[number], Channel>>;

type Rooms = OpenRooms & {
  /** The user and the manager alone. */
  readonly leads: Channel;
  /** With guests. */
  readonly shared: Channel;
};

const brands = 'Aster Brook Comet Drift Evergreen Flint Grove Harvest Ivory Juno Kite Lumen'.split(' ');
const kinds = ['Labs', 'Systems', 'Mobility', 'Energy', 'Robotics', 'Media'];
const projectNames = ['falcon', 'otter', 'marlin', 'badger', 'heron', 'lynx', 'puffin', 'tapir'];
const titles = ['engineer', 'designer', 'analyst', 'support agent', 'recruiter', 'writer'];
const zones = [
  'Europe/Lisbon',
  'Europe/Oslo',
  'America/Lima',
  'Asia/Tokyo',
  'Africa/Nairobi',
  'America/Denver',
];
const colleagueCount = 6;
const dayMs = 86_400_000;

export function createCast(rng: Rng): Cast {
  const [company = '', partner = '', supplier = ''] = rng
    .sample(brands, 3)
    .map((brand) => `${brand} ${rng.pick(kinds)}`);
  const names = fullNames(rng, colleagueCount + 4);
  const person = (name: string, title: string, employer = company): User => ({
    id: `U${rng.token(6)}`,
    name,
    title,
    timeZone: rng.pick(zones),
    company: employer,
    guest: employer !== company,
  });
  const [mine = '', managers = '', clients = '', vendors = '', ...others] = names;
  const user = person(mine, 'operations lead');
  const manager = person(managers, 'head of operations');
  const client = person(clients, 'buyer', partner);
  const vendor = person(vendors, 'consultant', supplier);
  const colleagues = others.map((name) => person(name, rng.pick(titles)));
  const staff = [user, manager, ...colleagues];
  const channel = (name: string, kind: Channel['kind'], members: readonly User[]): Channel => ({
    id: `${kind === 'direct' ? 'D' : 'C'}${rng.token(6)}`,
    kind,
    name,
    topic: name === '' ? '' : `All about ${name}`,
    owner: rng.pick(members.filter((member) => member !== user && !member.guest)).id,
    members: members.map(({ id }) => id),
    archived: false,
  });
  const room = (name: string): Channel => channel(name, 'public', staff);
  const [first = '', second = '', third = ''] = rng.sample(projectNames, 3).map((name) => `proj-${name}`);
  const today = Date.UTC(2026, rng.int(1, 10), rng.int(10, 24));
  return {
    company,
    site: `https://wiki.${company.toLowerCase().replace(' ', '-')}.example`,
    user,
    manager,
    colleagues,
    client,
    vendor,
    users: [...staff, client, vendor],
    rooms: {
      ...(Object.fromEntries(roomNames.map((name) => [name, room(name)])) as OpenRooms),
      leads: channel('leads', 'private', [user, manager]),
      shared: channel(`shared-${partner.split(' ', 1).join('').toLowerCase()}`, 'public', [
        ...staff,
        client,
        vendor,
      ]),
    },
    projects: [room(first), room(second), room(third)],
    guilds: ['guild-data', 'guild-web', 'guild-writing'].map((name) =>
      channel(name, 'public', [user, manager]),
    ),
    direct: {
      manager: channel('', 'direct', [user, manager]),
      colleague: channel('', 'direct', [user, ...colleagues.slice(0, 1)]),
    },
    day: (offset) => new Date(today + offset * dayMs).toISOString().slice(0, 10),
  };
}

/** All rooms and direct conversations. */
export function channelsOf({ rooms, projects, guilds, direct }: Cast): Channel[] {
  return [...Object.values(rooms), ...projects, ...guilds, ...Object.values(direct)];
}
