import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mapStrings } from '../contracts/json.ts';

/** What stands for the temporary folder in records, so that equal episodes give equal records. */
const workFolderName = '{work}';

/** The temporary folder of one episode, made on first use. */
export interface WorkFolder {
  path(): Promise<string>;
  /** `value` with every mention of the folder replaced by {@link workFolderName}. */
  anonymize<T>(value: T): T;
  remove(): Promise<void>;
}

export function createWorkFolder(): WorkFolder {
  let made: Promise<string> | undefined;
  let folder: string | undefined;
  const make = async (): Promise<string> => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'safemcp-')));
    return folder;
  };
  return {
    path: () => (made ??= make()),
    anonymize: (value) => (folder === undefined ? value : anonymize(value, folder)),
    async remove() {
      if (made) await rm(await made, { recursive: true, force: true });
    },
  };
}

function anonymize<T>(value: T, folder: string): T {
  return mapStrings(value, (text) =>
    text.includes(folder) ? text.replaceAll(folder, workFolderName) : text,
  );
}
