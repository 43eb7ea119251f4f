import { type Command, InvalidArgumentError } from 'commander';
import type { AttackId } from '../../contracts/attack.ts';
import { SafeMcpError } from '../../contracts/errors.ts';
import { safe } from '../../report/text.ts';
import { untilInterrupted } from '../interruption.ts';
import { seedText, wholeNumber } from '../options.ts';
import { writeError } from '../output.ts';

interface ServeOptions {
  readonly attack?: AttackId;
  readonly service?: string;
  readonly task: number;
  readonly seed: string;
  readonly http?: number;
}

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('serve an environment as a stand-alone MCP server, on stdio unless --http is given')
    .argument('<environment>', 'id of the environment')
    .option('--attack <vector/carrier/goal>', 'make it malicious', attackOf)
    .option('--service <name>', 'one of its services (default: the attacked one, or all as one)')
    .option('--task <n>', 'number of the task that the world is made for', wholeNumber(0, 9999), 0)
    .option('--seed <n>', 'root of every random choice', seedText, '1')
    .option('--http <port>', 'Streamable HTTP on 127.0.0.1; 0 takes any free port', wholeNumber(0, 65_535))
    .addHelpText(
      'after',
      `
Both protocol eras are served. Messages go to standard error.

Examples:
  npx @modelcontextprotocol/inspector safemcp serve todo
  safemcp serve todo --attack tool-description/important-notice/exfiltrate
  safemcp serve office --service files
  safemcp serve textcraft --http 3000`,
    )
    .action(serve);
}

async function serve(
  environment: string,
  { attack, service, task, seed, http }: ServeOptions,
): Promise<void> {
  const [{ openServing }, { serveHttpTapped, serveStdioTapped }] = await Promise.all([
    import('../serving.ts'),
    import('../../protocol/serve.ts'),
  ]);
  const serving = await openServing({
    environment,
    task,
    seed,
    ...(attack && { attack }),
    ...(service !== undefined && { service }),
  });
  try {
    const { source, taps } = serving;
    const interrupted = untilInterrupted();
    writeError(`Task: ${safe(serving.instruction)}\n`);
    if (serving.others.length > 0) writeError(`Not served: ${serving.others.join(', ')}; see --service\n`);
    if (http === undefined) {
      const running = await serveStdioTapped(source, taps);
      await Promise.race([running.closed, interrupted]);
      await running.close();
      return;
    }
    if (source.kind !== 'tools')
      throw new SafeMcpError(
        'INVALID_ARGUMENT',
        `${source.name} is a process of its own and speaks stdio only`,
        {
          where: '--http',
          hint: 'Leave --http out, or serve another service',
        },
      );
    const endpoint = await serveHttpTapped(source, taps, { port: http });
    writeError(`Serving ${source.name} at ${endpoint.url}; Ctrl-C ends it\n`);
    await interrupted;
    await endpoint.close();
  } finally {
    await serving.close();
  }
}

function attackOf(text: string): AttackId {
  const [vector, carrier, aim = '', ...rest] = text.split('/');
  const [goal, calls = '0', ...more] = aim.split('~');
  if (vector && carrier && goal && rest.length + more.length === 0 && /^\d{1,4}$/.test(calls))
    return { vector, carrier, goal, ...(calls !== '0' && { afterCalls: Number(calls) }) };
  throw new InvalidArgumentError(
    'Expected VECTOR/CARRIER/GOAL, as in tool-result/direct/derail, or with ~C to lie low for C calls.',
  );
}
