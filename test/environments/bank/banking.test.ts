import { describe, expect, test } from 'vitest';
import { createSeed } from '../../../src/contracts/seed.ts';
import { drawIban } from '../../../src/environments/bank/iban.ts';
import { type Opened, openTask } from './support.ts';

const stranger = { to_name: 'Nova Tools', to_iban: drawIban(createSeed('stranger').rng()) };

async function balances({ ok }: Opened): Promise<Record<string, number>> {
  const { accounts } = (await ok('list_accounts')) as { accounts: { name: string; balance: number }[] };
  return Object.fromEntries(accounts.map(({ name, balance }) => [name, Math.round(balance * 100)]));
}

function accountNamed({ state }: Opened, name: string) {
  const found = state().accounts.find((account) => account.name === name);
  if (!found) throw new Error(`There is no account ${name}`);
  return found;
}

describe('transfers', () => {
  test('money that goes out lowers the balance and shows as the newest transaction', async () => {
    const opened = await openTask(0);
    const before = await balances(opened);
    const { id } = accountNamed(opened, 'Business');
    const args = { from_account_id: id, ...stranger, amount: 12.35, reference: 'R-1' };
    await opened.ok('make_transfer', args);
    expect(await balances(opened)).toEqual({ ...before, Business: (before['Business'] ?? 0) - 1235 });
    const { transactions } = await opened.ok('list_transactions', { account_id: id, limit: 1 });
    expect(transactions).toMatchObject([{ counterparty: 'Nova Tools', amount: -12.35, reference: 'R-1' }]);
  });

  test('money for an own account arrives there, even if its IBAN is written with blanks', async () => {
    const opened = await openTask(0);
    const before = await balances(opened);
    const { iban, id } = accountNamed(opened, 'Personal');
    await opened.ok('make_transfer', {
      from_account_id: accountNamed(opened, 'Business').id,
      to_name: 'Me',
      to_iban: iban.replace(/(.{4})/g, '$1 ').toLowerCase(),
      amount: 100,
    });
    expect(await balances(opened)).toMatchObject({
      Business: (before['Business'] ?? 0) - 10_000,
      Personal: (before['Personal'] ?? 0) + 10_000,
    });
    const { transactions } = await opened.ok('list_transactions', { account_id: id, limit: 1 });
    expect(transactions).toMatchObject([{ counterparty: 'Business', amount: 100 }]);
  });

  test('an account cannot be overdrawn, not even by two transfers', async () => {
    const opened = await openTask(0);
    const { id, cents } = accountNamed(opened, 'Personal');
    const args = { from_account_id: id, ...stranger };
    expect(await opened.refused('make_transfer', { ...args, amount: cents / 100 + 0.01 })).toContain(
      'balance',
    );
    await opened.ok('make_transfer', { ...args, amount: cents / 100 });
    await opened.refused('make_transfer', { ...args, amount: 0.01 });
    expect(opened.state().transfers).toHaveLength(1);
  });

  test.each([
    { amount: 0 },
    { amount: -5 },
    { amount: 1.001 },
    { amount: '5' },
    { to_iban: 'XE00SAFE000000000000' },
    { to_name: '' },
    { from_account_id: 'acc-none' },
  ])('refuses %j', async (wrong) => {
    const opened = await openTask(0);
    const { id } = accountNamed(opened, 'Business');
    await opened.refused('make_transfer', { from_account_id: id, ...stranger, amount: 5, ...wrong });
    expect(opened.state().transfers).toEqual([]);
  });
});

test('transactions can be narrowed down by days and by name', async () => {
  const opened = await openTask(0);
  const { id } = accountNamed(opened, 'Business');
  const { transactions: all } = (await opened.ok('list_transactions', { account_id: id })) as {
    transactions: { date: string; counterparty: string }[];
  };
  const dates = all.map(({ date }) => date);
  expect(dates).toEqual([...dates].sort().reverse());
  const [from_date, to_date] = [dates.at(-1), dates.at(-1)];
  const { transactions: oldest } = await opened.ok('list_transactions', {
    account_id: id,
    from_date,
    to_date,
  });
  expect(oldest).toEqual(all.filter(({ date }) => date === from_date));
  const name = all[0]?.counterparty ?? '';
  const { transactions: named } = await opened.ok('list_transactions', {
    account_id: id,
    counterparty: name.slice(1).toUpperCase(),
  });
  expect(named).toEqual(all.filter(({ counterparty }) => counterparty === name));
});

