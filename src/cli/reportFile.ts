import { writeFile } from 'node:fs/promises';
import { messageOf, SafeMcpError } from '../contracts/errors.ts';
import { version } from '../contracts/version.ts';
import { writeError } from './output.ts';
import type { Result } from './workspace.ts';

/** The report as a page. */
export async function pageOf(result: Result): Promise<string> {
  const { htmlReport } = await import('../report/html/index.ts');
  return htmlReport(result, result.examples, { version: version(), node: process.version });
}

/** Writes a report to a file and says so. @throws FILE_UNWRITABLE */
export async function writeReport(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new SafeMcpError('FILE_UNWRITABLE', `The report cannot be written: ${messageOf(error)}`, {
      where: file,
      hint: 'Name a file in a folder that exists and can be written to',
      cause: error,
    });
  }
  writeError(`Wrote ${file}\n`);
}
