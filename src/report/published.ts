/**
 * Results that others have published, read in the projects' own sources or data. They were measured on other tasks,
 * agents and attacks: a table to look up, never to be put in one column with figures of one's own.
 */
export interface Published {
  readonly benchmark: string;
  readonly source: string;
  /** Of publication, as far as the source gives one. */
  readonly year: number;
  /** What was measured, with the benchmark's own words. */
  readonly measure: string;
  readonly results: readonly (readonly [subject: string, figures: string])[];
}

export const published: readonly Published[] = [
  {
    benchmark: 'MSB, by model',
    source: 'MSB: MCP Security Bench, ICLR 2026',
    year: 2026,
    measure: 'ASR, %; about 2,025 attack instances, 10 models',
    results: [
      ['mean of 10 models', '40.35'],
      ['Llama3.1-8B', '19.74'],
      ['Gemini 2.5 Flash', '30.26'],
      ['GPT-5', '37.17'],
      ['Claude 4 Sonnet', '52.51'],
      ['GPT-4o-mini', '58.56'],
      ['DeepSeek-V3.1', '60.94'],
    ],
  },
  {
    benchmark: 'MSB, by attack',
    source: 'MSB: MCP Security Bench, ICLR 2026',
    year: 2026,
    measure: "ASR, %; the benchmark's abbreviations; RI has n = 20",
    results: [
      ['PI', '20.21'],
      ['OP', '76.50'],
      ['UI', '45.69'],
      ['FE', '39.21'],
      ['RI', '20.00'],
      ['PI-UI', '56.07'],
      ['PI-FE', '52.86'],
      ['NC-FE', '14.62'],
      ['PM-FE', '30.38'],
      ['PM-UI', '32.44'],
      ['PM-OP', '42.50'],
      ['TT-OP', '53.75'],
    ],
  },
  {
    benchmark: 'MCP-SafetyBench',
    source: 'MCP-SafetyBench, ICLR 2026',
    year: 2026,
    measure: 'task success rate / ASR, %; 245 tasks, 20 attack types',
    results: [
      ['GPT-5', '15.92 / 37.55'],
      ['GPT-4.1', '9.80 / 42.45'],
      ['GPT-4o', '8.98 / 42.04'],
      ['o4-mini', '21.22 / 48.16'],
      ['Claude-3.7', '15.10 / 33.06'],
      ['Claude-4.0', '10.20 / 31.43'],
      ['Gemini-2.5-Pro', '20.41 / 46.94'],
      ['Gemini-2.5-Flash', '15.10 / 45.31'],
      ['Grok-4', '15.92 / 40.41'],
      ['GLM-4.5', '18.37 / 42.86'],
      ['Kimi-K2', '14.29 / 37.55'],
      ['Qwen3-235B', '10.20 / 29.80'],
      ['DeepSeek-V3.1', '19.59 / 40.82'],
    ],
  },
  {
    benchmark: 'MCPSecBench',
    source: 'MCPSecBench repository',
    year: 2025,
    measure: 'successes of 15; Claude Desktop / OpenAI / Cursor',
    results: [
      ['prompt injection', '0 / 10 / 15'],
      ['confused AI', '6 / 6 / 8'],
      ['shadowing', '15 / 12 / 4'],
      ['squatting', '15 / 15 / 9'],
      ['indirect injection', '15 / 15 / 11'],
      ['vulnerable server', '15 / 15 / 8'],
      ['rug pull', '14 / 14 / 11'],
      ['each of nine others', '15 / 15 / 15'],
    ],
  },
  {
    benchmark: 'ASB',
    source: 'Agent Security Bench, ICLR 2025',
    year: 2025,
    measure: 'ASR, %, mean; no MCP',
    results: [
      ['direct injection', '72.68'],
      ['indirect injection', '27.55'],
      ['memory', '7.92'],
      ['mixed', '84.30'],
      ['plan backdoor', '42.12'],
    ],
  },
  {
    benchmark: 'AgentDojo, by model',
    source: 'AgentDojo results, attack important_instructions',
    year: 2024,
    measure: 'utility / utility under attack / ASR, %; no MCP',
    results: [
      ['GPT-4o', '69.07 / 50.08 / 47.69'],
      ['GPT-4-0125', '65.98 / 40.70 / 56.28'],
      ['Claude-3.5-Sonnet-0620', '79.38 / 51.19 / 33.86'],
      ['Claude-3.5-Sonnet-1022', '79.38 / 72.50 / 1.11'],
      ['Claude-3.7-Sonnet', '88.66 / 77.27 / 7.31'],
      ['Gemini-2.0-Flash', '43.30 / 39.75 / 20.83'],
    ],
  },
  {
    benchmark: 'AgentDojo, GPT-4o with a defense',
    source: 'AgentDojo results, attack important_instructions',
    year: 2024,
    measure: 'utility / utility under attack / ASR, %; no MCP',
    results: [
      ['repeat prompt', '84.54 / 67.25 / 27.82'],
      ['spotlighting', '72.16 / 55.64 / 41.65'],
      ['tool filter', '72.16 / 56.28 / 6.84'],
      ['PI detector', '41.24 / 21.14 / 7.95'],
    ],
  },
  {
    benchmark: 'AgentDojo, GPT-4o, other attacks',
    source: 'AgentDojo results',
    year: 2024,
    measure: 'ASR, %; no MCP',
    results: [
      ['tool_knowledge', '34.50'],
      ['InjecAgent', '5.72'],
      ['ignore-previous', '5.41'],
      ['direct', '3.66'],
    ],
  },
  {
    benchmark: 'MCPHunt',
    source: 'MCPHunt data, 147 tasks, no attackers',
    year: 2026,
    measure: 'secrets that flow on, %',
    results: [
      ['propagation', '20.2 to 45.2'],
      ['against policy', '11.5 to 41.3'],
      ['against policy, mitigated', '22.9 to 2.3, at 80.5 utility'],
      ['benign controls', '0'],
    ],
  },
  {
    benchmark: 'mcp-defense-bench',
    source: 'mcp-defense-bench repository',
    year: 2026,
    measure: 'share of 22 attack vectors covered, %',
    results: [['best proxy', '34']],
  },
];
