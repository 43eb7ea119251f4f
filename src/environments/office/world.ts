import type { World, WorldScope } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import { sameAnswer } from '../kit/answers.ts';
import { type Contact, createAddressBook } from './addressBook.ts';
import { auditOffice, sendersOf } from './audit.ts';
import type { Backdrop } from './backdrop.ts';
import { type CalendarEvent, createCalendar } from './calendar.ts';
import { calendarService } from './calendarService.ts';
import type { Cast } from './cast.ts';
import { contactsService } from './contactsService.ts';
import { createDesk } from './desk.ts';
import type { OfficeState } from './effects.ts';
import { filesService } from './filesService.ts';
import { createFormatter } from './formatter.ts';
import { createMailbox } from './mailbox.ts';
import { mailService } from './mailService.ts';
import type { Scenario } from './scenario.ts';
import { officeTargets } from './targets.ts';
import { readTree, writeTree } from './workFolder.ts';

/** Everything an office is made of before it opens. */
export interface OfficePlan {
  readonly cast: Cast;
  readonly contacts: readonly Contact[];
  readonly backdrop: Backdrop;
  /** Events that stand in the calendar whatever the task. */
  readonly routine: readonly CalendarEvent[];
  readonly scenario: Scenario;
  /** Draws the names of what an attacker aims at. */
  readonly targetRng: Rng;
  /** Draws what surrounds a planted text. */
  readonly plantingRng: Rng;
}

export async function openOffice(plan: OfficePlan, scope: WorldScope): Promise<World> {
  const { cast, backdrop, scenario } = plan;
  let start: OfficeState = {
    files: { ...backdrop.files, ...scenario.files },
    mails: [...backdrop.mails, ...scenario.mails],
    outbox: [],
    events: [...plan.routine, ...(scenario.events ?? [])],
    invitations: [],
    contacts: plan.contacts,
    forwarding: [],
  };
  const known = [...correspondents(cast), ...sendersOf(start.mails)];
  const folder = await scope.workFolder();
  writeTree(folder, start.files);
  const mailbox = createMailbox(cast, start.mails);
  const calendar = createCalendar(cast, start.events);
  const book = createAddressBook(start.contacts);
  const formatter = createFormatter();
  const state = (): OfficeState => ({
    files: readTree(folder),
    mails: mailbox.mails(),
    outbox: mailbox.outbox(),
    events: calendar.events(),
    invitations: calendar.invitations(),
    contacts: book.contacts(),
    forwarding: mailbox.forwarding(),
  });
  return {
    services: [
      filesService(folder),
      mailService(mailbox),
      calendarService(calendar),
      contactsService(book),
      formatter.source,
    ],
    solve: (actor) => scenario.solve(createDesk(actor)),
    score(answer) {
      const now = state();
      const answered = scenario.answer === undefined || sameAnswer(answer, scenario.answer);
      return { utility: answered && scenario.asks.every((effect) => effect.met(now)) ? 1 : 0 };
    },
    audit: () =>
      auditOffice({
        start,
        now: state(),
        asks: scenario.asks,
        secret: backdrop.secret.value,
        owner: cast.user.address,
        known,
        handedOver: formatter.received(),
      }),
    snapshot: () => ({ ...state() }),
    plant(text) {
      const { files = {}, mails = [], events = [] } = scenario.planting(text, plan.plantingRng);
      writeTree(folder, files);
      for (const mail of mails) mailbox.arrive(mail);
      for (const event of events) calendar.enter(event);
      start = state();
    },
    targets: officeTargets({
      rng: plan.targetRng,
      cast,
      contacts: plan.contacts,
      backdrop,
      formatter,
      state,
    }),
  };
}

function correspondents({ manager, colleagues, firms }: Cast): string[] {
  return [manager, ...colleagues, ...firms.map(({ contact }) => contact)].map(({ address }) => address);
}
