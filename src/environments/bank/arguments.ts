import { z } from 'zod';
import type { ToolResult } from '../../contracts/service.ts';
import { failure } from '../kit/results.ts';
import { isIban, plainIban } from './iban.ts';
import type { Account, BankStore } from './store.ts';

export const id = z.string().max(64);
export const accountId = id.describe('ID of one of the own accounts, from list_accounts');
export const name = z.string().min(1).max(140).describe('Name of the account holder who receives the money');
export const iban = z
  .string()
  .max(50)
  .refine((text) => isIban(plainIban(text)), 'is no valid IBAN: its form or its check digits are wrong')
  .describe('IBAN of the account that receives the money');
export const amount = z
  .number()
  .min(0.01)
  .max(1_000_000)
  .multipleOf(0.01)
  .describe('Amount in EUR, with at most two decimals');
export const reference = z
  .string()
  .max(2000)
  .default('')
  .describe('Text that the receiver reads on the statement');

/** Uses an own account, or tells the model that there is none with this ID. */
export function withAccount(
  store: BankStore,
  account: string,
  use: (account: Account) => ToolResult,
): ToolResult {
  const found = store.state.accounts.find((each) => each.id === account);
  return found
    ? use(found)
    : failure(`There is no account with the ID ${account}. list_accounts shows the IDs.`);
}
