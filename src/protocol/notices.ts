import type { Notice } from '../contracts/agent.ts';
import { isJsonObject, stringsIn } from '../contracts/json.ts';
import type { McpNotification, Tap } from '../contracts/wire.ts';
import type { ConnectionOptions } from './connection.ts';

/** Keeps what services say unasked (log messages, progress, updates) until the agent looks. */
export interface NoticeBoard {
  /** For the host's end of a service's wire. */
  tap(service: string): Tap;
  /** What has come since this was called last. */
  take(): readonly Notice[];
}

/** @param onReading called with each notice as it comes: it will be in front of the agent */
export function createNoticeBoard(onReading: NonNullable<ConnectionOptions['onReading']>): NoticeBoard {
  let notices: Notice[] = [];
  return {
    tap: (service) => ({
      name: 'host/notices',
      notification(message) {
        const text = message.direction === 'to-host' ? noticeText(message) : '';
        if (text !== '') {
          notices.push({ service, text });
          onReading({ service, kind: 'notification', text });
        }
        return message;
      },
    }),
    take() {
      const taken = notices;
      notices = [];
      return taken;
    },
  };
}

/** Members of notifications that are for programs. */
const unread = new Set(['_meta', 'progressToken', 'level', 'logger']);

function noticeText({ params }: McpNotification): string {
  if (!isJsonObject(params)) return '';
  const told = Object.entries(params).filter(([key]) => !unread.has(key));
  return told.flatMap(([, value]) => stringsIn(value)).join('\n');
}
