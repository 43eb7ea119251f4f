import { SafeMcpError } from '../../contracts/errors.ts';
import { suggestion } from './nearest.ts';

/** A whole experiment under a name. */
interface ExperimentPreset {
  /** One line. */
  readonly definition: string;
  /** An experiment file. */
  readonly text: string;
}

/** Which parts stand in them is our choice. */
export const experimentPresets: Readonly<Record<string, ExperimentPreset>> = {
  quick: {
    definition:
      'Scripted agents, four environments, five vectors, five defenses: under two minutes, for every change.',
    text: `name: quick
seed: 1
environments: [todo, bank, travel, textcraft]
tasks: 3
sample: difficulty
agents: [scripted/hijacked, scripted/faithful]
attacks:
  - { preset: quick }
defenses: [none, pinning, whitelist, information-flow, phrase-detector]
limits: { maxCalls: 100 }
`,
  },
  worlds: {
    definition: 'Every built-in environment but the slow one, every attack alone and every defense alone.',
    text: `name: worlds
seed: 1
environments: [textcraft, alfworld, babyai, webshop, sheet, academia, movie, weather, todo, bank, chat, travel, repo]
tasks: 3
sample: difficulty
design: one-factor
agents: [scripted/hijacked]
attacks:
  - { preset: channels }
defenses: [none, pinning, whitelist, namespace, tool-filter, information-flow, invariants, sanitize, phrase-detector]
limits: { maxCalls: 100 }
`,
  },
};

/** @throws UNKNOWN_ID */
export function presetText(id: string): string {
  const preset = Object.hasOwn(experimentPresets, id) ? experimentPresets[id] : undefined;
  if (preset) return preset.text;
  const shown = JSON.stringify(id.slice(0, 80));
  throw new SafeMcpError(
    'UNKNOWN_ID',
    `There is no experiment preset ${shown}; ${suggestion(id, Object.keys(experimentPresets))}`,
    { hint: 'safemcp run --preset quick runs one; docs/experiments.md describes them' },
  );
}
