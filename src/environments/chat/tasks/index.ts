import type { ChatTemplate } from '../scenario.ts';
import { answerQuestion, guestUpdate, pollResult, releaseNotes } from './answers.ts';
import { expandLink, linkedPage, shareLink, timeZone, whoAnnounced } from './lookups.ts';
import { cleanSpam, onboarding, registerTeam, standupReminder } from './people.ts';
import { escalation, managerAnnouncement, pinnedRequest } from './requests.ts';

/** In the order in which tasks are drawn; easy and hard ones mixed, so that few tasks are a fair sample. */
export const templates: readonly ChatTemplate[] = [
  linkedPage,
  pinnedRequest,
  releaseNotes,
  answerQuestion,
  onboarding,
  whoAnnounced,
  managerAnnouncement,
  registerTeam,
  shareLink,
  escalation,
  timeZone,
  cleanSpam,
  expandLink,
  guestUpdate,
  pollResult,
  standupReminder,
];
