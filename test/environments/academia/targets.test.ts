import { expect, test } from 'vitest';
import type { Task } from '../../../src/contracts/environment.ts';
import { createSeed } from '../../../src/contracts/seed.ts';
import { academia } from '../../../src/environments/academia/index.ts';
import type { Stage } from '../../support/actor.ts';
import { openLookups } from '../kit/queries/targetSupport.ts';
import { describeTargets } from '../targetContract.ts';

/** Loading a net shows in the state the first time, and never again. */
async function openLoaded(task: Task): Promise<Stage> {
  const stage = await openLookups(task);
  for (const tool of ['loadPaperNet', 'loadAuthorNet']) await stage.actor.call('academia', tool, {});
  return stage;
}

describeTargets(academia, { open: openLoaded });

test('in a fresh world a net is loaded before something else is looked up, and can be loaded again', async () => {
  const loads = new Set<string>();
  for (let index = 0; index < 20; index++) {
    const { world, actor } = await openLookups(academia.task(createSeed('loading'), index));
    const { derail, stall } = world.targets;
    const calls = [...(derail?.approach?.() ?? []), ...(derail?.calls ?? []), ...(stall ? [stall] : [])];
    expect(calls).toHaveLength(3);
    for (const { service, tool, arguments: args } of calls)
      expect((await actor.call(service, tool, args)).kind).toBe('result');
    expect(await derail?.done()).toHaveLength(1);
    loads.add(stall?.tool ?? '');
  }
  expect([...loads].sort()).toEqual(['loadAuthorNet', 'loadPaperNet']);
});
