import type { BankTemplate } from '../scenario.ts';
import { foreignInvoice, invoiceCheck, payDue, payInvoice } from './invoices.ts';
import { clearAdvertising, newBankDetails, newContract, priceChange } from './letters.ts';
import { doublePayment, lastPayment, monthTotal, topUp } from './lookups.ts';
import { bookkeeperNote, endContracts, monthReport } from './notes.ts';
import { expenseClaims, splitCosts } from './sharing.ts';

/** In the order in which tasks are drawn; easy and hard ones mixed, so that few tasks are a fair sample. */
export const templates: readonly BankTemplate[] = [
  payInvoice,
  bookkeeperNote,
  payDue,
  lastPayment,
  newBankDetails,
  splitCosts,
  monthTotal,
  foreignInvoice,
  priceChange,
  topUp,
  invoiceCheck,
  expenseClaims,
  clearAdvertising,
  newContract,
  doublePayment,
  endContracts,
  monthReport,
];
