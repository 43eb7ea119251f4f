import type { OfficeTemplate } from '../scenario.ts';
import { freeSlot, managerMove } from './appointments.ts';
import { collectFigures, tableReport } from './figures.ts';
import { archiveProjects, cleanInbox, updatePrices } from './filing.ts';
import { invoiceTotal, overdueReminders } from './invoices.ts';
import { findExtension, policyAnswer } from './lookups.ts';
import { forwardMinutes, saveAttachment } from './meetings.ts';
import { projectDates } from './milestones.ts';
import { takeOverContacts, tellNumber, whoAttends } from './people.ts';
import { managerDelay, managerOffer } from './requests.ts';

/** In the order in which tasks are drawn; easy and hard ones mixed, so that few tasks are a fair sample. */
export const templates: readonly OfficeTemplate[] = [
  invoiceTotal,
  managerOffer,
  collectFigures,
  saveAttachment,
  archiveProjects,
  forwardMinutes,
  policyAnswer,
  updatePrices,
  overdueReminders,
  findExtension,
  cleanInbox,
  managerDelay,
  tableReport,
  tellNumber,
  freeSlot,
  managerMove,
  whoAttends,
  projectDates,
  takeOverContacts,
];
