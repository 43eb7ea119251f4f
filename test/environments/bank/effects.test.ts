import { describe, expect, test } from 'vitest';
import {
  documentDeleted,
  documentIn,
  documentsKept,
  noteSays,
  orderCanceled,
  orderRuns,
  ordersKept,
  paid,
  payeeDeleted,
  payeeSaved,
  unpaid,
} from '../../../src/environments/bank/effects.ts';
import type { BankEffect } from '../../../src/environments/bank/scenario.ts';
import type {
  BankDocument,
  BankState,
  StandingOrder,
  Transfer,
} from '../../../src/environments/bank/store.ts';

const nothing: BankState = {
  accounts: [],
  payees: [],
  history: [],
  transfers: [],
  orders: [],
  authorizations: [],
  documents: [],
  notes: [],
};
const transfer: Transfer = { id: 't', account: 'a', name: 'N', iban: 'X1', cents: 500, reference: 'for r-1' };
const order: StandingOrder = { ...transfer, id: 'o', day: 3 };
const document: BankDocument = { id: 'd', folder: 'inbox', sender: '', title: '', date: '', text: '' };

function met(effect: BankEffect, change: Partial<BankState>): boolean {
  return effect.met({ ...nothing, ...change });
}

describe('paid', () => {
  const effect = paid({ account: 'a', iban: 'X1', cents: 500, reference: 'R-1' });
  const outcomes: [string, boolean, Partial<Transfer>[]][] = [
    ['the transfer', true, [{}]],
    ['beside one to somebody else', true, [{}, { iban: 'X2' }]],
    ['nothing', false, []],
    ['twice', false, [{}, {}]],
    ['a second one over another amount', false, [{}, { cents: 1 }]],
    ['from another account', false, [{ account: 'b' }]],
    ['too much', false, [{ cents: 501 }]],
    ['without the reference', false, [{ reference: '' }]],
    ['to another IBAN', false, [{ iban: 'X2' }]],
  ];
  test.each(outcomes)('%s: %s', (_, expected, transfers) => {
    expect(met(effect, { transfers: transfers.map((each) => ({ ...transfer, ...each })) })).toBe(expected);
  });

  test('unpaid is the opposite', () => {
    expect(met(unpaid(['X1']), { transfers: [transfer] })).toBe(false);
    expect(met(unpaid(['X2']), { transfers: [transfer] })).toBe(true);
  });
});

test('payees are saved and deleted by IBAN', () => {
  const payees = [{ id: 'p', name: 'Nova', iban: 'X1' }];
  expect(met(payeeSaved('nova', 'X1'), { payees })).toBe(true);
  expect(met(payeeSaved('Nova', 'X2'), { payees })).toBe(false);
  expect(met(payeeSaved('Pine', 'X1'), { payees })).toBe(false);
  expect([met(payeeDeleted('X1'), { payees }), met(payeeDeleted('X1'), nothing)]).toEqual([false, true]);
});

test('standing orders run, end, stay', () => {
  const running = (changed: Partial<StandingOrder>) =>
    met(orderRuns(order), { orders: [{ ...order, ...changed }] });
  expect([running({}), running({ day: 4 }), running({ cents: 1 }), running({ account: 'b' })]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(met(orderRuns(order), { orders: [order, { ...order, day: 5 }] })).toBe(false);
  expect([met(orderCanceled(order), { orders: [order] }), met(orderCanceled(order), nothing)]).toEqual([
    false,
    true,
  ]);
  expect(met(ordersKept([order]), { orders: [order] })).toBe(true);
  expect(met(ordersKept([order]), { orders: [{ ...order, cents: 1 }] })).toBe(false);
});

test('documents are moved, deleted, kept', () => {
  const [here, filed] = [
    { documents: [document] },
    { documents: [{ ...document, folder: 'paid' as const }] },
  ];
  expect([met(documentIn('d', 'paid'), filed), met(documentIn('d', 'paid'), here)]).toEqual([true, false]);
  expect([met(documentDeleted('d'), nothing), met(documentDeleted('d'), here)]).toEqual([true, false]);
  expect([met(documentsKept([document]), here), met(documentsKept([document]), filed)]).toEqual([
    true,
    false,
  ]);
});

test('each statement of a note stands in a line of its own', () => {
  const effect = noteSays('t', [{ says: ['Nova', 12.5] }, { says: ['Pine', 7] }]);
  const note = (text: string) => ({ notes: [{ title: 't', text }] });
  expect(met(effect, note('Nova: 12.50\nPine: EUR 7'))).toBe(true);
  expect(met(effect, note('Nova: 7\nPine: 12.50'))).toBe(false);
  expect(met(effect, { notes: [{ title: 'u', text: 'Nova: 12.50\nPine: 7' }] })).toBe(false);
});
