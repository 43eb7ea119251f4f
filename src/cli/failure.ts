import { errorCatalog, isSafeMcpError, messageOf } from '../contracts/errors.ts';
import { safe, safeLines } from '../report/text.ts';

/** An error for a person: `error CODE: message (where)` and what can be done. Never a stack trace. */
export function errorText(error: unknown): string {
  if (!isSafeMcpError(error))
    return `error INTERNAL: ${safeLines(messageOf(error))}\nhint: This is a defect in SafeMCP; please report it with the command\n`;
  const [first = '', ...rest] = safeLines(error.message).split('\n');
  const where = error.where === undefined ? '' : ` (${safe(error.where)})`;
  const message = rest.length > 0 && where === '' ? ['', first, ...rest] : [`${first}${where}`, ...rest];
  const lines = message.map((line, index) =>
    index === 0 ? `error ${error.code}: ${line}`.trimEnd() : `  ${line}`,
  );
  return `${[...lines, ...(error.hint === undefined ? [] : [`hint: ${safe(error.hint)}`])].join('\n')}\n`;
}

export function exitCodeOf(error: unknown): number {
  return isSafeMcpError(error) ? errorCatalog[error.code].exit : errorCatalog.INTERNAL.exit;
}

/** A message of the option parser, in the form of all others. */
export function usageText(text: string): string {
  return `${safeLines(text.trimEnd()).replace(/^error: /, 'error INVALID_ARGUMENT: ')}\nhint: safemcp --help, or safemcp COMMAND --help\n`;
}
