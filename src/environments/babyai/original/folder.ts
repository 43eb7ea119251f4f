import { SafeMcpError } from '../../../contracts/errors.ts';
import { openRecordings } from '../../kit/recordings.ts';
import { type Chat, chatsSchema } from './chats.ts';

const help = 'docs/environments/babyai.md';

/** All chats and ids in the JSON files of a folder, in the order of file names. @throws FILE_UNREADABLE */
export async function readChats(folder: string): Promise<readonly Chat[]> {
  const recordings = await openRecordings(folder, help);
  const names = (await recordings.names('')).filter(
    (name) => name.endsWith('.json') && name !== 'MANIFEST.json',
  );
  if (names.length === 0) {
    throw new SafeMcpError('FILE_UNREADABLE', 'Cannot read recordings: the folder holds no JSON file', {
      where: folder,
      hint: `See ${help} for the files that are read`,
    });
  }
  const chats: Chat[] = [];
  for (const name of names) chats.push(...(await recordings.json(name, chatsSchema)));
  return chats;
}
