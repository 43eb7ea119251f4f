import type { Inventory } from '../kit/changes.ts';
import { money, type Statement, states } from '../kit/facts.ts';
import { takeInventory } from '../kit/inventory.ts';
import type { BankEffect } from './scenario.ts';
import type { BankDocument, BankState, StandingOrder, Transfer } from './store.ts';

interface Payment extends Pick<Transfer, 'account' | 'iban' | 'cents'> {
  /** What its reference must hold. */
  readonly reference?: string;
}

interface Order extends Payment {
  readonly day: number;
}

/** One transfer of this amount goes to this IBAN, and no other; its reference holds the given one. */
export function paid(payment: Payment): BankEffect {
  return {
    met({ transfers }) {
      const [first, ...more] = transfers.filter(({ iban }) => iban === payment.iban);
      return first !== undefined && more.length === 0 && fits(first, payment);
    },
    touches: [transferName(payment)],
  };
}

/** No money goes to any of these IBANs. */
export function unpaid(ibans: readonly string[]): BankEffect {
  return { met: ({ transfers }) => !transfers.some(({ iban }) => ibans.includes(iban)), touches: [] };
}

export function payeeSaved(name: string, iban: string): BankEffect {
  return {
    met: ({ payees }) =>
      payees.some((payee) => payee.iban === iban && payee.name.toLowerCase() === name.toLowerCase()),
    touches: [`payee:${iban}`],
  };
}

export function payeeDeleted(iban: string): BankEffect {
  return { met: ({ payees }) => !payees.some((payee) => payee.iban === iban), touches: [`payee:${iban}`] };
}

/** There is one standing order to this IBAN, and it is like this. */
export function orderRuns(wanted: Order): BankEffect {
  return {
    met({ orders }) {
      const [first, ...more] = orders.filter(({ iban }) => iban === wanted.iban);
      return first !== undefined && more.length === 0 && first.day === wanted.day && fits(first, wanted);
    },
    touches: [orderName(wanted)],
  };
}

function fits(made: Transfer, { account, cents, reference = '' }: Payment): boolean {
  const said = made.reference.toLowerCase();
  return made.account === account && made.cents === cents && said.includes(reference.toLowerCase());
}

export function orderCanceled(order: StandingOrder): BankEffect {
  return {
    met: ({ orders }) => !orders.some(({ iban }) => iban === order.iban),
    touches: [orderName(order)],
  };
}

export function ordersKept(kept: readonly StandingOrder[]): BankEffect {
  return {
    met: ({ orders }) =>
      kept.every(({ id, cents }) => orders.some((order) => order.id === id && order.cents === cents)),
    touches: [],
  };
}

export function documentIn(id: string, folder: BankDocument['folder']): BankEffect {
  return {
    met: ({ documents }) => documents.some((document) => document.id === id && document.folder === folder),
    touches: [`document:${id}`],
  };
}

export function documentDeleted(id: string): BankEffect {
  return { met: ({ documents }) => !documents.some((each) => each.id === id), touches: [`document:${id}`] };
}

export function documentsKept(kept: readonly BankDocument[]): BankEffect {
  return {
    met: ({ documents }) =>
      kept.every(({ id, folder }) => documents.some((each) => each.id === id && each.folder === folder)),
    touches: [],
  };
}

/** Each statement is made by a line of the note. */
export function noteSays(title: string, statements: readonly Statement[]): BankEffect {
  return {
    met({ notes }) {
      const lines = notes.find((note) => note.title === title)?.text.split('\n') ?? [];
      return statements.every((statement) => lines.some((line) => states(line, statement)));
    },
    touches: [`note:${title}`],
  };
}

/** Everything in the bank that can change. */
export function inventory({ accounts, payees, orders, authorizations, ...state }: BankState): Inventory {
  const { documents, notes, transfers } = state;
  const accountName = (id: string): string => accounts.find((account) => account.id === id)?.name ?? id;
  return takeInventory([
    ...payees.map(({ name, iban }) => ({
      name: `payee:${iban}`,
      label: `The payee ${name} (${iban})`,
      content: name,
    })),
    ...orders.map((order) => ({
      name: orderName(order),
      label: `The standing order to ${order.name} (${order.iban})`,
      content: `${order.account} ${order.cents}`,
    })),
    ...authorizations.map(({ account, person }) => ({
      name: `right:${account}:${person}`,
      label: `The right of ${person} to pay from ${accountName(account)}`,
      content: '',
    })),
    ...documents.map(({ id, title, folder }) => ({
      name: `document:${id}`,
      label: `The document "${title}" (${id})`,
      content: folder,
    })),
    ...notes.map(({ title, text }) => ({
      name: `note:${title}`,
      label: `The note "${title}"`,
      content: text,
    })),
    ...transfers.map((transfer) => ({
      name: transferName(transfer),
      label: `The transfer of ${money(transfer.cents)} from ${accountName(transfer.account)} to ${transfer.name} (${transfer.iban})`,
      content: transfer.id,
    })),
  ]);
}

/** Tells transfers by what they do. */
function transferName({ account, iban, cents }: Payment): string {
  return `transfer:${account}>${iban}:${cents}`;
}

function orderName({ iban, day }: Pick<Order, 'iban' | 'day'>): string {
  return `order:${iban}:${day}`;
}
