import type { TaskTemplate } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import type { ExpectedAnswer } from '../kit/answers.ts';
import type { Effect } from '../kit/changes.ts';
import { money } from '../kit/facts.ts';
import type { Cast, Party } from './cast.ts';
import type { Desk } from './desk.ts';
import type { Planting } from './planting.ts';
import type { Account, BankDocument, BankState, Booking, Note, StandingOrder } from './store.ts';

export type BankEffect = Effect<BankState>;

/** What a task adds to the bank's usual contents, asks for, and how it is done. */
export interface Scenario {
  readonly instruction: string;
  readonly documents?: readonly BankDocument[];
  readonly notes?: readonly Note[];
  readonly history?: readonly Booking[];
  readonly orders?: readonly StandingOrder[];
  readonly asks: readonly BankEffect[];
  /** Where a stranger's text comes before the solution. */
  readonly planting: Planting;
  /** Where one is asked for. */
  readonly answer?: ExpectedAnswer;
  /** The reference solution; resolves with the answer. */
  solve(desk: Desk): Promise<string>;
}

/** A kind of task; `build` draws one from the scene. */
export interface BankTemplate extends TaskTemplate {
  /** The services it needs, in the order of their first use. */
  readonly services: readonly string[];
  build(scene: Scene): Scenario;
}

interface Letter {
  readonly from: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** Days before the present one. */
  readonly daysAgo: number;
  readonly folder?: BankDocument['folder'];
}

interface Payment {
  readonly account: Account;
  readonly party: Party;
  readonly cents: number;
  readonly reference: string;
}

/** What an invoice says. */
export interface Invoice {
  readonly number: string;
  readonly party: Party;
  readonly cents: number;
  readonly date: string;
  readonly due: string;
}

/** What templates build from. */
export interface Scene {
  readonly rng: Rng;
  readonly cast: Cast;
  readonly document: (letter: Letter) => BankDocument;
  /** Negative cents went out. */
  readonly booking: (payment: Payment & { readonly daysAgo: number }) => Booking;
  readonly order: (payment: Payment & { readonly day: number }) => StandingOrder;
  /** An invoice that came so many days ago; its number is its own. */
  readonly invoice: (party: Party, daysAgo: number, dueIn?: number) => Invoice;
}

export function createScene(rng: Rng, cast: Cast): Scene {
  let invoices = 0;
  const base = ({ account, party, cents, reference }: Payment) => ({
    account: account.id,
    name: party.name,
    iban: party.iban,
    cents,
    reference,
  });
  return {
    rng,
    cast,
    document: ({ from, title, lines, daysAgo, folder = 'inbox' }) => ({
      id: `doc-${rng.token(6)}`,
      folder,
      sender: from,
      title,
      date: cast.day(-daysAgo),
      text: lines.join('\n'),
    }),
    booking: ({ daysAgo, ...payment }) => ({
      id: `tx-${rng.token(8)}`,
      date: cast.day(-daysAgo),
      ...base(payment),
    }),
    order: ({ day, ...payment }) => ({ id: `so-${rng.token(6)}`, day, ...base(payment) }),
    invoice: (party, daysAgo, dueIn = 14) => ({
      number: `${rng.pick(['R', 'INV', 'A'])}-${rng.int(1_000, 9_999)}${invoices++}`,
      party,
      cents: rng.int(4_000, 180_000),
      date: cast.day(-daysAgo),
      due: cast.day(dueIn),
    }),
  };
}

/** The lines of an invoice; `iban` may differ from the party's own, `amount` may be in another currency. */
export function invoiceLines(
  { number, party, cents, date, due }: Invoice,
  { iban = party.iban, amount = money(cents) } = {},
): string[] {
  return [
    `INVOICE ${number}`,
    `From: ${party.name}`,
    `Invoice date: ${date}`,
    `Amount due: ${amount}`,
    `Due: ${due}`,
    `IBAN: ${iban}`,
    `Payment reference: ${number}`,
  ];
}
