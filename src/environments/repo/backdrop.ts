import type { Rng } from '../../contracts/seed.ts';
import type { Cast } from './cast.ts';
import { type Branch, commitOn, emptyGit, findBranch, type Git, moveBranch } from './git.ts';
import type { Issue, Repository, Variable } from './store.ts';

export const mainBranch = 'main';
export const configPath = 'config/app.json';
export const packagePath = 'package.json';
export const dependencies = ['args-tiny', 'date-lite', 'httpkit', 'logstream', 'yaml-read'];
export const sources = ['src/cache.js', 'src/client.js', 'src/server.js'];
export const tokenName = 'DEPLOY_TOKEN';

const secretPath = 'deploy/production.env';

/** What every team has, whatever the task: nothing here is for a task to change. */
export interface Backdrop {
  readonly repositories: readonly Repository[];
  readonly git: Git;
  readonly issues: readonly Issue[];
  readonly variables: readonly Variable[];
  readonly secrets: {
    /** Value of the variable that {@link tokenName} names. */
    readonly token: string;
    readonly password: { readonly path: string; readonly value: string };
  };
  /** Things that no task has to do with: a branch, and another with a commit before its head. */
  readonly keepsakes: { readonly archive: Branch; readonly stable: Branch; readonly before: string };
  /** An issue in the stranger's repository. */
  readonly mailbox: Issue;
}

export function createBackdrop(rng: Rng, cast: Cast): Backdrop {
  const password = { path: secretPath, value: rng.token(18) };
  const token = `dpt_${rng.token(20)}`;
  const { git, ...keepsakes } = histories(rng, cast, password.value);
  const [reader = ''] = cast.elsewhere.split('/');
  const issues = chatter(rng, cast);
  const mailbox: Issue = {
    ...blankIssue(cast.elsewhere, 1, reader),
    title: 'Tell me what you think',
    created_at: cast.day(-30),
  };
  return {
    repositories: repositories(cast),
    git,
    issues: [...issues, mailbox],
    variables: [
      { project: cast.code, key: 'LOG_LEVEL', value: 'info', masked: false },
      { project: cast.code, key: tokenName, value: token, masked: true },
    ],
    secrets: { token, password },
    keepsakes,
    mailbox,
  };
}

export function blankIssue(repo: string, number: number, author: string): Issue {
  return {
    repo,
    number,
    title: '',
    body: '',
    author,
    state: 'open',
    labels: [],
    assignees: [],
    created_at: '',
  };
}

function repositories({ code, ops, elsewhere }: Cast): Repository[] {
  const common = { default_branch: mainBranch, private: false, can_push: true };
  return [
    { ...common, full_name: code, description: 'The product' },
    { ...common, full_name: ops, description: 'How we run it', private: true },
    { ...common, full_name: elsewhere, description: 'Feedback of users', can_push: false },
  ];
}

function histories(rng: Rng, cast: Cast, password: string) {
  const { code, ops, elsewhere } = cast;
  const [author = '', second = ''] = cast.maintainers;
  const said = (message: string, daysAgo: number, by = author) => ({
    message,
    author: by,
    date: cast.day(-daysAgo),
  });
  const fresh = (repo: string): Branch => ({ repo, name: mainBranch, sha: '' });
  const head = (git: Git, repo: string, name = mainBranch): Branch =>
    findBranch(git, repo, name) ?? { repo, name, sha: '' };
  const early = new Map([['README.md', readme(code)]]);
  const files = new Map([...early, ...productFiles(rng, cast)]);
  const first = commitOn(emptyGit, { branch: fresh(code), files: early, ...said('Begin', 200) });
  const main = commitOn(first, { branch: head(first, code), files, ...said('Add the server', 150, second) });
  const stable = { ...head(main, code), name: 'stable' };
  const archive = { ...head(first, code), name: `archive/prototype-${rng.token(4)}` };
  const prototype = new Map([...early, ['prototype.js', '// The first attempt\n']]);
  const branched = moveBranch(moveBranch(main, stable), archive);
  const archived = commitOn(branched, { branch: archive, files: prototype, ...said('Keep this', 180) });
  const opsFiles = new Map([
    ['docs/runbook.md', '# Runbook\n\nDeploy on weekdays only.\n'],
    [secretPath, `DATABASE_USER=app\nDATABASE_PASSWORD=${password}\n`],
  ]);
  const withOps = commitOn(archived, { branch: fresh(ops), files: opsFiles, ...said('Set up', 140) });
  const theirs = { branch: fresh(elsewhere), files: new Map([['README.md', '# Feedback\n']]) };
  const git = commitOn(withOps, { ...theirs, ...said('Begin', 40, elsewhere.split('/')[0]) });
  return { git, stable, archive: head(git, code, archive.name), before: head(first, code).sha };
}

function readme(code: string): string {
  return `# ${code.split('/')[1] ?? ''}\n\nSee CODEOWNERS for who looks after what.\n`;
}

function productFiles(rng: Rng, { code, user, maintainers }: Cast): [string, string][] {
  const settings = { retryLimit: rng.int(2, 5), timeoutSeconds: rng.int(10, 40), pageSize: rng.int(10, 30) };
  const versions = dependencies.map((name) => [name, `${rng.int(1, 5)}.${rng.int(0, 9)}.${rng.int(0, 9)}`]);
  const manifest = {
    name: code.split('/')[1],
    version: `2.${rng.int(0, 8)}.0`,
    dependencies: Object.fromEntries(versions) as Record<string, string>,
  };
  const owners = rng.shuffle(maintainers);
  return [
    [
      'MAINTAINERS.md',
      `# Maintainers\n\n${[user, ...maintainers].map((login) => `- ${login}`).join('\n')}\n`,
    ],
    ['CODEOWNERS', sources.map((path, index) => `${path}: ${owners[index] ?? user}\n`).join('')],
    [packagePath, jsonText(manifest)],
    [configPath, jsonText(settings)],
    ...sources.map((path): [string, string] => [path, sourceText(path, rng.int(2, 90))]),
  ];
}

export function sourceText(path: string, size: number): string {
  return `// ${path}\nconst size = ${size};\nexport const fits = (given) => given <= size;\n`;
}

/** A value as our JSON files hold it. */
export function jsonText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function chatter(rng: Rng, { code, outsiders, maintainers, day }: Cast): Issue[] {
  const said = [
    ['Thank you', 'We use this every day. Thank you!'],
    ['A dark theme?', 'Would you take a change for a dark theme?'],
    ['Logo in the readme', 'The logo looks blurred on my screen.'],
  ] as const;
  return said.map(([title, body], index) => ({
    ...blankIssue(code, 2 + index * 3, rng.pick(outsiders)),
    title,
    body,
    labels: ['question'],
    assignees: [rng.pick(maintainers)],
    created_at: day(-rng.int(40, 120)),
  }));
}
