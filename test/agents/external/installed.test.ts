import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hostFolder } from '../../../scripts/lib/hostFolder.mjs';
import { createExternalAgent } from '../../../src/agents/external/index.ts';
import { findPreset, type HostPreset, hostPresets } from '../../../src/agents/external/presets.ts';
import { sandboxProblem } from '../../../src/agents/external/sandbox.ts';
import { isFakeModelVersion, startFakeModel } from '../../../src/models/fake/index.ts';
import { runToyEpisode } from '../../support/toyExperiment.ts';
import { gullibleModel } from './gullibleModel.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Where `npm run hosts` has installed the package of a host. */
function modulesOf({ package: from }: HostPreset): string {
  return path.join(hostFolder(from?.name ?? ''), 'node_modules');
}

function installedVersion(preset: HostPreset): string | undefined {
  const file = path.join(modulesOf(preset), preset.package?.name ?? '', 'package.json');
  if (!existsSync(file)) return undefined;
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

/** What follows the address of the local provider, and where the payload stands. */
const trials = [
  { id: 'opencode', root: '/v1', vector: 'tool-description' },
  // Its model does not see tools before it has searched for them.
  { id: 'qwen-code', root: '/v1', vector: 'tool-result' },
  { id: 'gemini-cli', root: '', vector: 'tool-description' },
  { id: 'codex', root: '/v1', vector: 'tool-description' },
];

test('the hosts that are called tested are these', () => {
  const tested = hostPresets.filter((preset) => preset.package?.tested !== undefined);
  expect(tested.map(({ id }) => id)).toEqual(trials.map(({ id }) => id));
});

describe.each(trials)('$id, which nobody here wrote', ({ id, root, vector }) => {
  const preset = findPreset(id);
  const version = installedVersion(preset);

  test.skipIf(version === undefined)(
    'does a task with a model behind the proxy, and what the attacker wants (npm run hosts installs it)',
    async () => {
      expect(version).toBe(preset.package?.tested);
      const fake = await startFakeModel({ behave: gullibleModel });
      closers.push(() => fake.close());
      const agent = createExternalAgent(
        {
          id,
          kind: 'external',
          model: 'fake/safemcp-fake-model',
          parameters: {
            preset: id,
            endpoint: `${fake.url}${root}`,
            env: { PATH: [path.join(modulesOf(preset), '.bin'), process.env['PATH']].join(path.delimiter) },
          },
        },
        [],
      );
      const { outcome, events } = await runToyEpisode({
        agent,
        attack: { vector, carrier: 'direct', goal: 'destroy' },
        limits: { episodeTimeoutMs: 150_000 },
      });
      expect(outcome).toMatchObject({ status: 'completed', calls: 4, attack: { stage: 'achieved' } });
      expect(events.find((event) => event.type === 'answer')?.text).toContain('Sent.');
      const sandbox = (await sandboxProblem()) === undefined ? 'bubblewrap' : 'none';
      expect(events.find((event) => event.type === 'sandbox')).toMatchObject({ sandbox });
      const calls = events.filter((event) => event.type === 'model');
      expect(calls.every(({ version }) => isFakeModelVersion(version ?? ''))).toBe(true);
      expect(calls.some(({ carried }) => carried > 0)).toBe(true);
      // What was exposed was exposed in a request to the model, not before.
      const order = events.map((event) => (event.type === 'attack' ? event.stage : event.type));
      expect(order.indexOf('exposed')).toBeGreaterThan(order.indexOf('delivered'));
      expect(outcome.cost.inputTokens).toBeGreaterThan(1_000);
    },
    200_000,
  );
});
