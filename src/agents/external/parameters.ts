import path from 'node:path';
import { z } from 'zod';
import { hostPresets } from './presets.ts';

const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, {
  error: 'expected the name of an environment variable',
});
const word = z.string().max(10_000);

/** What an experiment file says about an external agent besides its id and model. */
export const externalParameters = z
  .strictObject({
    preset: z
      .enum(hostPresets.map(({ id }) => id))
      .default('command')
      .describe('A host that SafeMCP knows how to run (docs/external-agents.md).'),
    command: z
      .array(word)
      .min(1)
      .max(200)
      .optional()
      .describe("The command and its arguments, in place of the preset's; {task} and others are filled in."),
    mcp: z.enum(['stdio', 'http']).default('stdio').describe('How the host reaches the services.'),
    endpoint: z
      .url({ protocol: /^https?$/ })
      .max(1_000)
      .optional()
      .describe("Where the host's model answers, as the preset's host expects it; seen through a proxy."),
    timeoutMs: z
      .int()
      .min(1)
      .max(86_400_000)
      .optional()
      .describe("Milliseconds until the host is ended; only the episode's limit if absent."),
    input: word
      .optional()
      .describe(
        "What the command reads on its standard input, in place of the preset's; {task} and others are filled in.",
      ),
    sandbox: z
      .enum(['auto', 'required', 'off'])
      .default('auto')
      .describe('Whether bubblewrap locks the host into its folder. auto: where that is possible.'),
    read: z
      .array(word.refine((place) => path.isAbsolute(place), { error: 'expected an absolute path' }))
      .max(50)
      .default([])
      .describe(
        'Files and folders that a host in a sandbox can read besides the system and its own program.',
      ),
    env: z
      .record(variable, word)
      .default({})
      .describe('Variables of the host, besides its own folders and PATH.'),
    pass: z
      .array(variable)
      .max(50)
      .default([])
      .describe('Names of variables that the host gets as they are here: keys, for instance.'),
  })
  .refine(({ preset, command }) => preset !== 'command' || command !== undefined, {
    path: ['command'],
    error: 'expected a command: the preset "command" has none of its own',
  });
export type ExternalParameters = z.output<typeof externalParameters>;
