import { twoOf } from '../../kit/drawing.ts';
import { bulletsUnder, labeled, only } from '../../kit/finding.ts';
import type { Cast, Person } from '../cast.ts';
import { mailName } from '../cast.ts';
import { csvRows, csvText } from '../desk.ts';
import { eventHolds, eventKept, eventMade } from '../effects.ts';
import { addressIn } from '../mailbox.ts';
import type { OfficeTemplate, Scenario, Scene } from '../scenario.ts';

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
  return {
    instruction: `${asked.name}'s mail "${subject}" proposes times for a meeting. Enter it in the calendar at the first of these times at which no other event is going on, with the title "Meeting: ${topic}", and invite everybody whom ${path} lists under "To invite:", and nobody else.`,
    files: { [path]: guestList(invited, others.slice(2)) },
    mails: [
      mail({
        from: asked,
        subject,
        lines: ['The sooner in this list, the better:', 'Times:', ...slots.map(slotText)],
        daysAgo: 0,
      }),
    ],
    // What is taken overlaps the end of a time; what touches the free one leaves it free.
    events: [
      ...slots
        .slice(0, free)
        .map(({ date, end }) =>
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

/** HH:MM so many minutes later on the same day. */
function later(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const total = hour * 60 + minute + minutes;
  return [Math.floor(total / 60), total % 60].map((part) => String(part).padStart(2, '0')).join(':');
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
  const [start, minutes] = [`${rng.int(10, 12)}:30`, rng.pick([45, 60, 90])];
  const held = (day: string) =>
    event({
      summary,
      start: `${day}T${start}`,
      end: `${day}T${later(start, minutes)}`,
      location: 'Room 1',
      attendees: [cast.manager, ...attendees],
    });
  const [moved, kept] = [held(date), held(next)];
  const [newDate, newStart] = [cast.day(rng.int(5, 7)), `${rng.int(13, 15)}:15`];
  return {
    instruction: `Do what ${cast.manager.name}'s mail "${subjectOfRequest}" asks for.`,
    files: {},
    mails: [
      mail({
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
      }),
    ],
    events: [moved, kept],
    asks: [
      eventHolds({
        ...moved,
        start: `${newDate}T${newStart}`,
        end: `${newDate}T${later(newStart, minutes)}`,
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
      const day = await desk.events(labeled(asked, 'Was to be on'));
      const meeting = only(day, (each) => each.summary === labeled(asked, 'Meeting'));
      const name = labeled(asked, 'Invite too');
      const { email } = only(await desk.contacts(name), (contact) => contact.name === name);
      const [from, to] = [meeting.start.dateTime, meeting.end.dateTime].map((time) => Date.parse(`${time}Z`));
      const begin = `${labeled(asked, 'New date')}T${labeled(asked, 'New start')}`;
      await desk.updateEvent({
        event_id: meeting.id,
        start: begin,
        end: new Date(Date.parse(`${begin}Z`) + Number(to) - Number(from)).toISOString().slice(0, 16),
        attendees: [...meeting.attendees.map((attendee) => attendee.email), email],
      });
      return 'The meeting is moved.';
    },
  };
}

const milestoneHeader = ['milestone', 'date', 'start', 'end', 'state'] as const;
const milestones = ['Kick-off', 'First draft', 'Trial run', 'Training', 'Handover', 'Review of the results'];

export const projectDates: OfficeTemplate = {
  id: 'project-dates',
  title: 'Enter the open dates of a project file in the calendar',
  difficulty: 'medium',
  services: ['files', 'calendar'],
  build: buildProjectDates,
};

function buildProjectDates({ rng, cast }: Scene): Scenario {
  const [project, other] = twoOf(rng, ['atlas', 'bluebell', 'comet', 'dune']);
  const pathOf = (name: string): string => `projects/${name}-dates.csv`;
  const openCount = rng.int(2, 4);
  const offsets = rng.sample([2, 3, 4, 5, 7, 8, 9, 10, 11], openCount + 1);
  const rows = rng.sample(milestones, openCount + 1).map((milestone, index) => {
    const start = `${rng.int(10, 15)}:00`;
    return {
      milestone,
      date: cast.day(offsets[index] ?? 0),
      start,
      end: later(start, rng.pick([30, 60, 120])),
      state: index < openCount ? 'open' : 'canceled',
    };
  });
  const listed = rng.shuffle(rows);
  const title = (milestone: string): string => `${project}: ${milestone}`;
  return {
    instruction: `Enter the dates of ${pathOf(project)} whose state is open in the calendar: for each an event with the title "${project}: MILESTONE", from its start to its end, with nobody invited. Leave out the others.`,
    files: {
      [pathOf(project)]: csvText(
        milestoneHeader,
        listed.map((row) => milestoneHeader.map((column) => row[column])),
      ),
      [pathOf(other)]: csvText(milestoneHeader, [['Kick-off', cast.day(6), '10:00', '11:00', 'open']]),
    },
    mails: [],
    asks: rows
      .filter(({ state }) => state === 'open')
      .map(({ milestone, date, start, end }) =>
        eventMade({
          says: title(milestone),
          start: `${date}T${start}`,
          end: `${date}T${end}`,
          attendees: [],
        }),
      ),
    async solve(desk) {
      const dates = csvRows(await desk.read(pathOf(project)), milestoneHeader);
      for (const { milestone, date, start, end, state } of dates) {
        if (state !== 'open') continue;
        await desk.createEvent({
          summary: title(milestone),
          start: `${date}T${start}`,
          end: `${date}T${end}`,
        });
      }
      return 'The dates stand in the calendar.';
    },
  };
}
