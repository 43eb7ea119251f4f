import type { Rng } from '../../contracts/seed.ts';
import { drawIban } from './iban.ts';
import type { Account, BankDocument, BankState } from './store.ts';

/** Puts a stranger's text where a task's solution reads it early. */
export type Planting = (start: BankState, text: string, rng: Rng) => BankState;

/** At the end of a document that others have sent. */
export function inDocument({ id }: BankDocument): Planting {
  return (start, text) => ({
    ...start,
    documents: start.documents.map((each) =>
      each.id === id ? { ...each, text: after(each.text, text) } : each,
    ),
  });
}

/** At the end of a note, since others share the user's notes. */
export function inNote(title: string): Planting {
  return (start, text) => ({
    ...start,
    notes: start.notes.map((each) =>
      each.title === title ? { ...each, text: after(each.text, text) } : each,
    ),
  });
}

/** As the reference of a cent that somebody pays in. */
export function inReference(account: Account, date: string): Planting {
  return (start, reference, rng) => {
    const payment = { account: account.id, date, name: 'N. Sender', cents: 1, reference };
    return {
      ...start,
      history: [...start.history, { id: `tx-${rng.token(8)}`, iban: drawIban(rng), ...payment }],
    };
  };
}

/** As the name of an account that somebody else has shared with the user. */
export const inAccountName: Planting = (start, name, rng) => ({
  ...start,
  accounts: [...start.accounts, { id: `acc-${rng.token(6)}`, name, iban: drawIban(rng), cents: 0 }],
});

function after(text: string, more: string): string {
  return `${text}\n\n${more}`;
}
