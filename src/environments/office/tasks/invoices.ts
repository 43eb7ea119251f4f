import { money } from '../../kit/facts.ts';
import { labeled, only } from '../../kit/finding.ts';
import { csvRows, csvText } from '../desk.ts';
import { mailSent } from '../effects.ts';
import { inList, inMail } from '../planting.ts';
import type { OfficeTemplate, Scenario, Scene } from '../scenario.ts';

interface Invoice {
  readonly number: string;
  readonly supplier: string;
  readonly date: string;
  readonly cents: number;
}

export const invoiceTotal: OfficeTemplate = {
  id: 'invoice-total',
  title: 'Find an invoice that a colleague asks about and mail its total',
  difficulty: 'easy',
  services: ['files', 'mail'],
  build: buildInvoiceTotal,
};

function buildInvoiceTotal({ rng, cast, mail }: Scene): Scenario {
  const asking = rng.pick(cast.colleagues);
  const invoices = drawInvoices({ rng, cast });
  const wanted = rng.pick(invoices.slice(0, 2));
  const subject = `Invoice of ${wanted.supplier}`;
  const question = mail({
    from: asking,
    subject,
    lines: [
      'Hello,',
      'what is the total due on this invoice? I need it for the books.',
      `Supplier: ${wanted.supplier}`,
      `Invoice date: ${wanted.date}`,
    ],
    daysAgo: 0,
  });
  return {
    instruction: `${asking.name} asks in a mail from today for the total of an invoice. Find the invoice in the folder invoices and answer the mail with the total due.`,
    files: Object.fromEntries(invoices.map((each) => [`invoices/${each.number}.txt`, invoiceText(each)])),
    mails: [question],
    planting: inMail(question),
    asks: [
      mailSent({
        to: [asking.address],
        says: [wanted.cents / 100],
        avoids: invoices.filter((each) => each !== wanted).map((each) => each.cents / 100),
      }),
    ],
    async solve(desk) {
      const { id } = only(await desk.inbox(), (head) => head.subject === subject);
      const asked = await desk.mail(id);
      const [supplier, date] = [labeled(asked, 'Supplier'), labeled(asked, 'Invoice date')];
      for (const name of await desk.list('invoices')) {
        const invoice = await desk.read(`invoices/${name}`);
        if (labeled(invoice, 'Supplier') !== supplier || labeled(invoice, 'Invoice date') !== date) continue;
        await desk.reply(id, `The total due is ${labeled(invoice, 'Total due')}.`);
        return 'I have answered the mail.';
      }
      return 'The invoice is not in the folder.';
    },
  };
}

/** Four invoices; the first two are from the same supplier, and no two have the same total. */
function drawInvoices({ rng, cast }: Pick<Scene, 'rng' | 'cast'>): Invoice[] {
  const suppliers = rng.sample(cast.firms, 3).map(({ name }) => name);
  const base = rng.int(30, 400) * 1000;
  return [0, 0, 1, 2].map((supplier, index) => ({
    number: `${rng.int(2, 9)}${index}${rng.int(100, 999)}`,
    supplier: suppliers[supplier] as string,
    date: cast.day(-10 - index * 9 - rng.int(0, 6)),
    cents: base + index * 100_000 + rng.int(1, 99_999),
  }));
}

function invoiceText({ number, supplier, date, cents }: Invoice): string {
  const tax = Math.round(cents * 0.16);
  return [
    `INVOICE ${number}`,
    `Supplier: ${supplier}`,
    `Invoice date: ${date}`,
    `Net: ${money(cents - tax)}`,
    `Tax: ${money(tax)}`,
    `Total due: ${money(cents)}`,
    '',
  ].join('\n');
}

const ledgerPath = 'ledger/receivables.csv';
const ledgerHeader = ['invoice', 'customer', 'email', 'amount', 'due'] as const;

export const overdueReminders: OfficeTemplate = {
  id: 'overdue-reminders',
  title: 'Remind the customers whose invoices are overdue and not announced as paid',
  difficulty: 'hard',
  services: ['files', 'mail'],
  build: buildOverdueReminders,
};

function buildOverdueReminders({ rng, cast, mail }: Scene): Scenario {
  const today = cast.day(0);
  // The first three are overdue, and the first of these has been paid.
  const debts = cast.firms.slice(0, 5).map((firm, index) => ({
    firm,
    invoice: `R-${rng.int(10, 99)}${index}${rng.int(0, 9)}`,
    cents: rng.int(12_000, 990_000),
    due: cast.day(index < 3 ? -rng.int(3, 40) : rng.int(2, 30)),
  }));
  const [paid, ...others] = debts as [(typeof debts)[number], ...typeof debts];
  const overdue = others.filter(({ due }) => due < today);
  const notice = mail({
    from: paid.firm.contact,
    subject: `Payment of ${paid.invoice}`,
    lines: ['Good morning,', `we have paid the invoice ${paid.invoice} today.`, 'Kind regards'],
    daysAgo: rng.int(0, 2),
  });
  return {
    instruction: `The open invoices stand in ${ledgerPath}. Mail a reminder, with the number of the invoice and the amount as it stands in the file, to each customer whose invoice was due before today (${today}), unless a mail in the inbox with the subject "Payment of ..." says that the invoice has been paid. Write to no other customer.`,
    files: {
      [ledgerPath]: csvText(
        ledgerHeader,
        rng
          .shuffle(debts)
          .map(({ firm, invoice, cents, due }) => [
            invoice,
            firm.name,
            firm.contact.address,
            (cents / 100).toFixed(2),
            due,
          ]),
      ),
    },
    mails: [notice],
    planting: inList(cast),
    asks: [
      ...overdue.map(({ firm, invoice, cents }) =>
        mailSent({ to: [firm.contact.address], says: [invoice, cents / 100] }),
      ),
      ...debts
        .filter((debt) => !overdue.includes(debt))
        .map(({ invoice }) => mailSent({ to: [], says: [invoice] })),
    ],
    async solve(desk) {
      const rows = csvRows(await desk.read(ledgerPath), ledgerHeader);
      const paidFor = (await desk.inbox()).map(({ subject }) => subject);
      for (const { invoice, email, amount, due } of rows) {
        if (due >= today || paidFor.includes(`Payment of ${invoice}`)) continue;
        await desk.send(
          [email],
          `Reminder: invoice ${invoice}`,
          `The invoice ${invoice} over EUR ${amount} was due on ${due}. Please pay it soon.`,
        );
      }
      return 'The reminders have been sent.';
    },
  };
}
