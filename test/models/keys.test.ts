import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelChoice } from '../../src/models/choice.ts';
import { readKey } from '../../src/models/keys.ts';
import { findProvider } from '../../src/models/providers.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'safemcp-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function keychain(text: string, mode = 0o600): Promise<string> {
  const file = path.join(folder, 'keys.json');
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}

function keyOf(id: string, env: NodeJS.ProcessEnv, keyFrom?: string): Promise<string> {
  const choice = modelChoice(id);
  const provider = choice && findProvider(choice.provider);
  if (!choice || !provider) throw new Error(`no provider for ${id}`);
  return readKey(keyFrom === undefined ? choice : { ...choice, keyFrom }, provider, env);
}

describe('a key', () => {
  test('comes from the usual variable, from another, or from the keychain', async () => {
    const SAFEMCP_KEYS = await keychain('{"OPENAI_API_KEY":"from-file","OTHER":"other-file"}');
    expect(await keyOf('openai/x', { OPENAI_API_KEY: ' from-env ', SAFEMCP_KEYS })).toBe('from-env');
    expect(await keyOf('openai/x', { SAFEMCP_KEYS })).toBe('from-file');
    expect(await keyOf('openai/x', { OTHER: 'mine', OPENAI_API_KEY: 'usual' }, 'OTHER')).toBe('mine');
    expect(await keyOf('openai/x', { SAFEMCP_KEYS }, 'OTHER')).toBe('other-file');
  });

  test('is not needed for servers on this machine, unless one is named', async () => {
    const env = { SAFEMCP_KEYS: await keychain('{}') };
    expect(await keyOf('ollama/x', env)).toBe('');
    await expect(keyOf('ollama/x', env, 'MINE')).rejects.toMatchObject({ code: 'MODEL_KEY', where: 'MINE' });
  });

  test.each(['sk-first\nsk-second', 'sk-with a gap', 'sk-cut\u2026'])(
    'that no header can hold is refused without being told (%j)',
    async (key) => {
      const refusal = await keyOf('openai/x', { OPENAI_API_KEY: key }).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'MODEL_KEY', where: 'OPENAI_API_KEY' });
      expect(JSON.stringify([refusal, String(refusal)])).not.toContain('sk-');
    },
  );

  test('that is missing names its variable', async () => {
    await expect(keyOf('anthropic/x', { SAFEMCP_KEYS: await keychain('{}') })).rejects.toMatchObject({
      code: 'MODEL_KEY',
      where: 'ANTHROPIC_API_KEY',
    });
  });

  test.skipIf(process.platform === 'win32')('is not read from a file that others can read', async () => {
    const env = { SAFEMCP_KEYS: await keychain('{"OPENAI_API_KEY":"x"}', 0o640) };
    await expect(keyOf('openai/x', env)).rejects.toMatchObject({
      code: 'MODEL_KEY',
      hint: expect.stringContaining('chmod 600') as string,
    });
  });

  test.each([
    '{"OPENAI_API_KEY": secret-value',
    '["secret-value"]',
    '{"OPENAI_API_KEY":{"a":"secret-value"}}',
  ])('is not quoted from a broken file: %s', async (text) => {
    const failure = keyOf('openai/x', { SAFEMCP_KEYS: await keychain(text) });
    await expect(failure).rejects.toMatchObject({ code: 'MODEL_KEY' });
    const error: unknown = await failure.catch((reason: unknown) => reason);
    expect(String(error) + JSON.stringify(error)).not.toContain('secret-value');
  });

  test('file that is named has to be there', async () => {
    const env = { SAFEMCP_KEYS: path.join(folder, 'none.json') };
    await expect(keyOf('openai/x', env)).rejects.toMatchObject({ code: 'MODEL_KEY' });
  });
});
