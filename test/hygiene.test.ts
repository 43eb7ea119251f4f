import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What belongs to one machine or one person and not into the repository. */
const rules = [
  { what: 'a path of one machine', pattern: /(?<![\w.~}-])\/(?:work|root|home\/[\w.-]+|Users\/[\w.-]+)\// },
  { what: 'a path of one machine', pattern: /\b[A-Z]:\\Users\\/ },
  { what: 'the host of a registry', pattern: /\bregistry\.[a-z]+(?:js)?\.(?:org|com|dev|io)\b/ },
  { what: 'a key', pattern: /\bsk-[A-Za-z0-9_-]{20}/ },
  { what: 'a key', pattern: /\b(?:ghp|gho|ghs|npm)_[A-Za-z0-9]{30}/ },
  { what: 'a key', pattern: /\bAKIA[0-9A-Z]{16}\b/ },
  { what: 'a key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY/ },
];

function findings(text: string): readonly string[] {
  return rules.flatMap(({ what, pattern }) => {
    const found = pattern.exec(text);
    return found === null ? [] : [`${what}: ${found[0]}`];
  });
}

/** All files but those that git ignores and the lock file, which npm writes. */
function ownFiles(): readonly string[] {
  const ignored = readFileSync(path.join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  const names = new Set([...ignored.map((line) => line.replace(/\/$/, '')), '.git', 'package-lock.json']);
  const walk = (folder: string): readonly string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !names.has(name) && !name.endsWith('.tgz'))
      .flatMap((entry) => {
        const file = path.join(folder, entry.name);
        return entry.isDirectory() ? walk(file) : [file];
      });
  return walk(root);
}

describe('the repository', () => {
  test('holds nothing that belongs to one machine or person', () => {
    const files = ownFiles();
    expect(files.length).toBeGreaterThan(50);
    const found = files.flatMap((file) =>
      findings(readFileSync(file, 'utf8')).map((finding) => `${path.relative(root, file)}: ${finding}`),
    );
    expect(found).toEqual([]);
  });
});

describe('the check', () => {
  // Put together here, so that this file passes its own check.
  test.each([
    ['a home folder', ['', 'home', 'ada', 'safemcp'].join('/')],
    ["root's folder", `see ${['', 'root', '.ssh'].join('/')}`],
    ['a home folder in an address', `"file://${['', 'Users', 'ada', 'x'].join('/')}"`],
    ['a home folder on Windows', ['C:', 'Users', 'ada'].join('\\')],
    ['a registry', `https://${['registry', 'npmjs', 'org'].join('.')}/zod`],
    ["a provider's key", `key: ${['sk', 'a1B2c3D4e5F6g7H8i9J0k1'].join('-')}`],
    ["a cloud's key", ['AKIA', 'ABCDEFGHIJKLMNOP'].join('')],
    ['a private key', ['-----BEGIN', 'RSA PRIVATE', 'KEY-----'].join(' ')],
  ])('finds %s', (_, sample) => {
    expect(findings(sample)).toHaveLength(1);
  });

  test.each(['src/work/plan.ts', '~/root/x', './home/a/b', 'task-done', 'ask-for-a-long-explanation-now'])(
    'leaves %s',
    (sample) => {
      expect(findings(sample)).toEqual([]);
    },
  );
});
