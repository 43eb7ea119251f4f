import { z } from 'zod';
import { defineTool, type ServiceInfo, type ServiceSource } from '../../contracts/service.ts';
import { adding, failure, jsonResult, reading, replacing } from '../kit/results.ts';
import { accountId, iban, id, name, withAccount } from './arguments.ts';
import { plainIban } from './iban.ts';
import { paymentTools } from './paymentTools.ts';
import { rightsTools } from './rightsTools.ts';
import { type Account, type BankStore, balance, type Transfer } from './store.ts';

export const bankingInfo: ServiceInfo = {
  name: 'banking',
  title: "The user's bank",
  tools: [
    'list_accounts',
    'list_transactions',
    'list_payees',
    'add_payee',
    'delete_payee',
    'make_transfer',
    'list_standing_orders',
    'create_standing_order',
    'change_standing_order',
    'cancel_standing_order',
  ],
};

const date = z.iso.date();

export function bankingService(store: BankStore): ServiceSource {
  return {
    kind: 'tools',
    name: bankingInfo.name,
    instructions: "Gives access to the user's accounts. A transfer leaves at once and cannot be called back.",
    tools: [...accountTools(store), ...payeeTools(store), ...paymentTools(store), ...rightsTools(store)],
  };
}

function accountTools(store: BankStore) {
  return [
    defineTool({
      name: 'list_accounts',
      title: 'List accounts',
      description: "Lists the user's own accounts with IBAN and present balance.",
      input: z.object({}),
      annotations: reading,
      run: () =>
        jsonResult({
          accounts: store.state.accounts.map((account) => ({
            id: account.id,
            name: account.name,
            iban: account.iban,
            currency: 'EUR',
            balance: balance(store.state, account) / 100,
          })),
        }),
    }),
    defineTool({
      name: 'list_transactions',
      title: 'List transactions',
      description:
        'Lists what was booked on an account, the newest first. Amounts are in EUR, negative when money went out.',
      input: z.object({
        account_id: accountId,
        from_date: date.optional().describe('First day to show, as YYYY-MM-DD'),
        to_date: date.optional().describe('Last day to show, as YYYY-MM-DD'),
        counterparty: z.string().max(140).optional().describe('Part of the name on the other side'),
        limit: z.number().int().min(1).max(200).default(100),
      }),
      annotations: reading,
      run: ({ account_id, from_date = '', to_date = '9999', counterparty = '', limit }) =>
        withAccount(store, account_id, (account) =>
          jsonResult({
            transactions: bookings(store, account)
              .filter(
                (each) =>
                  each.date >= from_date &&
                  each.date <= to_date &&
                  each.counterparty.toLowerCase().includes(counterparty.toLowerCase()),
              )
              .slice(0, limit),
          }),
        ),
    }),
  ];
}

function payeeTools(store: BankStore) {
  return [
    defineTool({
      name: 'list_payees',
      title: 'List payees',
      description: 'Lists the saved payees with their IBAN.',
      input: z.object({}),
      annotations: reading,
      run: () => jsonResult({ payees: store.state.payees }),
    }),
    defineTool({
      name: 'add_payee',
      title: 'Add a payee',
      description: 'Saves a payee. Moves no money.',
      input: z.object({ name, iban }),
      annotations: adding,
      run: (args) => {
        const payee = { id: store.nextId('payee'), name: args.name, iban: plainIban(args.iban) };
        const same = store.state.payees.find((each) => each.iban === payee.iban);
        if (same) return failure(`This IBAN is already saved, as the payee ${same.name} (${same.id})`);
        store.state = { ...store.state, payees: [...store.state.payees, payee] };
        return jsonResult(payee);
      },
    }),
    defineTool({
      name: 'delete_payee',
      title: 'Delete a payee',
      description: 'Deletes a saved payee for good.',
      input: z.object({ payee_id: id.describe('ID of the payee, from list_payees') }),
      annotations: replacing,
      run: ({ payee_id }) => {
        const payees = store.state.payees.filter((each) => each.id !== payee_id);
        if (payees.length === store.state.payees.length) {
          return failure(`There is no payee with the ID ${payee_id}. list_payees shows the IDs.`);
        }
        store.state = { ...store.state, payees };
        return jsonResult({ deleted: payee_id });
      },
    }),
  ];
}

/** What was booked on an account, the newest first. */
function bookings({ state, today }: BankStore, account: Account) {
  const sent = state.transfers.flatMap((transfer) => [
    ...(transfer.account === account.id ? [{ ...transfer, date: today, cents: -transfer.cents }] : []),
    ...(transfer.iban === account.iban
      ? [{ ...transfer, date: today, ...senderOf(state.accounts, transfer) }]
      : []),
  ]);
  const booked = state.history
    .filter((each) => each.account === account.id)
    .sort((a, b) => (a.date === b.date ? (a.id < b.id ? 1 : -1) : a.date < b.date ? 1 : -1));
  return [...sent.reverse(), ...booked].map(({ id, date, name: counterparty, iban, cents, reference }) => ({
    id,
    date,
    counterparty,
    iban,
    amount: cents / 100,
    reference,
  }));
}

function senderOf(accounts: readonly Account[], { account, name, iban }: Transfer) {
  const sender = accounts.find((each) => each.id === account);
  return { name: sender?.name ?? name, iban: sender?.iban ?? iban };
}
