import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readTree, writeTree } from '../../../src/environments/office/workFolder.ts';
import { newFolder, removeFolders } from './support.ts';

afterEach(removeFolders);

test('reads back what it wrote, in the order of paths', async () => {
  const folder = await newFolder();
  writeTree(folder, { 'b/c/deep.txt': 'deep\n', 'a.txt': '', 'b/x.md': 'x' });
  expect(Object.entries(readTree(folder))).toEqual([
    ['a.txt', ''],
    ['b/c/deep.txt', 'deep\n'],
    ['b/x.md', 'x'],
  ]);
});

test('does not follow links out of the folder', async () => {
  const [folder, outside] = [await newFolder(), await newFolder()];
  await writeFile(path.join(outside, 'other.txt'), 'not ours');
  await symlink(outside, path.join(folder, 'link'));
  await symlink(path.join(outside, 'other.txt'), path.join(folder, 'file-link'));
  expect(readTree(folder)).toEqual({ link: '[not a regular file]', 'file-link': '[not a regular file]' });
});
