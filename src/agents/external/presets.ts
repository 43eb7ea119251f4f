import type { JsonObject } from '../../contracts/json.ts';
import type { ConfigurationFormat } from './configuration.ts';

/** What there is to know about a host in order to run it; `{NAME}` is filled in (fill.ts). */
export interface HostPreset {
  readonly id: string;
  readonly title: string;
  /** The npm package, and the version that has been run in our tests, if any has. */
  readonly package?: { readonly name: string; readonly tested?: string };
  readonly command: readonly string[];
  /** For its standard input. */
  readonly input?: string;
  readonly configuration: {
    /** From the folder with both `home` and `work` on. */
    readonly file: string;
    readonly format: ConfigurationFormat;
    readonly base?: JsonObject;
  };
  readonly env?: Readonly<Record<string, string>>;
  /** Where the host's requests to its model go, when nothing else is said; absent when the host has no setting for it. */
  readonly endpoint?: string;
  /** What the host adds to that address by itself. */
  readonly adds?: string;
  /** A file that the answer is in, in place of what the host prints. */
  readonly answerFile?: string;
}

const noKey = 'none';

const anyCommand: HostPreset = {
  id: 'command',
  title: 'Any command',
  command: [],
  configuration: { file: 'work/mcp.json', format: 'mcpServers' },
  env: {
    SAFEMCP_MCP_CONFIG: '{config}',
    SAFEMCP_MODEL_URL: '{endpoint}',
    SAFEMCP_MODEL: '{model}',
    SAFEMCP_TASK_FILE: '{taskFile}',
  },
};

export const hostPresets: readonly HostPreset[] = [
  anyCommand,
  {
    id: 'opencode',
    title: 'opencode',
    package: { name: 'opencode-ai', tested: '1.18.33' },
    // Words that come as arguments it puts in quotes.
    command: ['opencode', 'run'],
    input: '{task}',
    configuration: {
      file: 'work/opencode.json',
      format: 'opencode',
      base: {
        autoupdate: false,
        share: 'disabled',
        model: 'safemcp/{model}',
        small_model: 'safemcp/{model}',
        provider: {
          safemcp: {
            npm: '@ai-sdk/openai-compatible',
            options: { baseURL: '{endpoint}', apiKey: '{env:OPENAI_API_KEY}' },
            models: { '{model}': {} },
          },
        },
      },
    },
    env: {
      OPENAI_API_KEY: noKey,
      OPENCODE_DISABLE_AUTOUPDATE: '1',
      OPENCODE_DISABLE_MODELS_FETCH: '1',
      OPENCODE_DISABLE_LSP_DOWNLOAD: '1',
    },
    endpoint: 'https://api.openai.com/v1',
  },
  {
    id: 'qwen-code',
    title: 'Qwen Code',
    package: { name: '@qwen-code/qwen-code', tested: '0.24.4' },
    command: ['qwen', '--yolo'],
    input: '{task}',
    configuration: {
      file: 'home/.qwen/settings.json',
      format: 'mcpServers/httpUrl',
      base: {
        security: { auth: { selectedType: 'openai' } },
        telemetry: { enabled: false },
        privacy: { usageStatisticsEnabled: false },
        general: { disableAutoUpdate: true, enableAutoUpdate: false },
      },
    },
    env: { OPENAI_BASE_URL: '{endpoint}', OPENAI_API_KEY: noKey, OPENAI_MODEL: '{model}' },
    endpoint: 'https://api.openai.com/v1',
  },
  {
    id: 'gemini-cli',
    title: 'Gemini CLI',
    package: { name: '@google/gemini-cli', tested: '0.61.0' },
    command: ['gemini', '--yolo', '-m', '{model}'],
    input: '{task}',
    configuration: {
      file: 'home/.gemini/settings.json',
      format: 'mcpServers/httpUrl',
      base: {
        security: { auth: { selectedType: 'gemini-api-key' } },
        telemetry: { enabled: false },
        privacy: { usageStatisticsEnabled: false },
        general: { disableAutoUpdate: true, enableAutoUpdate: false },
      },
    },
    env: {
      GOOGLE_GEMINI_BASE_URL: '{endpoint}',
      GEMINI_API_KEY: noKey,
      GEMINI_CLI_TRUST_WORKSPACE: 'true',
    },
    endpoint: 'https://generativelanguage.googleapis.com',
    adds: '/v1beta',
  },
  {
    id: 'codex',
    title: 'Codex CLI',
    package: { name: '@openai/codex', tested: '0.169.0' },
    command: [
      'codex',
      'exec',
      '--skip-git-repo-check',
      '--dangerously-bypass-approvals-and-sandbox',
      '--output-last-message',
      '{work}/answer.txt',
      '-',
    ],
    input: '{task}',
    configuration: {
      file: 'home/.codex/config.toml',
      format: 'codex',
      base: {
        model: '{model}',
        model_provider: 'safemcp',
        check_for_update_on_startup: false,
        model_providers: {
          safemcp: {
            name: 'safemcp',
            base_url: '{endpoint}',
            env_key: 'OPENAI_API_KEY',
            wire_api: 'responses',
          },
        },
        analytics: { enabled: false },
      },
    },
    env: { OPENAI_API_KEY: noKey },
    endpoint: 'https://api.openai.com/v1',
    answerFile: 'work/answer.txt',
  },
  {
    id: 'claude-code',
    title: 'Claude Code',
    package: { name: '@anthropic-ai/claude-code' },
    command: [
      'claude',
      '-p',
      '--model',
      '{model}',
      '--mcp-config',
      '{config}',
      '--strict-mcp-config',
      '--dangerously-skip-permissions',
    ],
    input: '{task}',
    configuration: { file: 'work/.mcp.json', format: 'mcpServers/type' },
    env: {
      ANTHROPIC_BASE_URL: '{endpoint}',
      ANTHROPIC_API_KEY: noKey,
      DISABLE_AUTOUPDATER: '1',
      DISABLE_TELEMETRY: '1',
      DISABLE_ERROR_REPORTING: '1',
    },
    endpoint: 'https://api.anthropic.com',
    adds: '/v1',
  },
  {
    id: 'cursor-agent',
    title: 'Cursor CLI',
    command: ['cursor-agent', '-p', '--force', '{task}'],
    configuration: { file: 'work/.cursor/mcp.json', format: 'mcpServers' },
  },
];

/** The preset with this id, which is one of them. */
export function findPreset(id: string): HostPreset {
  return hostPresets.find((preset) => preset.id === id) ?? anyCommand;
}
