import { inflateRawSync } from 'node:zlib';
import { UnfitWorkbook } from './unfit.ts';

/** Bounds against archives that unpack to more than any workbook holds. */
const maxEntries = 5_000;
const maxEntryBytes = 32 * 1024 * 1024;
const maxTotalBytes = 128 * 1024 * 1024;

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const longestComment = 0xffff;

/** The files in a zip archive. */
export interface Archive {
  /** The text of a file, or nothing when the archive has none of this name. @throws UnfitWorkbook */
  text(name: string): string | undefined;
}

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly place: number;
}

/** Reads the directory of an archive; files are unpacked as they are asked for. @throws UnfitWorkbook */
export function openArchive(bytes: Buffer): Archive {
  const entries = readDirectory(bytes);
  let unpacked = 0;
  return {
    text(name) {
      const entry = entries.get(name);
      if (!entry) return undefined;
      const content = within(() => unpack(bytes, entry), name);
      unpacked += content.length;
      if (unpacked > maxTotalBytes) throw new UnfitWorkbook('it unpacks to too many bytes');
      return content.toString('utf8');
    },
  };
}

function readDirectory(bytes: Buffer): ReadonlyMap<string, Entry> {
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > maxEntries) throw new UnfitWorkbook(`it holds more than ${maxEntries} files`);
  const entries = new Map<string, Entry>();
  let at = bytes.readUInt32LE(end + 16);
  return within(() => {
    for (let index = 0; index < count; index++) {
      if (bytes.readUInt32LE(at) !== entrySignature) throw new UnfitWorkbook('its directory is damaged');
      const nameLength = bytes.readUInt16LE(at + 28);
      const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
      if ((bytes.readUInt16LE(at + 8) & 1) === 1) throw new UnfitWorkbook('it is encrypted');
      entries.set(name, {
        method: bytes.readUInt16LE(at + 10),
        packed: bytes.readUInt32LE(at + 20),
        place: bytes.readUInt32LE(at + 42),
      });
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    }
    return entries;
  }, 'its directory');
}

/** Where the end record stands, which is looked for from the back because a comment may follow it. */
function endOf(bytes: Buffer): number {
  const first = Math.max(0, bytes.length - endLength - longestComment);
  for (let at = bytes.length - endLength; at >= first; at--)
    if (bytes.readUInt32LE(at) === endSignature) return at;
  throw new UnfitWorkbook('it is no zip archive');
}

function unpack(bytes: Buffer, { method, packed, place }: Entry): Buffer {
  if (bytes.readUInt32LE(place) !== localSignature) throw new UnfitWorkbook('a file in it is damaged');
  const start = place + 30 + bytes.readUInt16LE(place + 26) + bytes.readUInt16LE(place + 28);
  if (start + packed > bytes.length) throw new UnfitWorkbook('it is cut off');
  const content = bytes.subarray(start, start + packed);
  if (method === 0 && content.length <= maxEntryBytes) return content;
  if (method === 8) return inflateRawSync(content, { maxOutputLength: maxEntryBytes });
  throw new UnfitWorkbook('a file in it is too large, or packed in a way that is not known');
}

/** Reads that leave the buffer, and streams that are damaged or too large, become one kind of error. */
function within<T>(read: () => T, name: string): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnfitWorkbook) throw error;
    throw new UnfitWorkbook(`${name} cannot be unpacked`);
  }
}
