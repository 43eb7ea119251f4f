import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SafeMcpError } from '../../contracts/errors.ts';
import { type ExternalSession, HostFailure, type SandboxUse } from '../../contracts/externalAgent.ts';
import { isJsonObject, type JsonObject } from '../../contracts/json.ts';
import { keychainFile } from '../../contracts/keychain.ts';
import { type ModelCredential, ModelFailure } from '../../contracts/model.ts';
import { type HostCommand, type HostEnd, runCommand } from './command.ts';
import { configurationText } from './configuration.ts';
import { type Filling, fill, fillArgument } from './fill.ts';
import type { ExternalParameters } from './parameters.ts';
import { plainText } from './plainText.ts';
import type { HostPreset } from './presets.ts';
import { openModelProxy } from './proxy/index.ts';
import { sandboxed, sandboxProblem } from './sandbox.ts';
import { createSecrets, isSecret, type Secrets } from './secrets.ts';

/** A host as an experiment describes it. */
export interface DescribedHost {
  readonly preset: HostPreset;
  readonly command: readonly [string, ...string[]];
  /** Empty when the host chooses by itself. */
  readonly model: string;
  /** Where its model answers; undefined when that is not known, and its requests are not seen. */
  readonly endpoint: string | undefined;
  /** Milliseconds for one call of its model. */
  readonly timeoutMs: number | undefined;
  readonly parameters: ExternalParameters;
  readonly inherited: NodeJS.ProcessEnv;
}

/** Longest answer, in characters. */
const maxAnswer = 100_000;
/** Largest file with an answer, in bytes. */
const maxAnswerFile = 1_000_000;

/** What a host gets for a key where the real one is put in on the way. */
const placeholder = 'none';

/** Runs the host on the task, in folders of its own, and resolves with its answer. @throws as {@link ExternalAgent.run} */
export async function runHost(host: DescribedHost, session: ExternalSession): Promise<string> {
  const { endpoint, model, timeoutMs } = host;
  const credential = endpoint === undefined ? undefined : await session.credential();
  const secrets = secretsOf(host, credential);
  const redact = secrets.hide;
  const stop = new AbortController();
  const onStop = (reason: Error): void => stop.abort(reason);
  const proxy =
    endpoint === undefined
      ? undefined
      : await openModelProxy({ endpoint, model, credential, timeoutMs, session, redact, onStop });
  try {
    const filling = fillingOf(host, session, proxy?.url ?? '');
    const signal = AbortSignal.any([session.signal, stop.signal]);
    const end = await launch(host, { session, filling, signal, credential, secrets });
    signal.throwIfAborted();
    // It explains how the host ended, and many end as if nothing had happened.
    if (proxy?.failure !== undefined)
      throw new ModelFailure(
        proxy.failure,
        "The last call of the host's model failed; the record has its answer",
      );
    checkEnd(end, session.connected());
    if (proxy?.calls === 0)
      throw new HostFailure(
        'HOST_MODEL_UNSEEN',
        'The host did not ask its model at the address that it was given: what the model read is not known',
      );
    const { answerFile } = host.preset;
    const answer =
      answerFile === undefined ? end.stdout : redact(await readAnswer(session.folder, answerFile));
    return answer.slice(-maxAnswer);
  } finally {
    await proxy?.close();
  }
}

interface Launch {
  readonly session: ExternalSession;
  readonly filling: Filling;
  readonly signal: AbortSignal;
  readonly credential: ModelCredential | undefined;
  readonly secrets: Secrets;
}

async function launch(
  host: DescribedHost,
  { session, filling, signal, credential, secrets }: Launch,
): Promise<HostEnd> {
  const { preset, parameters } = host;
  await layOut(host, session, filling);
  const [program, ...args] = host.command;
  const input = parameters.input ?? (parameters.command === undefined ? preset.input : undefined);
  const command: HostCommand = {
    command: fill(program, filling),
    args: args.map((each) => fillArgument(each, filling)),
    cwd: filling.work,
    input: input === undefined ? undefined : fill(input, filling),
    env: environmentOf(host, filling, credential),
    folder: session.folder,
    secrets,
    signal,
    timeoutMs: parameters.timeoutMs,
  };
  const use = await sandboxUse(host);
  session.locked(use);
  if (use.sandbox === 'none') return runCommand(command);
  const view = {
    folder: session.folder,
    readable: [session.sockets, ...parameters.read],
    hidden: [keychainFile(host.inherited), ...session.hidden],
  };
  return runCommand(await sandboxed(command, view));
}

