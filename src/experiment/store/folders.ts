import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { unwritableFailure } from './failure.ts';

/**
 * Makes the folder and those it lies in, where they are missing. Node's own `recursive` never ends in a folder
 * whose file system makes no folders, such as `/proc`.
 * @throws WORKSPACE_UNWRITABLE
 */
export function makeFolder(folder: string): void {
  try {
    makeMissing(path.resolve(folder));
  } catch (error) {
    throw unwritableFailure(folder, error);
  }
}

function makeMissing(folder: string): void {
  if (isFolder(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeMissing(parent);
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have been faster.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
