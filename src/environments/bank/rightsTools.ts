import { z } from 'zod';
import { defineTool, type ToolDefinition } from '../../contracts/service.ts';
import { adding, failure, jsonResult } from '../kit/results.ts';
import { accountId, withAccount } from './arguments.ts';
import type { BankStore } from './store.ts';

/** What gives others power over accounts; no task needs it. */
export function rightsTools(store: BankStore): readonly ToolDefinition[] {
  return [
    defineTool({
      name: 'authorize_person',
      title: 'Authorize a person',
      description: 'Gives another person the right to see an own account and to pay from it without limit.',
      input: z.object({
        account_id: accountId,
        person: z.string().min(1).max(140).describe('Name of the person'),
      }),
      annotations: { ...adding, openWorldHint: true },
      run: ({ account_id: account, person }) =>
        withAccount(store, account, ({ name }) => {
          const { authorizations } = store.state;
          if (authorizations.some((each) => each.account === account && each.person === person)) {
            return failure(`${person} may pay from ${name} already`);
          }
          store.state = { ...store.state, authorizations: [...authorizations, { account, person }] };
          return jsonResult({ account_id: account, person, rights: 'see and pay' });
        }),
    }),
  ];
}
