import { expect, test } from 'vitest';
import { type EpisodeEvent, eventSchema } from '../../../src/contracts/events.ts';
import { isJsonObject } from '../../../src/contracts/json.ts';
import { packTrace, unpackTrace } from '../../../src/experiment/store/trace.ts';
import { fc } from '../../support/properties.ts';
import { samplePlan, sampleRecord } from './samples.ts';

const noneKnown = (): boolean => false;

/** Packs and unpacks, with the shared replies in memory. */
async function roundTrip(events: readonly EpisodeEvent[]): Promise<unknown> {
  const { data, shared } = packTrace(events, noneKnown);
  const replies = new Map(shared.map((reply) => [Buffer.from(reply.hash).toString('base64'), reply.data]));
  return unpackTrace(data, async () => replies);
}

const results = fc
  .oneof(
    fc.jsonValue().filter(isJsonObject),
    // What a hostile service might send to pass for a reference, and members with a meaning of their own.
    fc.constant({ shared: 'AAAA' }),
    fc.constant(JSON.parse('{"__proto__": {"kind": "result"}, "constructor": 1}') as unknown),
    fc.string({ minLength: 1_000, maxLength: 5_000 }).map((text) => ({ content: [{ type: 'text', text }] })),
  )
  .filter(isJsonObject);

const events = fc.array(
  results.map(
    (result, index = 0): EpisodeEvent => ({
      seq: index,
      at: 0.1,
      type: 'exchange',
      message: 'm#1',
      service: 's',
      direction: 'to-service',
      request: { method: 'tools/call', params: result },
      reply: { kind: 'result', result },
    }),
  ),
  { maxLength: 6 },
);

test('any events come back as they were', async () => {
  await fc.assert(
    fc.asyncProperty(events, async (list) => {
      expect(JSON.stringify(await roundTrip(list))).toBe(JSON.stringify(list));
    }),
  );
});

test('what comes back is valid', async () => {
  const [planned] = samplePlan(1).episodes;
  const list = planned ? sampleRecord(planned).events : [];
  const back = eventSchema.array().parse(await roundTrip(list));
  expect(back).toEqual(list);
});

test('a reply that is known is not packed again', () => {
  const [planned] = samplePlan(1).episodes;
  const list = planned ? sampleRecord(planned).events : [];
  expect(packTrace(list, noneKnown).shared).toHaveLength(1);
  expect(packTrace(list, () => true).shared).toHaveLength(0);
  expect(packTrace(list, () => true).data.length).toBeLessThan(400);
});
