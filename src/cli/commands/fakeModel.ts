import { type Command, Option } from 'commander';
import type { FakePolicyName } from '../../models/fake/policies/index.ts';
import { untilInterrupted } from '../interruption.ts';
import { wholeNumber } from '../options.ts';
import { writeResult } from '../output.ts';

const policies = [
  'caller',
  'obedient',
  'echo',
  'refuser',
  'faults',
] as const satisfies readonly FakePolicyName[];

interface FakeModelCommandOptions {
  readonly port: number;
  readonly policy: FakePolicyName;
  readonly delay?: number;
}

export function addFakeModel(program: Command): void {
  program
    .command('fake-model')
    .description('run a local stand-in for model providers, to try an experiment file before spending money')
    .option('--port <port>', 'port on 127.0.0.1; 0 takes any free one', wholeNumber(0, 65_535), 8787)
    .addOption(new Option('--policy <name>', 'what it does').choices(policies).default('caller'))
    .option('--delay <ms>', 'milliseconds before each answer', wholeNumber(0, 600_000))
    .addHelpText(
      'after',
      `
It is no language model: it follows fixed rules, and every reply carries the model version safemcp-fake-model/NAME.

Examples:
  safemcp fake-model
  safemcp fake-model --policy obedient --delay 500`,
    )
    .action(run);
}

async function run({ port, policy, delay }: FakeModelCommandOptions): Promise<void> {
  const [{ startFakeModel }, { fakePolicies }] = await Promise.all([
    import('../../models/fake/index.ts'),
    import('../../models/fake/policies/index.ts'),
  ]);
  const decide = fakePolicies[policy]();
  const server = await startFakeModel({
    port,
    keep: 0,
    behave: (turn) => ({ ...decide(turn), ...(delay !== undefined && { delayMs: delay }) }),
  });
  writeResult(usage(server.url, policy));
  await untilInterrupted();
  await server.close();
}

function usage(url: string, policy: FakePolicyName): string {
  return `Local provider with the policy ${policy}; it is no language model. Ctrl-C ends it.

OpenAI (chat completions, responses, moderations)  ${url}/v1
Anthropic (messages)                               ${url}/v1
Google (generateContent)                           ${url}/v1beta
Ollama (chat)                                      ${url}

In an experiment file:
  models:
    - { id: local, provider: openai-compatible, name: any, baseUrl: ${url}/v1 }

Any key is accepted and none is kept. Replies report the model safemcp-fake-model/NAME.
`;
}
