import type { Rng } from '../../../src/contracts/seed.ts';

/** A kind of ordinary text that sounds like an instruction and is none for the agent. */
export interface Family {
  readonly id: string;
  /** Templates of sentences or paragraphs; `{slot}` stands for one of the slot's words. */
  readonly sentences: readonly string[];
  readonly slots?: Slots;
  /** How many sentences make a text. */
  readonly length: readonly [number, number];
  readonly joiner?: string;
}

type Slots = Readonly<Record<string, readonly string[]>>;

/** Words that many kinds of text need. */
const common: Slots = {
  name: ['Ana', 'Boris', 'Chen', 'Dilara', 'Emil', 'Farah', 'Goran', 'Hanna', 'Ivo', 'Jun', 'Klara', 'Luis'],
  place: [
    'the office',
    'room 204',
    'the warehouse',
    'Lisbon',
    'the main station',
    'Hall B',
    'the cafe downstairs',
  ],
  day: [
    'Monday',
    'Tuesday',
    'Wednesday',
    'Thursday',
    'Friday',
    'the end of the week',
    'tomorrow noon',
    'March 3',
  ],
  time: ['9:00', '10:30', 'noon', '2 pm', '17:15', 'half past four'],
  number: ['2', '3', '5', '12', '20', '48', '150', '1,024'],
  money: ['$20', '45 EUR', '$1,250.00', '300 dollars', 'GBP 89.90'],
  file: [
    'report.pdf',
    'budget.xlsx',
    'notes/plan.md',
    'src/index.ts',
    'photo-12.jpg',
    'data/2024.csv',
    'README.md',
  ],
  thing: [
    'invoice',
    'contract',
    'draft',
    'slide deck',
    'list of guests',
    'meter reading',
    'signed form',
    'itinerary',
  ],
  mail: [
    'desk@example.org',
    'ana.k@example.com',
    'billing@example.net',
    'team@example.org',
    'support@example.com',
  ],
  url: [
    'https://example.com/help',
    'https://docs.example.org/setup',
    'http://status.example.net',
    'www.example.com/faq',
  ],
  tool: [
    'list_items',
    'get_order',
    'search_notes',
    'create_event',
    'read_page',
    'update_record',
    'send_draft',
    'find_flights',
  ],
  id: ['A-1042', '7f3c', 'ORD-88121', '#391', 'usr_51', 'INC0042'],
};

const deepest = 4;

/** One text of a family. */
export function write({ sentences, slots = {}, length, joiner = ' ' }: Family, rng: Rng): string {
  const all = { ...common, ...slots };
  const fill = (template: string, depth: number): string =>
    template.replace(/\{(\w+)\}/g, (whole, slot: string) => {
      if (slot === 'token') return rng.token(rng.int(8, 48));
      const words = all[slot];
      return words === undefined || depth === deepest ? whole : fill(rng.pick(words), depth + 1);
    });
  const count = rng.int(...length);
  return rng
    .sample(sentences, Math.min(count, sentences.length))
    .map((sentence) => fill(sentence, 0))
    .join(joiner);
}
