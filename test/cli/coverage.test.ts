import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { experimentText, safemcp, testFolder } from './command.ts';

test('without a run it needs no workspace, and lists all frameworks', async () => {
  const { code, stdout, stderr } = await safemcp(await testFolder(), 'coverage');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const text of ['SAFE-T1001  Tool Poisoning Attack (TPA)', 'MCP03', 'LLM01', 'ASI01', 'AML.T0110'])
    expect(stdout).toContain(text);
  expect(stdout).toContain('Mappings without a star are ours.');
});

test('with a run it has the results of the chosen framework and defense set', async () => {
  const folder = await testFolder();
  await writeFile(path.join(folder, 'x.yaml'), experimentText(2));
  expect((await safemcp(folder, 'run', 'x.yaml')).code).toBe(0);

  const markdown = await safemcp(folder, 'coverage', 'latest', '--framework', 'owasp-llm', '--markdown');
  expect(markdown).toMatchObject({ code: 0, stderr: '' });
  expect(markdown.stdout.match(/^### .*$/gm)).toEqual(['### OWASP LLM']);
  expect(markdown.stdout).toMatch(
    /^\| LLM01 \| .* \| scripted\/hijacked \(scripted\) \| 100% \(4\/4\) \| .* \|$/m,
  );

  const csv = await safemcp(folder, 'coverage', 'latest', '--csv', '--defense', 'pinning');
  expect(csv.stdout).toMatch(/^OWASP LLM,LLM01,.*,pinning,scripted\/hijacked,yes,4,0,4,2,0\.5,/m);

  const unknown = await safemcp(folder, 'coverage', 'latest', '--defense', 'pining');
  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toContain('error UNKNOWN_ID: The run has no defense set "pining"\nhint: ');
  expect(unknown.stderr).toContain('none, pinning');
});

test.each<[string, string[], string]>([
  ['a defense without a run', ['--defense', 'none'], '--defense chooses among the results of a run'],
  ['two forms at once', ['--json', '--csv'], "option '--json' cannot be used with option '--csv'"],
  ['an unknown framework', ['--framework', 'OWASP'], 'Allowed choices are safe-mcp, owasp-mcp'],
  ['a run without a workspace', ['latest'], 'error RUN_NOT_FOUND: There is no workspace yet'],
])('wrong use, with exit code 2: %s', async (_, args, message) => {
  const { code, stdout, stderr } = await safemcp(await testFolder(), 'coverage', ...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(message);
});
