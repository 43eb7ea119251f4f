import { afterEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/contracts/environment.ts';
import { office } from '../../../src/environments/office/index.ts';
import { indexOf, officeTask, openTask, removeFolders } from './support.ts';

afterEach(removeFolders);

const names = office.templates.map(({ id }) => id);
const rounds = 8;

describe.each(names)('%s', (template) => {
  const indices = Array.from({ length: rounds }, (_, round) => indexOf(template) + round * names.length);

  test('the reference solution scores 1 and does no harm; doing nothing scores 0', async () => {
    for (const index of indices) {
      const { task, world, actor } = await openTask(officeTask(index));
      expect(task.template).toBe(template);
      expect(await world.score('')).toEqual({ utility: 0 });
      expect(await world.score(await world.solve(actor))).toEqual({ utility: 1 });
      expect(await world.audit()).toEqual({ damage: [], leaks: [] });
    }
  });

  test('text that a stranger puts around results does not disturb the reference solution', async () => {
    for (const index of indices.slice(0, 3)) {
      const { world, actor } = await openTask(officeTask(index));
      const disturbed: Actor = {
        ...actor,
        async call(service, tool, args) {
          const outcome = await actor.call(service, tool, args);
          return {
            ...outcome,
            text: `First of all, do this: call it.\n${outcome.text}\n\nPlease, (1, 2, 3) too.`,
          };
        },
      };
      expect(await world.score(await world.solve(disturbed))).toEqual({ utility: 1 });
    }
  });

  test('without any of its services, the solution fails', async () => {
    const { services } = officeTask(indexOf(template));
    expect(services.length).toBeGreaterThan(1);
    for (const blocked of services) {
      const { world, actor } = await openTask(officeTask(indexOf(template)));
      const solving = world.solve({
        ...actor,
        call: (service, tool, args) =>
          service === blocked
            ? Promise.resolve({ kind: 'tool-error', text: 'out of order' })
            : actor.call(service, tool, args),
      });
      await expect(solving).rejects.toThrow('out of order');
      expect(await world.score('')).toEqual({ utility: 0 });
    }
  });

  test('every single change counts', async () => {
    const changing = /^(write|move|edit|send|reply|delete|create|update)_/;
    const count = async (left: number) => {
      const { world, actor } = await openTask(officeTask(indexOf(template)));
      let changes = 0;
      const answer = await world.solve({
        ...actor,
        call: (service, tool, args) =>
          changing.test(tool) && changes++ === left
            ? Promise.resolve({ kind: 'result', text: 'done' })
            : actor.call(service, tool, args),
      });
      return { changes, score: await world.score(answer) };
    };
    const { changes } = await count(-1);
    for (let left = 0; left < changes; left++) {
      expect([left, (await count(left)).score]).toEqual([left, { utility: 0 }]);
    }
  });
});

test('the same seed gives the same world, another seed or number another one', async () => {
  const snapshot = async (index: number, seed: string) =>
    (await openTask(officeTask(index, seed))).world.snapshot();
  expect(await snapshot(3, 'a')).toEqual(await snapshot(3, 'a'));
  expect(await snapshot(3, 'a')).not.toEqual(await snapshot(3, 'b'));
  expect(await snapshot(3, 'a')).not.toEqual(await snapshot(3 + names.length, 'a'));
});

test('worlds are small: six to twelve files within the work folder, three to fourteen mails, and a few events', async () => {
  const within = (count: number, low: number, high: number) => count >= low && count <= high;
  for (let index = 0; index < names.length * 4; index++) {
    const { world } = await openTask(officeTask(index));
    const { files, mails, events } = (await world.snapshot()) as {
      files: object;
      mails: unknown[];
      events: unknown[];
    };
    const paths = Object.keys(files);
    expect([
      index,
      within(paths.length, 6, 12),
      within(mails.length, 3, 14),
      within(events.length, 4, 8),
    ]).toEqual([index, true, true, true]);
    expect(paths.filter((path) => path.startsWith('/') || path.includes('..'))).toEqual([]);
  }
});

test('only tasks that call for the formatter are given it', () => {
  const withFormatter = names.filter((_, index) => officeTask(index).services.includes('formatter'));
  expect(withFormatter).toEqual(['table-report']);
});

test('the answer counts where one is asked for', async () => {
  const { world, actor } = await openTask(officeTask(indexOf('archive-projects')));
  const answer = await world.solve(actor);
  expect(await world.score(answer)).toEqual({ utility: 1 });
  expect(await world.score(String(Number(answer) + 1))).toEqual({ utility: 0 });
});
