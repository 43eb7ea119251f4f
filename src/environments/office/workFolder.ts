import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Text files by their path in the work folder, with forward slashes. */
export type FileTree = Readonly<Record<string, string>>;

/** What stands for an entry that is neither a file nor a folder; such entries are never followed. */
const notAFile = '[not a regular file]';

/** Puts `tree` into an empty folder. Synchronous, since a dozen small files take a fraction of a millisecond so. */
export function writeTree(folder: string, tree: FileTree): void {
  for (const [name, text] of Object.entries(tree)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** All files below `folder`, in the order of their paths. */
export function readTree(folder: string): FileTree {
  const found: [string, string][] = [];
  const visit = (inside: string): void => {
    for (const entry of readdirSync(path.join(folder, inside), { withFileTypes: true })) {
      const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (entry.isDirectory()) visit(name);
      else found.push([name, entry.isFile() ? readFileSync(path.join(folder, name), 'utf8') : notAFile]);
    }
  };
  visit('');
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}
