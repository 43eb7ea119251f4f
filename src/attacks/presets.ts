import { SafeMcpError } from '../contracts/errors.ts';

/** Ids of vectors, carriers and goals: one, a list, or `*` for all; every combination is meant. */
export interface Selection {
  readonly vector: string | readonly string[];
  readonly carrier: string | readonly string[];
  readonly goal: string | readonly string[];
}

/** A named list of attacks. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  /** One line. */
  readonly definition: string;
  readonly selections: readonly Selection[];
}

const paperCarriers = [
  'direct',
  'autodan',
  'codechameleon-reverse',
  'codechameleon-odd-even',
  'codechameleon-length',
  'codechameleon-binary-tree',
  'deepinception',
  'cipherchat-caesar',
  'cipherchat-atbash',
  'cipherchat-morse',
  'cipherchat-ascii',
  'cipherchat-unicode',
  'cipherchat-utf8',
  'cipherchat-gbk',
  'cipherchat-self',
  'renellm',
  'prompt-fusion',
];

/** The presets that come with SafeMCP; which parts stand in each is our choice. */
export const presets: readonly Preset[] = [
  {
    id: 'quick',
    title: 'Quick',
    definition:
      'Five vectors that differ most, plainly worded, with three goals: a first look within a minute.',
    selections: [
      {
        vector: ['tool-description', 'tool-result', 'rug-pull', 'service-instructions', 'rogue-service'],
        carrier: 'direct',
        goal: ['exfiltrate', 'destroy', 'derail'],
      },
    ],
  },
  {
    id: 'paper',
    title: 'Paper',
    definition:
      "The pilot study's attacks on service description and response: direct and the five jailbreak carriers, with one service and with several.",
    selections: [
      {
        vector: ['tool-description', 'tool-result', 'rogue-service'],
        carrier: paperCarriers,
        goal: ['exfiltrate', 'destroy', 'derail'],
      },
    ],
  },
  {
    id: 'owasp-mcp',
    title: 'OWASP MCP Top 10',
    definition:
      'For each entry of the OWASP MCP Top 10 (2025) that a malicious service can bring about, its most direct attacks.',
    selections: [
      { vector: 'tool-result', carrier: 'direct', goal: ['exfiltrate', 'exfiltrate-argument', 'escalate'] },
      { vector: 'redirection', carrier: 'direct', goal: 'escalate' },
      {
        vector: ['tool-description', 'full-schema', 'parameter-description', 'split-tools', 'rug-pull'],
        carrier: ['direct', 'hidden-tags'],
        goal: ['exfiltrate', 'destroy'],
      },
      { vector: ['rug-pull-identity', 'tool-injection'], carrier: 'direct', goal: ['exfiltrate', 'destroy'] },
      {
        vector: ['retrieval', 'embedded-resource', 'false-error', 'user-impersonation'],
        carrier: ['direct', 'important-notice'],
        goal: ['exfiltrate', 'destroy', 'derail'],
      },
      { vector: ['elicitation-form', 'server-identity'], carrier: 'direct', goal: ['exfiltrate', 'phish'] },
      { vector: ['rogue-service', 'name-collision'], carrier: 'direct', goal: ['exfiltrate', 'destroy'] },
      {
        vector: ['resource-contents', 'out-of-scope-parameter'],
        carrier: 'direct',
        goal: ['exfiltrate', 'cross-service'],
      },
    ],
  },
  {
    id: '2026-07-28',
    title: 'Revision 2026-07-28',
    definition:
      'What the newest revision of the protocol adds: only vectors of the 2026 era, and those that it changes.',
    selections: [
      {
        vector: [
          'service-instructions',
          'rug-pull-cached',
          'cloaking-caller',
          'cloaking-history',
          'sampling-request',
          'elicitation-form',
          'elicitation-url',
          'input-required-loop',
          'header-parameter',
          'schema-ref',
          'schema-bomb',
        ],
        carrier: 'direct',
        goal: ['exfiltrate', 'destroy', 'disinform'],
      },
    ],
  },
  {
    id: 'channels',
    title: 'Every channel',
    definition: 'The same payload on every vector: what the place alone changes.',
    selections: [{ vector: '*', carrier: 'direct', goal: 'exfiltrate' }],
  },
  {
    id: 'full',
    title: 'Full',
    definition: 'Every vector with every carrier and every goal.',
    selections: [{ vector: '*', carrier: '*', goal: '*' }],
  },
];

/** @throws UNKNOWN_ID */
export function findPreset(id: string): Preset {
  const preset = presets.find((each) => each.id === id);
  if (preset) return preset;
  const known = presets.map((each) => each.id).join(', ');
  throw new SafeMcpError(
    'UNKNOWN_ID',
    `There is no preset ${JSON.stringify(id.slice(0, 80))}; use one of: ${known}`,
    {
      hint: 'safemcp list presets shows them',
    },
  );
}
