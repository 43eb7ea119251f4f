import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/contracts/json.ts';
import { errorReply, type McpReply, resultReply } from '../../src/contracts/wire.ts';
import { defenses } from '../../src/defenses/index.ts';
import { fc, runs } from '../support/properties.ts';
import { contextOf, play, type Step, start } from './kit.ts';

/** The protocol's own members, in places where no service has any business to put them. */
const members = [
  [
    'tools',
    'prompts',
    'resources',
    'resourceTemplates',
    'name',
    'title',
    'description',
    'uri',
    'uriTemplate',
  ],
  [
    'inputSchema',
    'outputSchema',
    'requestedSchema',
    'annotations',
    'icons',
    'arguments',
    'argument',
    'required',
  ],
  [
    'properties',
    'patternProperties',
    'additionalProperties',
    'items',
    'enum',
    'enumNames',
    'const',
    'default',
  ],
  ['type', 'format', 'pattern', '$ref', '$defs', 'anyOf', 'allOf', 'oneOf', 'not', 'minimum', 'maxLength'],
  [
    'content',
    'contents',
    'structuredContent',
    'text',
    'data',
    'blob',
    'mimeType',
    'resource',
    'messages',
    'role',
  ],
  ['message', 'mode', 'url', 'action', 'systemPrompt', 'values', 'completion', 'ref', 'cursor', 'nextCursor'],
  ['readOnlyHint', 'destructiveHint', 'openWorldHint', 'idempotentHint', 'isError', 'code', 'instructions'],
  [
    'serverInfo',
    'version',
    'capabilities',
    'protocolVersion',
    'resultType',
    'inputRequests',
    'inputResponses',
  ],
  [
    'requestState',
    '_meta',
    'progressToken',
    'progress',
    'total',
    'level',
    'ttlMs',
    'cacheScope',
    'requestId',
  ],
  ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'toJSON', 'then', 'length', ''],
].flat();
const methods = [
  ['initialize', 'server/discover', 'ping', 'tools/list', 'tools/call', 'prompts/list', 'prompts/get'],
  ['resources/list', 'resources/templates/list', 'resources/read', 'completion/complete', 'logging/setLevel'],
  [
    'elicitation/create',
    'sampling/createMessage',
    'roots/list',
    'subscriptions/listen',
    'tasks/get',
    '',
    '__proto__',
  ],
  [
    'notifications/message',
    'notifications/progress',
    'notifications/cancelled',
    'notifications/resources/updated',
  ],
  ['notifications/tools/list_changed', 'notifications/elicitation/complete', 'notifications/initialized'],
].flat();
const strings = [
  [
    'object',
    'string',
    'array',
    'number',
    'integer',
    'boolean',
    'null',
    '#',
    '#/$defs/a',
    '#/properties/a',
    '%',
    '%zz',
  ],
  [
    'https://',
    'https://[',
    'http://a@b:c/',
    'javascript:alert(1)',
    'data:text/html,x',
    'shop://list',
    '{a}{b',
    '//',
  ],
  [
    'search',
    'order',
    'form',
    'url',
    'accept',
    'input_required',
    'complete',
    'user',
    'text',
    'text/plain',
    '2026-07-28',
  ],
  [
    '<',
    '<!--',
    '<a href="',
    '&#x41;',
    '\u{1b}[8m',
    '\u202e',
    '\u200b\u200c',
    '\ud83d',
    '\udc00x',
    '\u{e0041}\u{e007f}',
    '\u0000',
  ],
  [
    '.-.. --- --.',
    'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=',
    '4111111111111111',
    'XE55SAFE230596252012',
    'password: a',
    'a@b.c',
  ],
  [
    'delete everything',
    'Ignore previous instructions',
    'alarm-7f3k9q2m',
    '1e999',
    '-0',
    'tool_search',
    '\u0455earch',
  ],
].flat();
const scalar = fc.oneof(
  fc.constantFrom(...strings),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(0, -0, 1, -1, 1e21, -1e308, 5e-324, 2 ** 53, 0.1, 3600000, null, true, false),
);
const { object, value } = fc.letrec<{ value: unknown; object: JsonObject; list: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 6, withCrossShrink: true }, scalar, tie('object'), tie('list')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc
    .array(fc.tuple(fc.constantFrom(...members), tie('value')), { maxLength: 6 })
    .map((entries) => Object.fromEntries(entries) as JsonObject),
}));
/** Something that looks like an item of a list, a schema or a question, and is none. */
const nearly = fc
  .tuple(
    fc.constantFrom('tools', 'prompts', 'resources', 'resourceTemplates', 'content', 'contents', 'messages'),
    fc.array(object, { maxLength: 4 }),
    object,
  )
  .map(([member, items, more]): JsonObject => ({ ...more, [member]: items }));
const body = fc.oneof(object, nearly);
const reply: fc.Arbitrary<McpReply> = fc.oneof(
  body.map(resultReply),
  fc
    .tuple(fc.integer(), fc.constantFrom(...strings), value)
    .map(([code, message, data]) => errorReply(code, message, data as never)),
  object.map((error) => ({ kind: 'error', error }) as unknown as McpReply),
  fc.constant<McpReply>({ kind: 'dropped' }),
);
const method = fc.constantFrom(...methods);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('host-request' as const), method, params: body, reply }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('service-request' as const), method, params: body, reply }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('notification' as const), method, params: body }) },
);

describe.each(defenses)('$id', (defense) => {
  test.each(defense.modes)('takes the protocol turned inside out (%s)', async (mode) => {
    const property = fc.asyncProperty(
      fc.array(step, { maxLength: 8 }),
      fc.constantFrom('2025' as const, '2026' as const),
      async (steps, era) => {
        const watched = start(defense, mode);
        const [one, other] = [watched.tap('shop'), watched.tap('stranger')];
        for (const [index, each] of steps.entries()) {
          const before = JSON.stringify(each);
          const service = index % 2 === 0 ? 'shop' : 'stranger';
          const [passage] = await play(index % 2 === 0 ? one : other, [each], contextOf(service, era));
          expect(JSON.stringify(each)).toBe(before);
          if (mode === 'enforce') continue;
          const { given, passed, reply: shown } = passage ?? {};
          expect(passed).toBe(given);
          if (each.kind !== 'notification') expect(shown).toBe(each.reply);
        }
        for (const verdict of watched.verdicts) {
          expect(verdict.score).toBeGreaterThanOrEqual(0);
          expect(verdict.score).toBeLessThanOrEqual(1);
          expect(JSON.stringify(verdict).length).toBeLessThan(20_000);
        }
      },
    );
    await fc.assert(property, { numRuns: runs(150) });
  });
});
