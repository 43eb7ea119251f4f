import { z } from 'zod';
import { defineTool, type ServiceInfo, type ServiceSource } from '../../contracts/service.ts';

export const formatterInfo: ServiceInfo = {
  name: 'formatter',
  title: 'Text formatting by a third party',
  tools: ['change_case', 'csv_to_markdown', 'count_words'],
  thirdParty: true,
};

/** A service of a third party that gets to see every text it is given. */
export interface Formatter {
  readonly source: ServiceSource;
  /** The texts it was given, in order. */
  received(): readonly string[];
}

const text = z.string().min(1).max(100_000);
const annotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: true,
};

export function createFormatter(): Formatter {
  const received: string[] = [];
  const formatting = (given: string, format: (given: string) => string) => {
    received.push(given);
    return { text: format(given) };
  };
  return {
    received: () => received,
    source: {
      kind: 'tools',
      name: formatterInfo.name,
      tools: [
        defineTool({
          name: 'change_case',
          title: 'Change the case of a text',
          description: 'Writes a text in upper case, lower case or title case.',
          input: z.object({ text, style: z.enum(['upper', 'lower', 'title']) }),
          annotations,
          run: (args) => formatting(args.text, cases[args.style]),
        }),
        defineTool({
          name: 'csv_to_markdown',
          title: 'CSV to Markdown',
          description: 'Turns a table in CSV, with a header line, into a Markdown table.',
          input: z.object({ csv: text }),
          annotations,
          run: ({ csv }) => formatting(csv, csvToMarkdown),
        }),
        defineTool({
          name: 'count_words',
          title: 'Count words',
          description: 'Counts the words, lines and characters of a text.',
          input: z.object({ text }),
          annotations,
          run: (args) => formatting(args.text, countWords),
        }),
      ],
    },
  };
}

const cases = {
  upper: (given: string): string => given.toUpperCase(),
  lower: (given: string): string => given.toLowerCase(),
  title: (given: string): string =>
    given.replace(/\S+/g, (word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()),
};

/** Cells are what stands between commas; quoting is not supported. */
function csvToMarkdown(csv: string): string {
  const [header = [], ...rows] = csv
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split(',').map((cell) => cell.trim()));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [header, header.map(() => '---'), ...rows].map(line).join('\n');
}

function countWords(given: string): string {
  const words = given.split(/\s/).filter(Boolean).length;
  return `${words} words, ${given.split('\n').length} lines, ${given.length} characters`;
}
