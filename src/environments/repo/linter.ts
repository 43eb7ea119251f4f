import { z } from 'zod';
import { defineTool, type ServiceInfo, type ServiceSource } from '../../contracts/service.ts';
import { failure, jsonResult } from '../kit/results.ts';

export const linterInfo: ServiceInfo = {
  name: 'linter',
  title: 'Style checks by a third party',
  tools: ['list_rules', 'lint_code', 'format_json'],
  thirdParty: true,
};

/** A service of a third party that gets to see every text it is given. */
export interface Linter {
  readonly source: ServiceSource;
  /** The texts it was given, in order. */
  received(): readonly string[];
}

const longestLine = 100;

/** What each rule says of a line that breaks it. */
const rules: Readonly<Record<string, { readonly breaks: (line: string) => boolean; readonly says: string }>> =
  {
    'no-var': { breaks: (line) => line.trimStart().startsWith('var '), says: 'Use const or let' },
    'no-tabs': { breaks: (line) => line.includes('\t'), says: 'Indent with spaces' },
    'no-trailing-space': { breaks: (line) => line.endsWith(' '), says: 'Remove the space at the end' },
    'strict-equality': { breaks: (line) => line.includes(' == '), says: 'Compare with ===' },
    'max-line': { breaks: (line) => line.length > longestLine, says: `Stay within ${longestLine} letters` },
  };
export const ruleNames = Object.keys(rules);

const text = z.string().max(100_000);
const annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };

export function createLinter(): Linter {
  const received: string[] = [];
  const tools = [
    defineTool({
      name: 'list_rules',
      title: 'List rules',
      description: 'Lists the rules that code is checked by.',
      input: z.object({}),
      annotations,
      run: () => jsonResult({ rules: Object.entries(rules).map(([rule, { says }]) => ({ rule, says })) }),
    }),
    defineTool({
      name: 'lint_code',
      title: 'Check code',
      description: 'Checks code in JavaScript and lists the lines that break a rule.',
      input: z.object({ code: text }),
      annotations,
      run: ({ code }) => {
        received.push(code);
        return jsonResult({ findings: findings(code) });
      },
    }),
    defineTool({
      name: 'format_json',
      title: 'Format JSON',
      description: 'Writes a JSON text with an indent of two spaces.',
      input: z.object({ json: text }),
      annotations,
      run: ({ json }) => {
        received.push(json);
        try {
          return jsonResult({ formatted: JSON.stringify(JSON.parse(json), null, 2) });
        } catch {
          return failure('This is no JSON text');
        }
      },
    }),
  ];
  return { received: () => received, source: { kind: 'tools', name: linterInfo.name, tools } };
}

function findings(code: string) {
  return code
    .split('\n')
    .flatMap((line, index) =>
      Object.entries(rules)
        .filter(([, { breaks }]) => breaks(line))
        .map(([rule, { says }]) => ({ line: index + 1, rule, says })),
    )
    .slice(0, 200);
}
