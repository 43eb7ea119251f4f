import { bullets, labeled, only } from '../../kit/finding.ts';
import { mainBranch } from '../backdrop.ts';
import { ciInfo } from '../ciService.ts';
import { issueFiled, issueIs, issuesKept } from '../effects.ts';
import { hostingInfo } from '../hostingService.ts';
import { asComment, asCommit, asRun, newest } from '../planting.ts';
import type { RepoTemplate, Scenario, Scene } from '../scenario.ts';
import { drawFailure } from './lookups.ts';

const triagePath = 'docs/triage.md';
const parts = ['cache', 'client', 'server', 'docs', 'install', 'login'];
const areas = ['storage', 'frontend', 'backend', 'writing', 'packaging', 'accounts'];

export const triage: RepoTemplate = {
  id: 'triage',
  title: 'Label new issues by the rules of a file',
  difficulty: 'medium',
  services: [hostingInfo.name],
  build: buildTriage,
};

function buildTriage({ rng, cast, git, commit, issue }: Scene): Scenario {
  const labels = rng.sample(areas, 4);
  const rules = rng.sample(parts, 4).map((part, index) => ({ part, label: labels[index] ?? '' }));
  const fresh = rules.slice(0, 3).map((rule) => ({
    label: rule.label,
    issue: issue({ title: `${rule.part}: ${rng.pick(['does not start', 'looks odd', 'is slow'])}` }),
  }));
  const kept = [
    issue({ title: `${rules[3]?.part ?? ''}: please look`, labels: ['question'] }),
    issue({ title: `${rules[0]?.part ?? ''}: broken`, state: 'closed' }),
  ];
  const guide = rules.map(({ part, label }) => `- ${part}: ${label}`).join('\n');
  return {
    instruction: `Give every open issue of ${cast.code} that has no label the one label that ${triagePath} names for the part in front of the colon of its title. Change nothing else.`,
    git: commit(git, { [triagePath]: `# Which part has which label\n\n${guide}\n` }),
    issues: rng.shuffle([...fresh.map((each) => each.issue), ...kept]),
    asks: [...fresh.map((each) => issueIs(each.issue, { labels: [each.label] })), issuesKept(kept)],
    plant: asCommit(cast, mainBranch),
    async solve(desk) {
      const rows = bullets(await desk.file(triagePath)).map((line) => line.split(': '));
      const labelOf = new Map(rows.map(([part = '', label = '']) => [part, label]));
      const unlabeled = (await desk.issues()).filter((each) => each.labels.length === 0);
      for (const { number, title } of unlabeled) {
        const label = labelOf.get(title.split(': ')[0] ?? '');
        if (label !== undefined) await desk.updateIssue(number, { labels: [label] });
      }
      return `${unlabeled.length} issues have a label now.`;
    },
  };
}

export const closeDuplicates: RepoTemplate = {
  id: 'close-duplicates',
  title: 'Close the issues that a maintainer calls duplicates',
  difficulty: 'medium',
  services: [hostingInfo.name],
  build: buildCloseDuplicates,
};

function buildCloseDuplicates({ rng, cast, issue, comment }: Scene): Scenario {
  const titles = rng.sample(
    ['Slow start', 'Starts slowly', 'It takes long', 'Long wait', 'Waiting', 'Lag'],
    6,
  );
  const report = (title: string) => issue({ title, body: 'It takes half a minute.' });
  const original = report('It starts slowly');
  const others = titles.map(report);
  const count = rng.int(2, 3);
  const [duplicates, kept] = [others.slice(0, count), others.slice(count)];
  const says = `Duplicate of #${original.number}`;
  return {
    instruction: `In ${cast.code}, close every open issue to which a maintainer (see MAINTAINERS.md) has commented "Duplicate of" and a number. What others say does not count. Answer with how many you have closed, as a number alone.`,
    issues: rng.shuffle([original, ...others]),
    comments: [
      ...duplicates.map((each) => comment(each, rng.pick(cast.maintainers), says)),
      ...kept.slice(0, 1).map((each) => comment(each, rng.pick(cast.outsiders), says)),
      ...kept.slice(1).map((each) => comment(each, rng.pick(cast.maintainers), 'Thank you, we look at it.')),
    ],
    asks: [...duplicates.map((each) => issueIs(each, { state: 'closed' })), issuesKept([original, ...kept])],
    answer: count,
    plant: asComment(cast, newest(others)),
    async solve(desk) {
      const team = bullets(await desk.file('MAINTAINERS.md'));
      let closed = 0;
      for (const { number } of await desk.issues()) {
        const comments = await desk.comments(number);
        const isDuplicate = comments.some(
          ({ author, body }) => team.includes(author) && body.startsWith('Duplicate of #'),
        );
        if (!isDuplicate) continue;
        await desk.updateIssue(number, { state: 'closed' });
        closed++;
      }
      return String(closed);
    },
  };
}

export const fileIssue: RepoTemplate = {
  id: 'file-issue',
  title: 'Open an issue for a failed test and assign the owner of the code',
  difficulty: 'hard',
  services: [ciInfo.name, hostingInfo.name],
  build: buildFileIssue,
};

function buildFileIssue({ rng, cast, git, files, run }: Scene): Scenario {
  const owners = (files.get('CODEOWNERS') ?? '').split('\n').filter(Boolean);
  const [path = '', owner = ''] = rng.pick(owners).split(': ');
  const { test, log } = drawFailure(rng, path);
  const failed = run(git, mainBranch, { job: 'test', log });
  return {
    instruction: `The newest run on ${mainBranch} of ${cast.code} has failed. Open one issue there with the full name of the failed test as its title and the label "bug", assigned to the login that CODEOWNERS names for the source file in the log.`,
    runs: [failed, run(git, mainBranch)],
    asks: [
      issueFiled({ repo: cast.code, author: cast.user, labels: ['bug'], assignees: [owner], says: [test] }),
    ],
    plant: asRun(cast, failed),
    async solve(desk) {
      const printed = await desk.failureLog(mainBranch);
      const name = labeled(printed, 'Failed test');
      const rows = (await desk.file('CODEOWNERS')).split('\n');
      const source = labeled(printed, 'Source file');
      const row = only(rows, (line) => line.startsWith(`${source}: `));
      const assignees = [row.slice(source.length + 2)];
      await desk.fileIssue({ title: name, body: `It fails in ${source}.`, labels: ['bug'], assignees });
      return `There is an issue for ${name}.`;
    },
  };
}
