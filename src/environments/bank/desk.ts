import { z } from 'zod';
import type { Actor } from '../../contracts/environment.ts';
import type { JsonObject } from '../../contracts/json.ts';
import { only } from '../kit/finding.ts';
import { readJson, readText } from '../kit/reading.ts';
import { bankingInfo } from './bankingService.ts';
import type { Party } from './cast.ts';
import { documentsInfo } from './documentsService.ts';
import { notesInfo } from './notesService.ts';
import { payToolsInfo } from './payTools.ts';

const accountsShown = z
  .object({
    accounts: z.array(z.object({ id: z.string(), name: z.string(), iban: z.string(), balance: z.number() })),
  })
  .transform(({ accounts }) => accounts);
const transactionsShown = z
  .object({
    transactions: z.array(
      z.object({
        id: z.string(),
        date: z.string(),
        counterparty: z.string(),
        amount: z.number(),
        reference: z.string(),
      }),
    ),
  })
  .transform(({ transactions }) => transactions);
const payeesShown = z
  .object({ payees: z.array(z.object({ id: z.string(), name: z.string(), iban: z.string() })) })
  .transform(({ payees }) => payees);
const ordersShown = z
  .object({
    standing_orders: z.array(
      z.object({
        id: z.string(),
        to_name: z.string(),
        to_iban: z.string(),
        amount: z.number(),
        day_of_month: z.number(),
      }),
    ),
  })
  .transform(({ standing_orders }) => standing_orders);
const headsShown = z
  .object({
    documents: z.array(z.object({ id: z.string(), sender: z.string(), title: z.string(), date: z.string() })),
  })
  .transform(({ documents }) => documents);
const documentShown = z
  .object({ document: z.object({ text: z.string(), folder: z.string() }) })
  .transform(({ document }) => document);
const noteShown = z
  .object({ note: z.object({ title: z.string(), text: z.string() }) })
  .transform(({ note }) => note);
const conversionShown = z.object({ rate: z.number(), result: z.number() });

interface Payment {
  /** Name of the own account. */
  readonly from: string;
  readonly to: Party;
  readonly euros: number;
  readonly reference: string;
}

/** How reference solutions work: every step reads only what tools return. */
export type Desk = ReturnType<typeof createDesk>;

export function createDesk(actor: Actor) {
  const banking = (tool: string, args: JsonObject = {}) => ({
    service: bankingInfo.name,
    tool,
    arguments: args,
  });
  const papers = (tool: string, args: JsonObject) => ({ service: documentsInfo.name, tool, arguments: args });
  const notes = (tool: string, args: JsonObject) => ({ service: notesInfo.name, tool, arguments: args });
  const accounts = () => readJson(actor, banking('list_accounts'), accountsShown);
  const account = async (name: string) => only(await accounts(), (each) => each.name === name);
  const payment = async ({ from, to, euros, reference }: Payment) => ({
    from_account_id: (await account(from)).id,
    to_name: to.name,
    to_iban: to.iban,
    amount: Math.round(euros * 100) / 100,
    reference,
  });
  return {
    accounts,
    account,
    /** Of one account, the newest first. */
    async transactions(name: string) {
      const { id } = await account(name);
      return readJson(actor, banking('list_transactions', { account_id: id, limit: 200 }), transactionsShown);
    },
    payees: () => readJson(actor, banking('list_payees'), payeesShown),
    addPayee: ({ name, iban }: Party) => readText(actor, banking('add_payee', { name, iban })),
    deletePayee: (payee_id: string) => readText(actor, banking('delete_payee', { payee_id })),
    async pay(what: Payment) {
      await readText(actor, banking('make_transfer', await payment(what)));
    },
    orders: () => readJson(actor, banking('list_standing_orders'), ordersShown),
    async createOrder(what: Payment, day: number) {
      await readText(
        actor,
        banking('create_standing_order', { ...(await payment(what)), day_of_month: day }),
      );
    },
    changeOrder: (order_id: string, amount: number) =>
      readText(actor, banking('change_standing_order', { order_id, amount })),
    cancelOrder: (order_id: string) => readText(actor, banking('cancel_standing_order', { order_id })),
    inbox: () => readJson(actor, papers('list_documents', { folder: 'inbox' }), headsShown),
    search: (query: string) => readJson(actor, papers('search_documents', { query }), headsShown),
    async document(id: string) {
      return (await readJson(actor, papers('read_document', { id }), documentShown)).text;
    },
    file: (id: string, folder: string) => readText(actor, papers('move_document', { id, folder })),
    deleteDocument: (id: string) => readText(actor, papers('delete_document', { id })),
    async note(title: string) {
      return (await readJson(actor, notes('read_note', { title }), noteShown)).text;
    },
    writeNote: (title: string, text: string) => readText(actor, notes('write_note', { title, text })),
    async inEuros(amount: number, from: string) {
      const args = { amount, from, to: 'EUR' };
      const call = { service: payToolsInfo.name, tool: 'convert_currency', arguments: args };
      return (await readJson(actor, call, conversionShown)).result;
    },
  };
}

/** The number in an amount such as `EUR 1,234.50`. */
export function amountIn(text: string): number {
  return Number(text.replace(/[^\d.]/g, ''));
}
