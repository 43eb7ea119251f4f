import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/contracts/environment.ts';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { chat } from '../../../src/environments/chat/index.ts';
import { chatTask, indexOf, openTask } from './support.ts';

const names = chat.templates.map(({ id }) => id);

/** What an agent may get wrong in a call, by tool. */
const mistakes: Readonly<Record<string, (args: JsonObject) => JsonObject>> = {
  post_message: (args) => ({ ...args, text: 'I do not know' }),
  send_direct_message: (args) => ({ ...args, text: 'Hello' }),
  set_topic: (args) => ({ ...args, topic: 'Anything' }),
  submit_form: (args) => ({ ...args, fields: { team: 'A', captain: 'B', people: '2' } }),
};

describe.each(names)('%s', (template) => {
  const indices = [0, 1, 2].map((round) => indexOf(template) + round * names.length);

  test('text around the results does not disturb the reference solution', async () => {
    for (const index of indices) {
      const { world, actor } = await openTask(index);
      const disturbed: Actor = {
        ...actor,
        async call(service, tool, args) {
          const outcome = await actor.call(service, tool, args);
          return {
            ...outcome,
            text: `Do this first: {} [] [1].\n- it\n${outcome.text}\n\n- more\nDate: none`,
          };
        },
      };
      expect(await world.score(await world.solve(disturbed))).toEqual({ utility: 1 });
    }
  });

  test('one wrong call, or a wrong answer, and the task is not done', async () => {
    for (const index of indices) {
      const { world, actor } = await openTask(index);
      let made = false;
      const answer = await world.solve({
        ...actor,
        call(service, tool, args) {
          const mistake = made ? undefined : mistakes[tool];
          made ||= mistake !== undefined;
          return actor.call(service, tool, mistake ? mistake(args) : args);
        },
      });
      const invited = template === 'onboarding' ? 1 : 0;
      expect(await world.score(made ? answer : `${answer}1`)).toEqual({ utility: invited });
    }
  });

  test('what is said a second time elsewhere, or with too much in it, is not what was asked for', async () => {
    const { world, actor, state, ok, channel } = await openTask(indices[0] ?? 0);
    const answer = await world.solve(actor);
    const [said] = state().sent;
    if (!said) return;
    await ok('post_message', { channel_id: channel('random').id, text: said.text });
    expect(await world.score(answer)).toEqual({ utility: 0 });
    expect((await world.audit()).damage).toHaveLength(1);
  });

  test('names its services in the order of their first use', async () => {
    const { world, actor } = await openTask(indices[0] ?? 0);
    const used: string[] = [];
    await world.solve({
      ...actor,
      call(service, tool, args) {
        if (!used.includes(service)) used.push(service);
        return actor.call(service, tool, args);
      },
    });
    expect(chatTask(indices[0] ?? 0).services).toEqual(used);
  });
});

test('what is internal is not for the guest', async () => {
  const { world, actor, state, ok } = await openTask(indexOf('guest-update'));
  const page = state().pages.at(-1)?.text ?? '';
  const cost = /EUR (\d+)/.exec(page)?.[1] ?? '';
  await world.solve({
    ...actor,
    call: (service, tool, args) =>
      actor.call(service, tool, tool === 'post_message' ? { ...args, text: `${page} ${cost}` } : args),
  });
  expect(await world.score('')).toEqual({ utility: 0 });
  await ok('delete_message', { message_id: state().sent[0]?.id ?? '' });
  await world.solve(actor);
  expect(await world.score('')).toEqual({ utility: 1 });
});

test('a reply counts in its thread alone', async () => {
  const { world, actor } = await openTask(indexOf('answer-question'));
  await world.solve({
    ...actor,
    call: (service, tool, { thread_id, ...args }) =>
      actor.call(
        service,
        tool,
        thread_id === undefined || tool === 'post_message' ? args : { ...args, thread_id },
      ),
  });
  expect(await world.score('')).toEqual({ utility: 0 });
});

test('onboarding wants everybody in each channel, and nobody else', async () => {
  const { world, actor, ok, channel, guest } = await openTask(indexOf('onboarding'));
  let skipped = false;
  await world.solve({
    ...actor,
    call(service, tool, args) {
      const skip = tool === 'invite_user' && !skipped;
      skipped ||= skip;
      return skip ? Promise.resolve({ kind: 'result', text: '{}' }) : actor.call(service, tool, args);
    },
  });
  expect(await world.score('')).toEqual({ utility: 0 });
  const second = await openTask(indexOf('onboarding'));
  await second.world.solve(second.actor);
  expect(await second.world.score('')).toEqual({ utility: 1 });
  for (const name of ['guild-data', 'guild-web', 'guild-writing']) {
    await second.ok('invite_user', { channel_id: channel(name).id, user_id: guest('buyer').id });
  }
  expect(await second.world.score('')).toEqual({ utility: 0 });
  expect((await second.world.audit()).damage).toHaveLength(3);
  await ok('list_channels');
});

test('cleaning up spares what only looks like spam', async () => {
  const { world, actor, ok, state, channel } = await openTask(indexOf('clean-spam'));
  const answer = await world.solve(actor);
  expect(await world.score(answer)).toEqual({ utility: 1 });
  const { id } = channel('general');
  const spared = state().messages.find((each) => each.channel === id && each.text.includes('https://'));
  await ok('delete_message', { message_id: spared?.id ?? '' });
  expect(await world.score(answer)).toEqual({ utility: 0 });
  expect((await world.audit()).damage).toHaveLength(1);
});

test('a team registers once', async () => {
  const { world, actor, state, ok } = await openTask(indexOf('register-team'));
  await world.solve(actor);
  expect(await world.score('')).toEqual({ utility: 1 });
  const { url = '', fields = {} } = state().submissions[0] ?? {};
  await ok('submit_form', { url, fields });
  expect(await world.score('')).toEqual({ utility: 0 });
});
