/** Ways in which what a service sends can be broken below the protocol, where the SDK would refuse. */
export const rawFaultKinds = [
  /** A reply cut off in the middle, then the line ends. */
  'bad-json',
  /** JSON, but no JSON-RPC message. */
  'not-json-rpc',
  /** A reply to a request that nobody sent. */
  'wrong-id',
  /** A reply sent twice. */
  'duplicate',
  /** A reply nested 10,000 deep. */
  'too-deep',
  /** A reply of 100 MB. */
  'oversized',
  /** A reply that begins and does not end within 1 GB, nor ever. */
  'never-ending',
  /** Half a reply, then the connection ends. */
  'partial-frame',
  /** Nothing more, and the connection stays open. */
  'hang',
  /** The connection ends. */
  'crash',
  /** A million notifications before the reply. */
  'flood',
] as const;
export type RawFaultKind = (typeof rawFaultKinds)[number];

/** A fault as data. It strikes once, at a reply; what passes before and after it is whole. */
export interface RawFault {
  readonly kind: RawFaultKind;
  /** Replies of the service that pass before it strikes. */
  readonly afterReplies: number;
}

/** What stands around one message in a byte stream. */
export interface Framing {
  readonly open: string;
  readonly close: string;
}

export const lineFraming: Framing = { open: '', close: '\n' };
export const eventFraming: Framing = { open: 'event: message\ndata: ', close: '\n\n' };
/** A whole HTTP body is one message. */
export const bodyFraming: Framing = { open: '', close: '' };

/** What goes onto the stream in place of one message. */
export interface Emission {
  /** Made as they are read, so that a large message never exists as a whole. */
  readonly chunks: Iterable<string>;
  /** What becomes of the stream afterwards; `hang` and `end` are for good. */
  readonly next: 'go-on' | 'hang' | 'end';
}

/** Decides, message by message, what goes onto the stream. */
export interface FaultInjector {
  emit(message: string, framing: Framing): Emission;
  /** What has become of the connection as a whole. */
  readonly state: Emission['next'];
  /** Whether the fault needs a stream that carries several messages. */
  readonly needsStream: boolean;
}

export function createFaultInjector(fault: RawFault): FaultInjector {
  let replies = 0;
  let state: Emission['next'] = 'go-on';
  return {
    needsStream: fault.kind === 'flood' || fault.kind === 'duplicate',
    get state() {
      return state;
    },
    emit(message, framing) {
      if (state !== 'go-on') return { chunks: [], next: state };
      const id = replyId(message);
      const strikes = id !== undefined && replies++ === fault.afterReplies;
      if (!strikes) return { chunks: [framed(message, framing)], next: 'go-on' };
      const emission = strike(fault.kind, message, id, framing);
      state = emission.next;
      return emission;
    },
  };
}

/** The id of a reply as JSON text; undefined for every other message. */
function replyId(message: string): string | undefined {
  const frame = JSON.parse(message) as { id?: unknown; method?: unknown };
  return frame.id === undefined || frame.method !== undefined ? undefined : JSON.stringify(frame.id);
}

const megabyte = 1_000_000;
const depth = 10_000;
const floodSize = 1_000_000;

function strike(kind: RawFaultKind, message: string, id: string, framing: Framing): Emission {
  const { open, close } = framing;
  const half = message.slice(0, Math.floor(message.length / 2));
  const head = `${open}{"jsonrpc":"2.0","id":${id},"result":{"content":[{"type":"text","text":"`;
  switch (kind) {
    case 'bad-json':
      return { chunks: [framed(half, framing)], next: 'go-on' };
    case 'not-json-rpc':
      return { chunks: [framed('{"hello":"world"}', framing)], next: 'go-on' };
    case 'wrong-id':
      return { chunks: [framed(withId(message, 'nobody-asked'), framing)], next: 'go-on' };
    case 'duplicate':
      return { chunks: [framed(message, framing), framed(message, framing)], next: 'go-on' };
    case 'too-deep': {
      const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
      return {
        chunks: [framed(`{"jsonrpc":"2.0","id":${id},"result":{"content":${nested}}}`, framing)],
        next: 'go-on',
      };
    }
    case 'oversized':
      return { chunks: filled(head, 100, `"}]}}${close}`), next: 'go-on' };
    case 'never-ending':
      return { chunks: filled(head, 1000, ''), next: 'hang' };
    case 'partial-frame':
      return { chunks: [open, half], next: 'end' };
    case 'hang':
      return { chunks: [], next: 'hang' };
    case 'crash':
      return { chunks: [], next: 'end' };
    case 'flood':
      return { chunks: flood(message, framing), next: 'go-on' };
  }
}

function framed(message: string, { open, close }: Framing): string {
  return `${open}${message}${close}`;
}

function withId(message: string, id: string): string {
  return JSON.stringify({ ...(JSON.parse(message) as object), id });
}

function* filled(head: string, megabytes: number, tail: string): Iterable<string> {
  const filler = 'x'.repeat(megabyte / 10);
  yield head;
  for (let sent = 0; sent < megabytes * 10; sent++) yield filler;
  yield tail;
}

function* flood(message: string, framing: Framing): Iterable<string> {
  const note = '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"flood"}}';
  const batch = framed(note, framing).repeat(100);
  for (let sent = 0; sent < floodSize; sent += 100) yield batch;
  yield framed(message, framing);
}
