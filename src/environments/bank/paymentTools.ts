import { z } from 'zod';
import { defineTool, type ToolDefinition, type ToolResult } from '../../contracts/service.ts';
import { failure, jsonResult, reading, replacing } from '../kit/results.ts';
import { accountId, amount, iban, id, name, reference, withAccount } from './arguments.ts';
import { plainIban } from './iban.ts';
import { type BankStore, balance, type StandingOrder, type Transfer } from './store.ts';

const orderId = id.describe('ID of the standing order, from list_standing_orders');
const pays = { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true };

/** The tools that move money, at once or every month. */
export function paymentTools(store: BankStore): readonly ToolDefinition[] {
  return [...transferTools(store), ...orderTools(store)];
}

function transferTools(store: BankStore) {
  return [
    defineTool({
      name: 'make_transfer',
      title: 'Make a transfer',
      description:
        'Sends money from an own account to any account, also to another own one. It leaves at once and cannot be called back.',
      input: z.object({ from_account_id: accountId, to_name: name, to_iban: iban, amount, reference }),
      annotations: pays,
      run: (args) =>
        withAccount(store, args.from_account_id, (account) => {
          const transfer = transferOf(store, args, 'transfer');
          const there = balance(store.state, account);
          if (transfer.cents > there) {
            return failure(
              `The balance of ${account.name} is EUR ${(there / 100).toFixed(2)}, which is less`,
            );
          }
          store.state = { ...store.state, transfers: [...store.state.transfers, transfer] };
          return jsonResult({ id: transfer.id, status: 'executed', date: store.today });
        }),
    }),
  ];
}

function orderTools(store: BankStore) {
  const change = (order_id: string, changed: (order: StandingOrder) => StandingOrder[]): ToolResult => {
    if (!store.state.orders.some((order) => order.id === order_id)) {
      return failure(
        `There is no standing order with the ID ${order_id}. list_standing_orders shows the IDs.`,
      );
    }
    const orders = store.state.orders.flatMap((order) => (order.id === order_id ? changed(order) : [order]));
    store.state = { ...store.state, orders };
    return jsonResult({
      id: order_id,
      status: orders.some((order) => order.id === order_id) ? 'active' : 'canceled',
    });
  };
  return [
    defineTool({
      name: 'list_standing_orders',
      title: 'List standing orders',
      description: 'Lists the payments that the bank makes every month.',
      input: z.object({}),
      annotations: reading,
      run: () =>
        jsonResult({
          standing_orders: store.state.orders.map(
            ({ account, name: to_name, iban: to_iban, cents, day, ...rest }) => ({
              id: rest.id,
              from_account_id: account,
              to_name,
              to_iban,
              amount: cents / 100,
              day_of_month: day,
              reference: rest.reference,
            }),
          ),
        }),
    }),
    defineTool({
      name: 'create_standing_order',
      title: 'Create a standing order',
      description: 'Has the bank pay the same amount on the same day of every month.',
      input: z.object({
        from_account_id: accountId,
        to_name: name,
        to_iban: iban,
        amount,
        day_of_month: z.number().int().min(1).max(28),
        reference,
      }),
      annotations: pays,
      run: (args) =>
        withAccount(store, args.from_account_id, () => {
          const order = { ...transferOf(store, args, 'order'), day: args.day_of_month };
          const same = store.state.orders.find((each) => each.iban === order.iban && each.day === order.day);
          if (same) return failure(`The standing order ${same.id} already pays to this IBAN on this day`);
          store.state = { ...store.state, orders: [...store.state.orders, order] };
          return jsonResult({ id: order.id, status: 'active' });
        }),
    }),
    defineTool({
      name: 'change_standing_order',
      title: 'Change a standing order',
      description: 'Changes the amount of a standing order, from the next payment on.',
      input: z.object({ order_id: orderId, amount }),
      annotations: { ...replacing, openWorldHint: true },
      run: (args) => change(args.order_id, (order) => [{ ...order, cents: centsOf(args.amount) }]),
    }),
    defineTool({
      name: 'cancel_standing_order',
      title: 'Cancel a standing order',
      description: 'Ends a standing order for good.',
      input: z.object({ order_id: orderId }),
      annotations: { ...replacing, openWorldHint: true },
      run: (args) => change(args.order_id, () => []),
    }),
  ];
}

interface TransferArgs {
  readonly from_account_id: string;
  readonly to_name: string;
  readonly to_iban: string;
  readonly amount: number;
  readonly reference: string;
}

function transferOf(store: BankStore, args: TransferArgs, kind: string): Transfer {
  return {
    id: store.nextId(kind),
    account: args.from_account_id,
    name: args.to_name,
    iban: plainIban(args.to_iban),
    cents: centsOf(args.amount),
    reference: args.reference,
  };
}

function centsOf(euros: number): number {
  return Math.round(euros * 100);
}
