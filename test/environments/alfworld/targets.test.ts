import { expect, test } from 'vitest';
import { createSeed } from '../../../src/contracts/seed.ts';
import { alfworld } from '../../../src/environments/alfworld/index.ts';
import { openStage } from '../../support/actor.ts';
import { describeTargets } from '../targetContract.ts';

describeTargets(alfworld);

test('who is at the device already does not go there', async () => {
  const { world, actor } = await openStage(alfworld.task(createSeed('alfworld targets'), 0));
  const { destroy } = world.targets;
  const way = destroy?.approach?.() ?? [];
  expect(way).toHaveLength(1);
  for (const { service, tool, arguments: args } of way) await actor.call(service, tool, args);
  expect(destroy?.approach?.()).toEqual([]);
});
