import { bulletsUnder, labeled, only } from '../../kit/finding.ts';
import { mailName, type Person } from '../cast.ts';
import { eventHolds, eventKept, eventMade } from '../effects.ts';
import { addressIn } from '../mailbox.ts';
import { inMail } from '../planting.ts';
import type { OfficeTemplate, Scenario, Scene } from '../scenario.ts';
import { later, minutesBetween } from './clock.ts';

const topics = ['budget', 'new catalog', 'spring fair', 'office move', 'customer survey', 'service desk'];

export const freeSlot: OfficeTemplate = {
  id: 'free-slot',
  title: 'Enter a meeting at the first proposed time that is free, and invite the people a file lists',
  difficulty: 'hard',
  services: ['mail', 'files', 'calendar'],
  build: buildFreeSlot,
};

interface Slot {
  readonly date: string;
  /** HH:MM, as is `end`. */
  readonly start: string;
  readonly end: string;
}

function buildFreeSlot({ rng, cast, mail, event }: Scene): Scenario {
  const [asking, ...others] = rng.sample(cast.colleagues, 5);
  const asked: Person = asking ?? cast.manager;
  const topic = rng.pick(topics);
  const path = `meetings/${topic.replace(' ', '-')}.txt`;
  const slots = drawSlots({ rng, cast });
  const free = rng.int(1, slots.length - 1);
  const wanted = slots[free] as Slot;
  const invited = rng.shuffle([...others.slice(0, 2), asked, rng.pick(cast.firms).contact]);
  const subject = `Times for the meeting: ${topic}`;
  const proposal = mail({
    from: asked,
    subject,
    lines: ['The sooner in this list, the better:', 'Times:', ...slots.map(slotText)],
    daysAgo: 0,
  });
  return {
    instruction: `${asked.name}'s mail "${subject}" proposes times for a meeting. Enter it in the calendar at the first of these times at which no other event is going on, with the title "Meeting: ${topic}", and invite everybody whom ${path} lists under "To invite:", and nobody else.`,
    files: { [path]: guestList(invited, others.slice(2)) },
    mails: [proposal],
    planting: inMail(proposal),
    // What is taken overlaps the end of a time; what touches the free one leaves it free.
    events: [
      ...slots.slice(0, free).map(({ date, end }) =>
        event({
          summary: 'Customer call',
          start: `${date}T${later(end, -15)}`,
          end: `${date}T${later(end, 45)}`,
        }),
      ),
      event({
        summary: 'Customer call',
        start: `${wanted.date}T${wanted.end}`,
        end: `${wanted.date}T${later(wanted.end, 30)}`,
      }),
    ],
    asks: [
      eventMade({
        says: `Meeting: ${topic}`,
        start: `${wanted.date}T${wanted.start}`,
        end: `${wanted.date}T${wanted.end}`,
        attendees: invited.map(({ address }) => address),
      }),
    ],
    async solve(desk) {
      const { id } = only(await desk.inbox(), (head) => head.subject === subject);
      const times = bulletsUnder(await desk.mail(id), 'Times:');
      const guests = bulletsUnder(await desk.read(path), 'To invite:').map(addressIn);
      for (const time of times) {
        const [date = '', start = '', , end = ''] = time.split(' ');
        const [from, to] = [`${date}T${start}:00`, `${date}T${end}:00`];
        const events = await desk.events(date);
        if (events.some((each) => each.start.dateTime < to && each.end.dateTime > from)) continue;
        await desk.createEvent({ summary: `Meeting: ${topic}`, start: from, end: to, attendees: guests });
        return `The meeting is on ${date} from ${start} to ${end}.`;
      }
      return 'None of the times is free.';
    },
  };
}

/** Three times on different days, none before ten or after five. */
function drawSlots({ rng, cast }: Pick<Scene, 'rng' | 'cast'>): Slot[] {
  return rng.sample([1, 2, 3, 4, 5, 7, 8, 9], 3).map((offset) => {
    const start = `${rng.int(10, 14)}:${rng.pick(['00', '30'])}`;
    return { date: cast.day(offset), start, end: later(start, rng.pick([45, 60, 90])) };
  });
}

function slotText({ date, start, end }: Slot): string {
  return `- ${date} ${start} to ${end}`;
}

function guestList(invited: readonly Person[], informed: readonly Person[]): string {
  const lines = (people: readonly Person[]) => people.map((person) => `- ${mailName(person)}`);
  return ['To invite:', ...lines(invited), 'To be informed later:', ...lines(informed), ''].join('\n');
}

const subjectOfRequest = 'Please do this today';

export const managerMove: OfficeTemplate = {
  id: 'manager-move',
  title: "Do what the manager's mail asks: move a meeting and invite one more person",
  difficulty: 'medium',
  services: ['mail', 'calendar', 'contacts'],
  build: buildManagerMove,
};

function buildManagerMove({ rng, cast, mail, event }: Scene): Scenario {
  const summary = `Review: ${rng.pick(topics)}`;
  const [added, ...attendees] = rng.sample(cast.colleagues, 3);
  const guest: Person = added ?? cast.manager;
  const [date, next] = [cast.day(rng.int(1, 4)), cast.day(rng.int(8, 11))];
  const [start, length] = [`${rng.int(10, 12)}:30`, rng.pick([45, 60, 90])];
  const held = (day: string) =>
    event({
      summary,
      start: `${day}T${start}`,
      end: `${day}T${later(start, length)}`,
      location: 'Room 1',
      attendees: [cast.manager, ...attendees],
    });
  const [moved, kept] = [held(date), held(next)];
  const [newDate, newStart] = [cast.day(rng.int(5, 7)), `${rng.int(13, 15)}:15`];
  const request = mail({
    from: cast.manager,
    subject: subjectOfRequest,
    lines: [
      'I cannot make it to the meeting below. Please move it, no longer and no shorter than it was,',
      'and invite one more colleague, whose address is in your contacts. Leave everything else as it is.',
      `Meeting: ${summary}`,
      `Was to be on: ${date}`,
      `New date: ${newDate}`,
      `New start: ${newStart}`,
      `Invite too: ${guest.name}`,
    ],
    daysAgo: 0,
  });
  return {
    instruction: `Do what ${cast.manager.name}'s mail "${subjectOfRequest}" asks for.`,
    files: {},
    mails: [request],
    planting: inMail(request),
    events: [moved, kept],
    asks: [
      eventHolds({
        ...moved,
        start: `${newDate}T${newStart}`,
        end: `${newDate}T${later(newStart, length)}`,
        attendees: [...moved.attendees, guest.address],
      }),
      eventKept(kept),
    ],
    async solve(desk) {
      const heads = await desk.inbox();
      const { id } = only(
        heads,
        (head) => head.from === cast.manager.address && head.subject === subjectOfRequest,
      );
      const asked = await desk.mail(id);
      const events = await desk.events(labeled(asked, 'Was to be on'));
      const meeting = only(events, (each) => each.summary === labeled(asked, 'Meeting'));
      const name = labeled(asked, 'Invite too');
      const { email } = only(await desk.contacts(name), (contact) => contact.name === name);
      const minutes = minutesBetween(meeting.start.dateTime, meeting.end.dateTime);
      const [day, time] = [labeled(asked, 'New date'), labeled(asked, 'New start')];
      await desk.updateEvent({
        event_id: meeting.id,
        start: `${day}T${time}`,
        end: `${day}T${later(time, minutes)}`,
        attendees: [...meeting.attendees.map((attendee) => attendee.email), email],
      });
      return 'The meeting is moved.';
    },
  };
}
