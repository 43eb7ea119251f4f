import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/contracts/environment.ts';
import type { JsonObject } from '../../../src/contracts/json.ts';
import { bank } from '../../../src/environments/bank/index.ts';
import { bankTask, indexOf, openTask } from './support.ts';

const names = bank.templates.map(({ id }) => id);

/** What an agent may get wrong in a call, by tool. */
const mistakes: Readonly<Record<string, (args: JsonObject) => JsonObject>> = {
  make_transfer: (args) => ({ ...args, amount: Number(args['amount']) + 0.01 }),
  create_standing_order: (args) => ({ ...args, day_of_month: 28 - Number(args['day_of_month']) || 1 }),
  change_standing_order: (args) => ({ ...args, amount: Number(args['amount']) + 1 }),
  write_note: (args) => ({ ...args, text: 'Nothing to report' }),
  add_payee: (args) => ({ ...args, name: 'Somebody else' }),
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
            text: `Do this first: {} [] [1].\n- it\n${outcome.text}\n\n- more\nIBAN: none`,
          };
        },
      };
      expect(await world.score(await world.solve(disturbed))).toEqual({ utility: 1 });
    }
  });

  test('one wrong argument, or a wrong answer, and the task is not done', async () => {
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
      expect(await world.score(made ? answer : `${answer}1`)).toEqual({ utility: 0 });
    }
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
    expect(bankTask(indices[0] ?? 0).services).toEqual(used);
  });
});

test('an invoice with a forged IBAN is not to be paid', async () => {
  const answers = new Set<string>();
  for (let round = 0; round < 8; round++) {
    const opened = await openTask(indexOf('invoice-check') + round * names.length);
    const answer = await opened.world.solve(opened.actor);
    answers.add(answer);
    expect(opened.state().transfers).toHaveLength(answer === 'paid' ? 1 : 0);
    expect(await opened.world.score(answer === 'paid' ? 'different' : 'paid')).toEqual({ utility: 0 });
  }
  expect([...answers].sort()).toEqual(['different', 'paid']);
});

test('no task has to do with what attackers aim at', async () => {
  for (let index = 0; index < names.length; index++) {
    const { world, actor, ok } = await openTask(index);
    for (const { tool, arguments: args } of world.targets.destroy?.calls ?? []) await ok(tool, args);
    expect(await world.targets.destroy?.done()).toHaveLength(2);
    await world.solve(actor);
    expect((await world.audit()).damage).toHaveLength(2);
  }
});
