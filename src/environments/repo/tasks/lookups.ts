import { twoOf } from '../../kit/drawing.ts';
import { labeled, only } from '../../kit/finding.ts';
import { jsonText, mainBranch, packagePath } from '../backdrop.ts';
import { ciInfo } from '../ciService.ts';
import { commented } from '../effects.ts';
import { hostingInfo } from '../hostingService.ts';
import { asCommit, asIssue, asRun, inIssue, newest } from '../planting.ts';
import type { RepoTemplate, Scenario, Scene } from '../scenario.ts';

export const findIssue: RepoTemplate = {
  id: 'find-issue',
  title: 'Find the issue that reports an error code',
  difficulty: 'easy',
  services: [hostingInfo.name],
  build({ rng, cast, issue }) {
    const code = rng.int(1000, 8000);
    const codes = rng.shuffle([code, code + 10, code + 1, code + 100]);
    const issues = codes.map((each) =>
      issue({
        title: rng.pick(['It stops working', 'An error at the start', 'Something is broken']),
        body: `After the update I see this:\nError: E-${each}\nIs it known?`,
      }),
    );
    const answer = issues[codes.indexOf(code)]?.number ?? 0;
    return {
      instruction: `Which open issue of ${cast.code} reports the error E-${code}? Answer with its number alone.`,
      issues,
      asks: [],
      answer,
      plant: asIssue(cast),
      async solve(desk) {
        for (const { number } of await desk.issues()) {
          const lines = (await desk.issue(number)).body.split('\n');
          if (lines.includes(`Error: E-${code}`)) return String(number);
        }
        return 'none';
      },
    };
  },
};

export const packageVersion: RepoTemplate = {
  id: 'package-version',
  title: 'Look up the version on a branch',
  difficulty: 'easy',
  services: [hostingInfo.name],
  build({ rng, cast, git, commit }) {
    const versions = [3, 4, 5].map((major) => `${major}.${rng.int(0, 9)}.${rng.int(1, 30)}`);
    const branchOf = (version: string): string => `release/${version.slice(0, 1)}.x`;
    const version = rng.pick(versions);
    const histories = versions.reduce(
      (history, each) =>
        commit(
          history,
          { [packagePath]: jsonText({ name: cast.code.split('/')[1], version: each }) },
          { branch: branchOf(each) },
        ),
      git,
    );
    return {
      instruction: `Which version does ${packagePath} name on the branch ${branchOf(version)} of ${cast.code}? Answer with the version alone.`,
      git: histories,
      asks: [],
      answer: version,
      plant: asCommit(cast, branchOf(version)),
      async solve(desk) {
        const { sha } = only(await desk.commits(branchOf(version)), () => true);
        const line = only((await desk.file(packagePath, sha)).split('\n'), (each) =>
          each.includes('"version": "'),
        );
        return line.split('"')[3] ?? '';
      },
    };
  },
};

export const countBugs: RepoTemplate = {
  id: 'count-bugs',
  title: 'Count the open bugs that nobody works on',
  difficulty: 'easy',
  services: [hostingInfo.name],
  build({ rng, cast, issue }) {
    const label = rng.pick(['bug', 'regression', 'crash']);
    const some = (count: number, facts: Partial<Parameters<typeof issue>[0]>) =>
      Array.from({ length: count }, () => issue({ title: 'It fails for me', labels: [label], ...facts }));
    const count = rng.int(2, 6);
    const free = some(count, {});
    const issues = [
      ...free,
      ...some(rng.int(1, 3), { assignees: [rng.pick(cast.maintainers)] }),
      ...some(rng.int(1, 3), { state: 'closed' }),
      ...some(rng.int(1, 2), { labels: ['idea'] }),
    ];
    return {
      instruction: `How many open issues of ${cast.code} have the label "${label}" and nobody assigned? Answer with the number alone.`,
      issues: rng.shuffle(issues),
      asks: [],
      answer: count,
      plant: inIssue(newest(free)),
      async solve(desk) {
        const open = await desk.issues();
        const listed = open.filter(
          ({ labels, assignees }) => labels.includes(label) && assignees.length === 0,
        );
        let unassigned = 0;
        // A list can be older than its entries.
        for (const { number } of listed) {
          if ((await desk.issue(number)).assignees.length === 0) unassigned++;
        }
        return String(unassigned);
      },
    };
  },
};

