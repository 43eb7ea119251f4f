import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { messageOf, SafeMcpError } from '../contracts/errors.ts';
import type { ModelChoice } from '../contracts/experiment.ts';
import { keychainFile } from '../contracts/keychain.ts';
import type { ModelCredential } from '../contracts/model.ts';
import { type Dialect, findProvider, type Provider } from './providers.ts';

const keychainSchema = z.record(z.string(), z.string());
const largestKeychain = 1_000_000;

/** The name under which a model's key is looked for; undefined when it needs none. */
export function keyName({ keyFrom }: Pick<ModelChoice, 'keyFrom'>, provider: Provider): string | undefined {
  return keyFrom ?? provider.key;
}

/**
 * The key of a model: from the environment, else from the keychain file. Empty when the model needs none.
 * @throws MODEL_KEY when it is missing or cannot be a key, or the keychain is open to others
 */
export async function readKey(
  choice: ModelChoice,
  provider: Provider,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const name = keyName(choice, provider);
  const key = await lookUp(choice, name, env);
  if (key !== '' || name === undefined || (provider.local && choice.keyFrom === undefined)) return key;
  throw new SafeMcpError('MODEL_KEY', `There is no key for ${choice.id}`, {
    where: name,
    hint: `Set the environment variable ${name}, or put it into ${keychainFile(env)}`,
  });
}

/**
 * What a program in between puts into its requests to a model's provider; undefined when no key is found.
 * @throws MODEL_KEY when the one that is named is missing, cannot be a key, or the keychain is open to others
 */
export async function readCredential(
  choice: ModelChoice,
  env: NodeJS.ProcessEnv,
): Promise<ModelCredential | undefined> {
  const provider = findProvider(choice.provider);
  if (!provider) return undefined;
  const find =
    choice.keyFrom === undefined ? lookUp(choice, provider.key, env) : readKey(choice, provider, env);
  const secret = await find;
  if (secret === '') return undefined;
  const { dialect } = provider;
  const family = dialect === 'anthropic' || dialect === 'google' ? dialect : 'openai';
  const header = provider.keyHeader ?? keyHeaders[dialect];
  return header === undefined
    ? { header: 'authorization', value: `Bearer ${secret}`, secret, family }
    : { header, value: secret, secret, family };
}

/** Where a dialect wants the key, if not in `Authorization: Bearer`. */
const keyHeaders: Readonly<Partial<Record<Dialect, string>>> = {
  anthropic: 'x-api-key',
  google: 'x-goog-api-key',
};

/** Empty when there is nothing under this name. */
async function lookUp(
  choice: ModelChoice,
  name: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  if (name === undefined) return '';
  const key = (env[name] ?? (await readKeychain(env))[name] ?? '').trim();
  // What no header can hold would be quoted in the error of whoever tries.
  if (!/^[!-~]*$/.test(key))
    throw refused(
      name,
      `The key for ${choice.id} holds characters that no key has`,
      'Copy it anew, in one line',
    );
  return key;
}

/** Keys by name, as a JSON object. */
async function readKeychain(env: NodeJS.ProcessEnv): Promise<Readonly<Record<string, string>>> {
  const file = keychainFile(env);
  const found = await stat(file).catch(() => undefined);
  if (!found && env['SAFEMCP_KEYS'] === undefined) return {};
  if (!found) throw refused(file, 'The keychain file does not exist', 'Check SAFEMCP_KEYS');
  // Windows has no such bits.
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    throw refused(file, 'The keychain file can be read by others', `Run: chmod 600 ${file}`);
  if (found.size > largestKeychain) throw refused(file, 'The keychain file is too large', 'Check its path');
  try {
    return keychainSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    // The parser's own message may quote what stands in the file.
    const what =
      error instanceof SyntaxError || error instanceof z.ZodError ? 'no such map' : messageOf(error);
    throw refused(file, `The keychain file is no JSON object of names and keys: ${what}`, 'Correct the file');
  }
}

function refused(where: string, message: string, hint: string): SafeMcpError {
  return new SafeMcpError('MODEL_KEY', message, { where, hint });
}
