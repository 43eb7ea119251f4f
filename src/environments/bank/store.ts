import { plainIban } from './iban.ts';

/** All amounts are in euro cents. */
export type Account = {
  readonly id: string;
  readonly name: string;
  readonly iban: string;
  /** At the start, with all of `history` booked. */
  readonly cents: number;
};

export type Payee = { readonly id: string; readonly name: string; readonly iban: string };

/** What was booked before the present day; negative when money went out. */
export type Booking = {
  readonly id: string;
  readonly account: string;
  readonly date: string;
  readonly name: string;
  readonly iban: string;
  readonly cents: number;
  readonly reference: string;
};

/** What was sent on the present day. */
export type Transfer = {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly iban: string;
  readonly cents: number;
  readonly reference: string;
};

/** A payment of every month; an account number and a day name one order. */
export type StandingOrder = Transfer & { readonly day: number };

export const folders = ['inbox', 'paid', 'archive'] as const;

export type BankDocument = {
  readonly id: string;
  readonly folder: (typeof folders)[number];
  readonly sender: string;
  readonly title: string;
  readonly date: string;
  readonly text: string;
};

export type Note = { readonly title: string; readonly text: string };

/** Somebody else who may use an account. */
export type Authorization = { readonly account: string; readonly person: string };

export type BankState = {
  readonly accounts: readonly Account[];
  readonly payees: readonly Payee[];
  readonly history: readonly Booking[];
  readonly transfers: readonly Transfer[];
  readonly orders: readonly StandingOrder[];
  readonly authorizations: readonly Authorization[];
  readonly documents: readonly BankDocument[];
  readonly notes: readonly Note[];
};

/** Where the services find and leave the state. */
export interface BankStore {
  state: BankState;
  /** YYYY-MM-DD */
  readonly today: string;
  /** A new id that begins with `prefix`. */
  nextId(prefix: string): string;
}

export function createStore(state: BankState, today: string): BankStore {
  let count = 0;
  return { state, today, nextId: (prefix) => `${prefix}-new-${++count}` };
}

/** What is on an account now. */
export function balance({ transfers }: BankState, account: Account): number {
  return transfers.reduce((cents, transfer) => {
    const out = transfer.account === account.id ? transfer.cents : 0;
    const into = plainIban(transfer.iban) === account.iban ? transfer.cents : 0;
    return cents - out + into;
  }, account.cents);
}
