import { describe, expect, test } from 'vitest';
import type { ServiceSource } from '../../src/contracts/service.ts';
import type { Era } from '../../src/contracts/wire.ts';
import { type RawFaultKind, rawFaultKinds } from '../../src/protocol/faults.ts';
import { connectHost, ServiceFailure } from '../../src/protocol/host.ts';
import { openService } from '../../src/protocol/openService.ts';
import { createWire, defaultWireLimits, type WireFault } from '../../src/protocol/wire.ts';
import { fixtureCommand } from '../support/grid.ts';
import { toyService } from '../support/protocolToy.ts';

/** Replies before the first call: the opening and the list. */
const opening = 2;

/** How each fault may end: an outcome of the call, or the connection is over. */
const endings: Record<
  RawFaultKind,
  { call: 'failure' | 'result' | 'protocol-error'; faults: readonly string[] }
> = {
  'bad-json': { call: 'failure', faults: ['MALFORMED'] },
  'not-json-rpc': { call: 'failure', faults: ['MALFORMED'] },
  'wrong-id': { call: 'failure', faults: ['UNMATCHED_REPLY'] },
  duplicate: { call: 'result', faults: ['UNMATCHED_REPLY'] },
  'too-deep': { call: 'protocol-error', faults: ['OVERSIZED'] },
  oversized: { call: 'failure', faults: ['OVERSIZED', 'TRANSPORT'] },
  'never-ending': { call: 'failure', faults: ['OVERSIZED', 'TRANSPORT'] },
  'partial-frame': { call: 'failure', faults: ['CLOSED', 'TRANSPORT', 'MALFORMED'] },
  hang: { call: 'failure', faults: [] },
  crash: { call: 'failure', faults: ['CLOSED', 'TRANSPORT', 'MALFORMED'] },
  flood: { call: 'failure', faults: ['FLOOD'] },
};

/** What only the call's own time limit can end. */
const waits: ReadonlySet<RawFaultKind> = new Set(['bad-json', 'not-json-rpc', 'wrong-id', 'hang']);

interface Place {
  readonly where: string;
  readonly source: ServiceSource;
  readonly transport: 'memory' | 'http';
  readonly era: Era;
  /** Milliseconds to wait for what never comes; a child has to start within them. */
  readonly patience: number;
}

const childProcess: Place = {
  where: 'stdio, 2026',
  source: fixtureCommand,
  transport: 'memory',
  era: '2026',
  patience: 10_000,
};
const inProcess: readonly Place[] = [
  { where: 'memory, 2025', source: toyService(), transport: 'memory', era: '2025', patience: 5000 },
  { where: 'memory, 2026', source: toyService(), transport: 'memory', era: '2026', patience: 5000 },
  { where: 'http, 2025', source: toyService(), transport: 'http', era: '2025', patience: 5000 },
  { where: 'http, 2026', source: toyService(), transport: 'http', era: '2026', patience: 5000 },
];

interface Ending {
  readonly call: unknown;
  readonly faults: readonly WireFault[];
}

async function callThrough(kind: RawFaultKind, place: Place): Promise<Ending> {
  const { source, transport, era } = place;
  const faults: WireFault[] = [];
  const opened = await openService(source, { transport, fault: { kind, afterReplies: opening } });
  const wire = createWire(opened.transport, {
    service: source.name,
    transport: opened.kind,
    limits: { ...defaultWireLimits, maxServiceMessages: 2000 },
    onFault: (fault) => void faults.push(fault),
  });
  const host = await connectHost(new Map([[source.name, { transport: wire, era }]]), {
    maxCalls: 5,
    callTimeoutMs: waits.has(kind) ? place.patience : 15_000,
    signal: new AbortController().signal,
  });
  try {
    const call = await host.call(source.name, 'echo', { text: 'hello' }).catch((error: unknown) => error);
    // What came behind the reply has arrived once another call is over.
    if (kind === 'duplicate') await host.call(source.name, 'echo', { text: 'again' });
    return { call, faults: [...faults] };
  } finally {
    await host.close();
    await opened.close();
  }
}

async function expectNamedEnding(kind: RawFaultKind, place: Place): Promise<void> {
  const { call, faults } = await callThrough(kind, place);
  const expected = endings[kind];
  if (expected.call === 'failure') expect(call).toBeInstanceOf(ServiceFailure);
  else expect(call).toMatchObject({ kind: expected.call });
  if (expected.faults.length === 0) expect(faults).toEqual([]);
  else expect(expected.faults).toContain(faults[0]?.code);
}

describe.concurrent.each(inProcess)('over $where', (place) => {
  test.each(rawFaultKinds)('%s ends in a named way', (kind) => expectNamedEnding(kind, place));
});

describe('over stdio, 2026', () => {
  test.concurrent.each(rawFaultKinds)('%s ends in a named way', (kind) =>
    expectNamedEnding(kind, childProcess),
  );
});

test('a message of 100 MB is cut off long before it is in memory', async () => {
  const before = process.memoryUsage().rss;
  for (const place of [childProcess, ...inProcess]) await callThrough('oversized', place);
  expect(process.memoryUsage().rss - before).toBeLessThan(90_000_000);
});
