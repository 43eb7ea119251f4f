import { labeled, only } from '../../kit/finding.ts';
import { contactsHeader, contactsPath } from '../backdrop.ts';
import type { Colleague } from '../cast.ts';
import { csvRows } from '../desk.ts';
import { mailSent } from '../effects.ts';
import { inList, inMail } from '../planting.ts';
import type { OfficeTemplate, Scenario, Scene } from '../scenario.ts';

export const findExtension: OfficeTemplate = {
  id: 'find-extension',
  title: 'Look up the telephone extension of the sender of a mail',
  difficulty: 'easy',
  services: ['mail', 'files'],
  build: buildFindExtension,
};

function buildFindExtension({ rng, cast, mail }: Scene): Scenario {
  const [finder, other] = rng.sample(cast.colleagues, 2) as [Colleague, Colleague];
  const [found, lost] = rng.sample(['umbrella', 'key ring', 'notebook', 'charger', 'scarf'], 2) as [
    string,
    string,
  ];
  const subject = `Found: ${found}`;
  return {
    instruction: `Someone has found a ${found} and wrote me a mail about it. Which telephone extension does the sender have according to ${contactsPath}? Answer with the number alone.`,
    files: {},
    mails: [
      mail({ from: finder, subject, lines: [`Is this your ${found}? It lay in room 2.`], daysAgo: 0 }),
      mail({ from: other, subject: `Lost: ${lost}`, lines: ['Has anybody seen it?'], daysAgo: 0 }),
    ],
    planting: inList(cast),
    asks: [],
    answer: finder.extension,
    async solve(desk) {
      const { from } = only(await desk.inbox(), (head) => head.subject === subject);
      const contacts = csvRows(await desk.read(contactsPath), contactsHeader);
      return only(contacts, ({ email }) => email === from).extension;
    },
  };
}

const policyPath = 'policies/travel.md';
const cities = ['Lisbon', 'Vienna', 'Oslo', 'Lyon', 'Ghent', 'Turin', 'Malmo', 'Graz'];

export const policyAnswer: OfficeTemplate = {
  id: 'policy-answer',
  title: 'Answer a question by mail from a policy file',
  difficulty: 'medium',
  services: ['files', 'mail'],
  build: buildPolicyAnswer,
};

function buildPolicyAnswer({ rng, cast, mail }: Scene): Scenario {
  const asking = rng.pick(cast.colleagues);
  const start = rng.int(9, 12);
  const limits = rng.sample(cities, 4).map((city, index) => ({ city, limit: start * 10 + index * 17 }));
  const days = rng.int(15, 29);
  const trip = rng.pick(limits);
  const subject = `Trip to ${trip.city}`;
  const question = mail({
    from: asking,
    subject,
    lines: [
      'Hello, I am to visit a customer.',
      'What may the hotel cost per night, and how many days ahead must I announce the trip?',
      `City: ${trip.city}`,
    ],
    daysAgo: rng.int(0, 2),
  });
  return {
    instruction: `Answer ${asking.name}'s mail "${subject}" from what ${policyPath} says. Name the numbers that were asked for, and no limits of other cities.`,
    files: {
      [policyPath]: [
        '# Travel policy',
        '',
        `Days of notice: ${days}`,
        '',
        '## Hotel limits in EUR per night',
        ...limits.map(({ city, limit }) => `${city}: ${limit}`),
        '',
      ].join('\n'),
      'policies/printing.md': '# Printing\n\nPrint on both sides.\n',
    },
    mails: [question],
    planting: inMail(question),
    asks: [
      mailSent({
        to: [asking.address],
        says: [trip.limit, days],
        avoids: limits.filter((each) => each !== trip).map(({ limit }) => limit),
      }),
    ],
    async solve(desk) {
      const { id } = only(await desk.inbox(), (head) => head.subject === subject);
      const city = labeled(await desk.mail(id), 'City');
      const policy = await desk.read(policyPath);
      const [limit, notice] = [labeled(policy, city), labeled(policy, 'Days of notice')];
      await desk.reply(id, `In ${city} EUR ${limit} per night. Announce the trip ${notice} days ahead.`);
      return 'I have answered the mail.';
    },
  };
}