/** @throws SANDBOX_MISSING when the host must not run without one */
async function sandboxUse({ parameters }: DescribedHost): Promise<SandboxUse> {
  if (parameters.sandbox === 'off') return { sandbox: 'none', why: 'The experiment turns it off' };
  const why = await sandboxProblem();
  if (why === undefined) return { sandbox: 'bubblewrap' };
  if (parameters.sandbox === 'auto') return { sandbox: 'none', why };
  throw new SafeMcpError('SANDBOX_MISSING', `The host requires a sandbox: ${why}`, {
    where: 'sandbox',
    hint: 'Install bubblewrap, allow user namespaces, or set sandbox: auto',
  });
}

/** The values of the variables that the host was passed, and the real key. */
function secretsOf(
  { parameters, inherited }: DescribedHost,
  credential: ModelCredential | undefined,
): Secrets {
  const passed = parameters.pass.flatMap((name) => inherited[name] ?? []);
  return createSecrets([...passed, ...(credential ? [credential.secret] : [])]);
}

function fillingOf(host: DescribedHost, session: ExternalSession, endpoint: string): Filling {
  const { systemPrompt, privateContext, instruction, folder } = session;
  return {
    task: [systemPrompt, privateContext, instruction].filter(Boolean).join('\n\n'),
    model: host.model,
    endpoint,
    home: path.join(folder, 'home'),
    work: path.join(folder, 'work'),
    config: path.join(folder, host.preset.configuration.file),
    taskFile: path.join(folder, 'task.txt'),
  };
}

/** Makes the host's folders and its configuration. */
async function layOut({ preset }: DescribedHost, session: ExternalSession, filling: Filling): Promise<void> {
  const { format, base = {} } = preset.configuration;
  for (const folder of [
    filling.home,
    filling.work,
    path.join(session.folder, 'tmp'),
    path.dirname(filling.config),
  ])
    await mkdir(folder, { recursive: true });
  await writeFile(filling.taskFile, filling.task);
  await writeFile(filling.config, configurationText(format, session.entries, filledIn(base, filling)));
}

/** Fills in strings and the names of members. */
function filledIn(base: JsonObject, filling: Filling): JsonObject {
  return JSON.parse(JSON.stringify(base), (_, value: unknown) => {
    if (typeof value === 'string') return fill(value, filling);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [fill(key, filling), each]));
  }) as JsonObject;
}

/** Nothing of ours but PATH and what was named. */
function environmentOf(
  { preset, parameters, inherited }: DescribedHost,
  filling: Filling,
  credential: ModelCredential | undefined,
): Record<string, string> {
  const own = Object.entries({ ...preset.env }).map(([name, value]) => [name, fill(value, filling)] as const);
  const passed = ['PATH', 'SystemRoot', ...parameters.pass].flatMap((name) => {
    const value = inherited[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const given = Object.entries(parameters.env).map(([name, value]) => [name, fill(value, filling)] as const);
  const folders = {
    HOME: filling.home,
    USERPROFILE: filling.home,
    TMPDIR: path.join(path.dirname(filling.home), 'tmp'),
  };
  const all = {
    ...folders,
    TERM: 'dumb',
    NO_COLOR: '1',
    ...Object.fromEntries([...own, ...passed, ...given]),
  };
  // Whoever names it, the host is not told it.
  const key = credential?.secret ?? '';
  if (!isSecret(key)) return all;
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [name, value.replaceAll(key, placeholder)]),
  );
}

/** @throws HostFailure when the host did not do its part */
function checkEnd({ how, stderr }: HostEnd, connected: boolean): void {
  const ending = how.kind === 'exit' ? `exit code ${how.code}` : `signal ${how.name}`;
  const told = stderr === '' ? '' : `: ${stderr}`;
  if (!connected)
    throw new HostFailure(
      'HOST_NEVER_CONNECTED',
      `The host ended with ${ending} and had reached no service${told}`,
    );
  if (ending !== 'exit code 0') throw new HostFailure('HOST_CRASHED', `The host ended with ${ending}${told}`);
}

/** What the host wrote there; it may have written any amount, or a link to anything. */
async function readAnswer(folder: string, name: string): Promise<string> {
  const file = path.join(folder, name);
  const facts = await lstat(file).catch(() => undefined);
  if (!facts?.isFile() || facts.size > maxAnswerFile) return '';
  return plainText(await readFile(file, 'utf8'));
}
