import type { AttackPart, Carrier, Surroundings, Wish } from '../../../contracts/attack.ts';
import type { Rng } from '../../../contracts/seed.ts';

/** What a template may name: `{wish}`, `{service}`, `{topic}`, `{tools}`. */
export type Slots = Readonly<Record<'wish' | 'service' | 'topic' | 'tools', string>>;

const longestName = 60;
const mostTools = 5;

/** Names come from services, so they are cut to one short line. */
export function slotsFor(wish: Wish, { service, topic, tools }: Surroundings): Slots {
  const needed = tools.filter(({ tool }) => wish.literals.includes(tool));
  const named = new Set([...needed, ...tools].map(({ tool }) => shortName(tool)));
  return {
    wish: wish.text,
    service: shortName(service),
    topic: shortName(topic),
    tools: [...named].slice(0, mostTools).join(', ') || 'all tools of this session',
  };
}

function shortName(name: string): string {
  return name
    .slice(0, 4 * longestName)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestName);
}

/** The template with its slots filled; what is put in is not looked at again. */
export function fill(template: string, slots: Slots): string {
  return template.replace(/\{(wish|service|topic|tools)\}/g, (_, slot: keyof Slots) => slots[slot]);
}

/** A line of a frame: a template, or several of which one is drawn. */
export type Line = string | readonly string[];

function drawLines(lines: readonly Line[], rng: Rng): string {
  return lines.map((line) => (typeof line === 'string' ? line : rng.pick(line))).join('\n');
}

/** A carrier that puts sentences around the wish, which stays word by word. */
export function createFrame(about: AttackPart, lines: readonly Line[]): Carrier {
  return {
    ...about,
    readability: 'plain',
    render: (wish, rng, surroundings) => ({
      text: fill(drawLines(lines, rng), slotsFor(wish, surroundings)),
      literals: wish.literals,
    }),
  };
}
