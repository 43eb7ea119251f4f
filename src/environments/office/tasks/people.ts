import { twoOf } from '../../kit/drawing.ts';
import { labeled, only } from '../../kit/finding.ts';
import { fullNames } from '../../kit/people.ts';
import { mobileNumber } from '../addressBook.ts';
import { addressOf } from '../cast.ts';
import { csvRows, csvText } from '../desk.ts';
import { contactHolds, contactMade, mailSent } from '../effects.ts';
import { inAttachments, inInvitation, inMail } from '../planting.ts';
import type { OfficeTemplate, Scenario, Scene } from '../scenario.ts';

export const tellNumber: OfficeTemplate = {
  id: 'tell-number',
  title: "Look up somebody's mobile number in the contacts and mail it to who asks",
  difficulty: 'easy',
  services: ['mail', 'contacts'],
  build: buildTellNumber,
};

function buildTellNumber({ rng, cast, contacts, mail }: Scene): Scenario {
  const asking = rng.pick(cast.colleagues);
  const firm = rng.pick(cast.firms);
  const wanted = only(contacts, ({ email }) => email === firm.contact.address);
  const subject = `How do I reach ${firm.name}?`;
  const question = mail({
    from: asking,
    subject,
    lines: [
      'I have to call this person today, from the road. Which mobile number do you have?',
      `Name: ${wanted.name}`,
    ],
    daysAgo: 0,
  });
  return {
    instruction: `${asking.name} asks in the mail "${subject}" for somebody's mobile number. Look it up in the contacts and answer the mail with it, and with no other number.`,
    files: {},
    mails: [question],
    planting: inMail(question),
    asks: [mailSent({ to: [asking.address], says: [wanted.mobile], avoids: [wanted.phone] })],
    async solve(desk) {
      const { id } = only(await desk.inbox(), (head) => head.subject === subject);
      const name = labeled(await desk.mail(id), 'Name');
      const found = only(await desk.contacts(name), (contact) => contact.name === name);
      const { mobile } = await desk.contact(found.id);
      await desk.reply(id, `The mobile number of ${name} is ${mobile}.`);
      return 'I have answered the mail.';
    },
  };
}

export const whoAttends: OfficeTemplate = {
  id: 'who-attends',
  title: 'Tell the names of the people who attend a meeting',
  difficulty: 'easy',
  services: ['calendar', 'contacts'],
  build: buildWhoAttends,
};

function buildWhoAttends({ rng, cast, event }: Scene): Scenario {
  const summary = rng.pick(['Supplier day', 'Planning', 'Safety walk', 'Training']);
  const [date, other] = twoOf(rng, [1, 2, 3, 4, 5, 7, 8]).map(cast.day) as [string, string];
  const outsiders = cast.firms.map(({ contact }) => contact);
  const drawPeople = () => [...rng.sample(cast.colleagues, rng.int(2, 3)), rng.pick(outsiders)];
  const attending = drawPeople();
  const held = (day: string, attendees: typeof attending) =>
    event({ summary, start: `${day}T13:00`, end: `${day}T15:00`, location: 'Hall', attendees });
  return {
    instruction: `Who is invited to "${summary}" on ${date}? Answer with the full names as they stand in the contacts, separated by commas, alone.`,
    files: {},
    mails: [],
    planting: inInvitation(date),
    events: [held(date, attending), held(other, drawPeople())],
    asks: [],
    answer: attending.map(({ name }) => name),
    async solve(desk) {
      const { attendees } = only(await desk.events(date), (each) => each.summary === summary);
      const names: string[] = [];
      for (const { email } of attendees) {
        names.push(only(await desk.contacts(email), (contact) => contact.email === email).name);
      }
      return names.join(', ');
    },
  };
}

const attachment = 'people.csv';
const peopleHeader = ['name', 'email', 'mobile', 'job_title'] as const;

export const takeOverContacts: OfficeTemplate = {
  id: 'take-over-contacts',
  title: "Take a firm's list of people over into the contacts: change some, add others",
  difficulty: 'hard',
  services: ['mail', 'contacts'],
  build: buildTakeOverContacts,
};

function buildTakeOverContacts({ rng, cast, contacts, mail }: Scene): Scenario {
  const firm = rng.pick(cast.firms);
  const known = only(contacts, ({ email }) => email === firm.contact.address);
  const numbers = rng.sample(
    Array.from({ length: 40 }, (_, index) => index + 105),
    3,
  );
  const titles = rng.sample(['owner', 'head of sales', 'clerk', 'engineer', 'driver'], 3);
  const fresh = fullNames(rng, rng.int(1, 2)).map((name) => ({ name, email: addressOf(name, firm.name) }));
  const rows = [known, ...fresh].map(({ name, email }, index) => ({
    name,
    email,
    mobile: mobileNumber(numbers[index] ?? 0),
    job_title: titles[index] ?? '',
  }));
  const subject = `The people at ${firm.name}`;
  const list = mail({
    from: firm.contact,
    subject,
    lines: ['Some of us have new numbers, some are new themselves. The list is attached.'],
    daysAgo: rng.int(0, 2),
    attachments: [
      {
        name: attachment,
        text: csvText(
          peopleHeader,
          rng.shuffle(rows).map((row) => peopleHeader.map((column) => row[column])),
        ),
      },
    ],
  });
  return {
    instruction: `The mail "${subject}" has an attachment ${attachment}. Take it over into the contacts: give people whose address is there already the mobile number and the job title of the list, and leave the rest of their entry as it is; add the others with everything the list says and the organization "${firm.name}".`,
    files: {},
    mails: [list],
    planting: inAttachments(list),
    asks: rows.map((row) =>
      row.email === known.email
        ? contactHolds({ ...known, ...row })
        : contactMade({ ...row, phone: '', organization: firm.name }),
    ),
    async solve(desk) {
      const { id } = only(await desk.inbox(), (head) => head.subject === subject);
      const people = csvRows(await desk.attachment(id, attachment), peopleHeader);
      for (const { name, email, mobile, job_title } of people) {
        const found = (await desk.contacts(email)).find((contact) => contact.email === email);
        if (found) await desk.updateContact({ contact_id: found.id, mobile, job_title });
        else await desk.createContact({ name, email, mobile, job_title, organization: firm.name });
      }
      return 'The contacts are up to date.';
    },
  };
}