test('a payee is saved once and deleted for good', async () => {
  const { ok, refused, state } = await openTask(0);
  const before = state().payees;
  const { id } = (await ok('add_payee', { name: 'Nova', iban: stranger.to_iban })) as { id: string };
  expect(await refused('add_payee', { name: 'Other', iban: stranger.to_iban })).toContain(id);
  expect(state().payees).toHaveLength(before.length + 1);
  await ok('delete_payee', { payee_id: id });
  await refused('delete_payee', { payee_id: id });
  expect(state().payees).toEqual(before);
});

test('a standing order is created once for an IBAN and a day, changed, canceled', async () => {
  const opened = await openTask(0);
  const { ok, refused, state } = opened;
  const before = state().orders;
  const { id: from_account_id } = accountNamed(opened, 'Business');
  const args = { from_account_id, ...stranger, amount: 9.5, day_of_month: 3 };
  const { id: order_id } = (await ok('create_standing_order', args)) as { id: string };
  expect(await refused('create_standing_order', args)).toContain(order_id);
  await ok('change_standing_order', { order_id, amount: 10.25 });
  const { standing_orders } = await ok('list_standing_orders');
  expect(standing_orders).toContainEqual({ id: order_id, reference: '', ...args, amount: 10.25 });
  await ok('cancel_standing_order', { order_id });
  await refused('cancel_standing_order', { order_id });
  expect(state().orders).toEqual(before);
});

describe('documents and notes', () => {
  test('documents are found, moved and deleted', async () => {
    const { ok, refused, state } = await openTask(0);
    const { documents } = (await ok('search_documents', { query: 'SIGNED lease studio' })) as {
      documents: { id: string }[];
    };
    const [{ id } = { id: '' }] = documents;
    expect(documents).toHaveLength(1);
    expect(await ok('read_document', { id })).toMatchObject({ document: { folder: 'archive' } });
    await ok('move_document', { id, folder: 'inbox' });
    expect(state().documents.find((each) => each.id === id)?.folder).toBe('inbox');
    await ok('delete_document', { id });
    for (const tool of ['read_document', 'delete_document']) {
      expect(await refused(tool, { id })).toContain(id);
    }
    await refused('move_document', { id, folder: 'paid' });
  });

  test('a note replaces the one with its title', async () => {
    const { ok, refused, state } = await openTask(0);
    await ok('write_note', { title: 'Ideas', text: 'new' });
    expect(await ok('read_note', { title: 'Ideas' })).toEqual({ note: { title: 'Ideas', text: 'new' } });
    expect(state().notes.filter(({ title }) => title === 'Ideas')).toHaveLength(1);
    await ok('delete_note', { title: 'Ideas' });
    await refused('delete_note', { title: 'Ideas' });
    expect(await refused('read_note', { title: 'Ideas' })).toContain('Ideas');
  });
});

test('the payment helpers convert, check and write codes', async () => {
  const { ok, refused, actor } = await openTask(0);
  const there = (await ok('convert_currency', { amount: 100, from: 'EUR', to: 'chf' })) as { rate: number };
  expect(there).toMatchObject({ result: Math.round(there.rate * 10_000) / 100 });
  expect(await refused('convert_currency', { amount: 1, from: 'EUR', to: 'ZZZ' })).toContain('CHF');
  expect(await ok('check_iban', { iban: stranger.to_iban })).toEqual({ valid: true });
  expect(await ok('check_iban', { iban: 'XE1' })).toEqual({ valid: false });
  const args = { name: 'Nova', iban: stranger.to_iban, amount: 3, text: 'R-1' };
  const { text } = await actor.call('paytools', 'payment_code', args);
  expect(text.split('\n')).toEqual([
    'BCD',
    '002',
    '1',
    'SCT',
    '',
    'Nova',
    stranger.to_iban,
    'EUR3.00',
    '',
    '',
    'R-1',
  ]);
});
