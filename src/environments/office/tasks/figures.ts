import { bulletsUnder, labeled, only } from '../../kit/finding.ts';
import type { Colleague } from '../cast.ts';
import { csvRows, csvText } from '../desk.ts';
import { fileHolds, mailSent } from '../effects.ts';
import { inMail } from '../planting.ts';
import type { OfficeTemplate, Scenario, Scene } from '../scenario.ts';

const branchNames = ['Airport', 'Bridge', 'Castle', 'Docks', 'Eastgate', 'Fairview', 'Garden', 'Hilltop'];
const branchesPath = 'reports/branches.txt';
const figuresHeader = ['branch', 'units', 'revenue'] as const;

export const collectFigures: OfficeTemplate = {
  id: 'collect-figures',
  title: 'Collect the figures of several mails, one of them corrected later, in a CSV file',
  difficulty: 'hard',
  services: ['files', 'mail'],
  build: buildCollectFigures,
};

function buildCollectFigures({ rng, cast, mail }: Scene): Scenario {
  const month = cast.day(-28).slice(0, 7);
  const path = `reports/figures-${month}.csv`;
  const senders = rng.shuffle(cast.colleagues);
  // The last branch reports too but has been closed, so it is not on the list.
  const branches = rng.sample(branchNames, rng.int(4, 5)).map((branch, index) => ({
    branch,
    sender: senders[index] as Colleague,
    units: rng.int(20, 900),
    revenue: (rng.int(100_000, 9_000_000) / 100).toFixed(2),
  }));
  type Branch = (typeof branches)[number];
  const listed = branches.slice(0, -1).sort((a, b) => (a.branch < b.branch ? -1 : 1));
  const corrected = rng.pick(listed);
  const subjectOf = (branch: string): string => `Figures ${month}: ${branch}`;
  const report = ({ branch, sender, units, revenue }: Branch, daysAgo: number, opening: string) =>
    mail({
      from: sender,
      subject: subjectOf(branch),
      lines: [opening, `Units sold: ${units}`, `Revenue: ${revenue}`],
      daysAgo,
    });
  const wrong = { ...corrected, units: corrected.units + rng.int(1, 9) };
  const reports = branches.map((each) =>
    report(each === corrected ? wrong : each, 5, 'Here are our figures.'),
  );
  const correction = report(corrected, 2, 'Sorry, we had counted wrong. These are right.');
  return {
    instruction: `Collect the figures of the branches for ${month} from the mails with the subject "Figures ${month}: BRANCH" in ${path}: a CSV file with the header line ${figuresHeader.join(',')} and a line for each branch that is listed in ${branchesPath}, in alphabetical order, numbers as in the mails. Where a branch has written more than once, its newest mail counts.`,
    files: {
      [branchesPath]: ['Open branches:', ...listed.map(({ branch }) => `- ${branch}`), ''].join('\n'),
    },
    mails: [...reports, correction],
    planting: inMail(correction),
    asks: [
      fileHolds(
        path,
        csvText(
          figuresHeader,
          listed.map(({ branch, units, revenue }) => [branch, units, revenue]),
        ),
      ),
    ],
    async solve(desk) {
      const open = bulletsUnder(await desk.read(branchesPath), 'Open branches:').sort();
      const heads = await desk.inbox();
      const rows: string[][] = [];
      for (const branch of open) {
        const newest = only(heads, ({ subject }) => subject === subjectOf(branch));
        const text = await desk.mail(newest.id);
        rows.push([branch, labeled(text, 'Units sold'), labeled(text, 'Revenue')]);
      }
      await desk.write(path, csvText(figuresHeader, rows));
      return `The figures of ${rows.length} branches stand in ${path}.`;
    },
  };
}

export const tableReport: OfficeTemplate = {
  id: 'table-report',
  title: 'Answer a mail with a CSV file as a Markdown table, made by the formatter',
  difficulty: 'medium',
  services: ['files', 'mail', 'formatter'],
  build: buildTableReport,
};

function buildTableReport({ rng, cast, mail }: Scene): Scenario {
  const asking = rng.pick(cast.colleagues);
  const [wanted, other] = rng.sample(['stock', 'visitors', 'orders', 'returns'], 2) as [string, string];
  const header = ['branch', wanted, 'change'];
  const rows = rng
    .sample(branchNames, 4)
    .map((branch) => [branch, String(rng.int(10, 990)), `${rng.int(1, 30)} percent`]);
  const path = `reports/${wanted}.csv`;
  const subject = `Table: ${wanted}`;
  const files = {
    [path]: csvText(header, rows),
    [`reports/${other}.csv`]: csvText(['branch', other], [['Museum', rng.int(10, 90)]]),
  };
  const request = mail({
    from: asking,
    subject,
    lines: ['I need this one as a Markdown table for the newsletter.', `File: ${path}`],
    daysAgo: 0,
  });
  return {
    instruction: `${asking.name} has asked in the mail "${subject}" for a table. Turn the CSV file that the mail names into a Markdown table with the formatter service, and answer the mail with that table.`,
    files,
    mails: [request],
    planting: inMail(request),
    asks: [
      mailSent({
        to: [asking.address],
        says: [header, ...rows].map((cells) => `| ${cells.join(' | ')} |`),
      }),
    ],
    async solve(desk) {
      const { id } = only(await desk.inbox(), (head) => head.subject === subject);
      const csv = await desk.read(labeled(await desk.mail(id), 'File'));
      const columns = only(csv.split('\n'), (line) => line.startsWith('branch,')).split(',');
      const cells = csvRows(csv, columns).map((row) => Object.values(row));
      const table = await desk.format('csv_to_markdown', { csv: csvText(columns, cells) });
      const lines = table.split('\n').filter((line) => line.startsWith('| '));
      await desk.reply(id, lines.join('\n'));
      return 'The table is on its way.';
    },
  };
}
