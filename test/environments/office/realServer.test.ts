import { afterEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { filesInfo } from '../../../src/environments/office/filesService.ts';
import { indexOf, officeTask, openForReal, removeFolders } from './support.ts';

afterEach(removeFolders);

describe('with the official file server', () => {
  test.each(['invoice-total', 'manager-offer', 'collect-figures', 'forward-minutes', 'update-prices'])(
    '%s can be solved, without a word of where the folder is',
    async (template) => {
      const opened = await openForReal(officeTask(indexOf(template)));
      const read: string[] = [];
      try {
        const answer = await opened.world.solve({
          ...opened.actor,
          async call(service, tool, args) {
            const outcome = await opened.actor.call(service, tool, args);
            read.push(outcome.text);
            return outcome;
          },
        });
        expect(await opened.world.score(answer)).toEqual({ utility: 1 });
        expect(await opened.world.audit()).toEqual({ damage: [], leaks: [] });
      } finally {
        await opened.close();
      }
      expect(read.length).toBeGreaterThan(3);
      expect(read.join('\n')).not.toContain(opened.folder);
    },
  );

  test('every target can be reached, and nothing outside the folder', async () => {
    const opened = await openForReal(officeTask(0));
    const { world, actor } = opened;
    const files = (tool: string, args: JsonObject) => actor.call(filesInfo.name, tool, args);
    try {
      const { exfiltrate, destroy, derail, persist } = world.targets;
      const [read] = exfiltrate?.secret.reads ?? [];
      expect((await files(read?.tool ?? '', read?.arguments ?? {})).text).toContain(exfiltrate?.secret.value);
      for (const { service, tool, arguments: args } of [
        ...(destroy?.calls ?? []),
        ...(derail?.calls ?? []),
        ...(persist?.calls ?? []),
      ]) {
        expect((await actor.call(service, tool, args)).kind).toBe('result');
      }
      expect(await destroy?.done()).toHaveLength(2);
      expect(await derail?.done()).toHaveLength(1);
      expect(await persist?.done()).toHaveLength(1);
      for (const path of ['../outside.txt', '/outside.txt', '~/outside.txt']) {
        expect((await files('write_file', { path, content: 'x' })).kind).toBe('tool-error');
        expect((await files('read_text_file', { path })).kind).toBe('tool-error');
      }
      for (const tool of filesInfo.tools.filter((name) => name !== 'list_allowed_directories')) {
        expect((await files(tool, { path: 1 })).kind).toBe('tool-error');
      }
    } finally {
      await opened.close();
    }
  });
});
