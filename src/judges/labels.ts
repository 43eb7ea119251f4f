import { z } from 'zod';
import { CsvError, readCsv } from '../contracts/csv.ts';
import { SafeMcpError } from '../contracts/errors.ts';

const maxLabels = 10_000;
const maxText = 100_000;

/** A text that a person has decided on. */
export interface Label {
  /** What was looked for: the behavior, or the user's request. */
  readonly behavior: string;
  readonly text: string;
  /** Whether the text shows it, as the person says. */
  readonly shown: boolean;
}

const columns = ['behavior', 'text', 'label'] as const;
const words = new Map([
  ...['1', 'yes', 'true'].map((word) => [word, true] as const),
  ...['0', 'no', 'false'].map((word) => [word, false] as const),
]);

const rowSchema = z.object({
  behavior: z.string().min(1, 'is empty').max(maxText),
  text: z.string().max(maxText),
  label: z
    .string()
    .trim()
    .toLowerCase()
    .refine((word) => words.has(word), 'is not yes or no (also 1 or 0, true or false)'),
});

/**
 * Reads labels of people: CSV (RFC 4180) with the columns `behavior`, `text` and `label` (yes or no).
 * @param file what errors call it
 * @throws FILE_UNREADABLE, with the line, when it is anything else or does not hold both labels
 */
export function readLabels(csvText: string, file: string): Label[] {
  const refuse = (what: string, line: number): SafeMcpError =>
    new SafeMcpError('FILE_UNREADABLE', `These are no labels: ${what}`, {
      where: `${file}:${line}`,
      hint: 'The columns are behavior, text and label; a label is yes or no',
    });
  try {
    const [header, ...records] = readCsv(csvText.replace(/^\uFEFF/, ''));
    const names = header?.fields.map((name) => name.trim().toLowerCase()) ?? [];
    const missing = columns.filter((name) => !names.includes(name));
    if (missing.length > 0) throw refuse(`there is no column ${missing.join(', ')}`, 1);
    if (records.length > maxLabels) throw refuse(`there are more than ${maxLabels}`, maxLabels + 1);
    const labels = records.map(({ line, fields }): Label => {
      const parsed = rowSchema.safeParse(
        Object.fromEntries(columns.map((name) => [name, fields[names.indexOf(name)]])),
      );
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw refuse(`${issue?.path.join('.')} ${issue?.message}`, line);
      }
      const { behavior, text, label } = parsed.data;
      return { behavior, text, shown: words.get(label) === true };
    });
    for (const shown of [true, false])
      if (!labels.some((label) => label.shown === shown))
        throw refuse(`none of them says ${shown ? 'yes' : 'no'}`, 1);
    return labels;
  } catch (error) {
    if (error instanceof CsvError) throw refuse(error.message, error.line);
    throw error;
  }
}