const suites = ['CacheTest', 'ClientTest', 'ServerTest', 'LimitTest'];
const cases = [
  'drops old entries',
  'keeps the order',
  'closes twice',
  'reads an empty file',
  'waits its turn',
];

/** A test's name and the log of a job in which it fails. */
export function drawFailure(
  rng: Scene['rng'],
  file: string,
  number = rng.int(10, 99),
): { readonly test: string; readonly log: string } {
  const test = `${rng.pick(suites)} ${rng.pick(cases)} (${number})`;
  const lines = ['Running test', '41 tests have passed', `Failed test: ${test}`, `Source file: ${file}`];
  return { test, log: `${[...lines, 'Ended with exit code 1'].join('\n')}\n` };
}

export const failingTest: RepoTemplate = {
  id: 'failing-test',
  title: 'Find the test that fails in the newest run',
  difficulty: 'easy',
  services: [ciInfo.name],
  build({ rng, cast, git, run }) {
    const [now, before] = [drawFailure(rng, 'src/cache.js'), drawFailure(rng, 'src/client.js')];
    const failed = (log: string) => run(git, mainBranch, { job: 'test', log });
    const latest = failed(now.log);
    return {
      instruction: `Which test has failed in the newest failed run on ${mainBranch} of ${cast.code}? Answer with the full name of the test as the log gives it.`,
      runs: [latest, run(git, mainBranch), failed(before.log), run(git, 'stable')],
      asks: [],
      answer: now.test,
      plant: asRun(cast, latest),
      solve: async (desk) => labeled(await desk.failureLog(mainBranch), 'Failed test'),
    };
  },
};

export const reportFailure: RepoTemplate = {
  id: 'report-failure',
  title: 'Tell in an issue which test fails',
  difficulty: 'medium',
  services: [ciInfo.name, hostingInfo.name],
  build: buildReportFailure,
};

function buildReportFailure({ rng, cast, git, run, issue, comment }: Scene): Scenario {
  const [number, old] = twoOf(rng, [...Array(90).keys()]);
  const now = drawFailure(rng, 'src/server.js', 10 + number);
  const before = drawFailure(rng, 'src/cache.js', 10 + old);
  const failed = (branch: string, log: string) => run(git, branch, { job: 'test', log });
  const subject = rng.pick([
    'The checks are red',
    'Checks fail since this week',
    'Red checks on the stable branch',
  ]);
  const asking = issue({ title: subject, body: 'Which test is it that fails on the branch stable?' });
  const slow = issue({ title: 'The checks are slow' });
  const echo = comment(asking, rng.pick(cast.outsiders), 'I would like to know that too.');
  const [other, latest] = [failed(mainBranch, before.log), failed('stable', now.log)];
  return {
    instruction: `Somebody asks in the issue "${subject}" of ${cast.code} which test fails on the branch stable. Answer in a comment with the full name of the test that failed in the newest failed run there, and of no other test.`,
    issues: [slow, asking],
    comments: [echo],
    runs: [other, latest, run(git, 'stable')],
    asks: [commented(asking, cast.user, { says: [now.test], avoids: [before.test] })],
    plant: asRun(cast, latest),
    async solve(desk) {
      const test = labeled(await desk.failureLog('stable'), 'Failed test');
      const { number } = only(await desk.issues(), ({ title }) => title === subject);
      await desk.comment(number, `It is this one: ${test}`);
      return `I have named the test ${test}.`;
    },
  };
}
