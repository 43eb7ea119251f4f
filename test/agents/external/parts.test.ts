import { describe, expect, test } from 'vitest';
import { configurationText } from '../../../src/agents/external/configuration.ts';
import { type Filling, fill, fillArgument } from '../../../src/agents/external/fill.ts';
import { createExternalAgent, external } from '../../../src/agents/external/index.ts';
import { plainText } from '../../../src/agents/external/plainText.ts';
import type { ServiceEntry } from '../../../src/contracts/externalAgent.ts';
import { fc } from '../../support/properties.ts';

const entries: readonly ServiceEntry[] = [
  { kind: 'stdio', service: 'notes', command: 'node', args: ['-e', 'say("\\")'] },
  { kind: 'http', service: 'post', url: 'http://127.0.0.1:1/x/mcp' },
];

describe('configurations', () => {
  test.each([
    [
      'mcpServers',
      'mcpServers',
      { command: 'node', args: ['-e', 'say("\\")'] },
      { url: 'http://127.0.0.1:1/x/mcp' },
    ],
    [
      'mcpServers/httpUrl',
      'mcpServers',
      { command: 'node', args: ['-e', 'say("\\")'] },
      { httpUrl: 'http://127.0.0.1:1/x/mcp' },
    ],
    [
      'mcpServers/type',
      'mcpServers',
      { command: 'node', args: ['-e', 'say("\\")'] },
      { type: 'http', url: 'http://127.0.0.1:1/x/mcp' },
    ],
    [
      'opencode',
      'mcp',
      { type: 'local', command: ['node', '-e', 'say("\\")'], enabled: true },
      { type: 'remote', url: 'http://127.0.0.1:1/x/mcp', enabled: true },
    ],
  ] as const)('%s', (format, key, notes, post) => {
    expect(JSON.parse(configurationText(format, entries, { theme: 'dark' }))).toEqual({
      theme: 'dark',
      [key]: { notes, post },
    });
  });

  test('codex', () => {
    expect(configurationText('codex', entries, { model: 'm', model_providers: { own: { name: 'x' } } })).toBe(
      [
        '"model" = "m"',
        '',
        '["model_providers"."own"]',
        '"name" = "x"',
        '',
        '["mcp_servers"."notes"]',
        '"command" = "node"',
        '"args" = ["-e","say(\\"\\\\\\")"]',
        '',
        '["mcp_servers"."post"]',
        '"url" = "http://127.0.0.1:1/x/mcp"',
        '',
      ].join('\n'),
    );
  });
});

describe('filling in', () => {
  const filling: Filling = {
    task: 'Read {model} and {home}',
    model: 'm',
    endpoint: 'http://e',
    home: '/h',
    work: '/w',
    config: '/c',
    taskFile: '/t',
  };

  test('a task at the beginning of an argument is not taken for an option', () => {
    const task = '--help me';
    const filled = ['{task}', '--task={task}', '{taskFile}', '-p'].map((each) =>
      fillArgument(each, { ...filling, task }),
    );
    expect(filled).toEqual([' --help me', '--task=--help me', '/t', '-p']);
  });

  test('what is put in is not looked at again, and other braces stay', () => {
    expect(fill('{"a": "{task}", {modelx} {env:X} {{work}}', filling)).toBe(
      '{"a": "Read {model} and {home}", {modelx} {env:X} {/w}',
    );
  });

  test('a text without names stays as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!Object.keys(filling).some((name) => text.includes(`{${name}}`)));
        expect(fill(text, filling)).toBe(text);
      }),
    );
  });
});

describe('what a host has printed', () => {
  test.each([
    ['\u001b[1;32mgreen\u001b[0m and \u001b[Kplain', 'green and plain'],
    ['\u001b]0;a title\u0007text', 'text'],
    ['\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['spin\r\u0008\u0000ner\n\tnext', 'spinner\n\tnext'],
    ['cut off \u001b[12', 'cut off'],
    ['cut off \u001b]0;title', 'cut off'],
    ['cut off \u001b', 'cut off'],
  ])('%j is read as %j', (printed, text) => {
    expect(plainText(printed)).toBe(text);
  });

  test('never holds an order to a terminal', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('\u001b', '[', ']', '\u0007', '\\', 'm', '1', '\r', 'x')),
        (parts) => {
          const text = plainText(parts.join(''));
          expect(text.split('').every((character) => character >= ' ')).toBe(true);
        },
      ),
    );
  });
});

describe('parameters', () => {
  const choice = (parameters: Record<string, string>, model?: string) => ({
    id: 'x',
    kind: 'external',
    parameters,
    ...(model !== undefined && { model }),
  });

  test.each([
    [{ preset: 'nobody' }, 'preset'],
    [{}, 'command'],
    [{ preset: 'opencode', endpoint: 'file:///etc' }, 'endpoint'],
  ])('%j are refused', (parameters, key) => {
    const parsed = external.parameters.safeParse(parameters);
    expect(parsed.error?.issues.map(({ path }) => path[0])).toEqual([key]);
  });

  test('a host with a model behind a known address has to be told which', () => {
    expect(() => createExternalAgent(choice({ preset: 'opencode' }), [])).toThrow('model is missing');
  });

  test('exposure is decided in front of the model where its address is known', () => {
    expect(createExternalAgent(choice({ preset: 'opencode' }, 'openai/m'), []).exposure).toBe('model');
    expect(createExternalAgent(choice({ preset: 'cursor-agent' }), []).exposure).toBe('wire');
  });
});
