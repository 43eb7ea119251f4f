import { z } from 'zod';
import { defineTool } from '../../contracts/service.ts';
import { jsonResult } from '../kit/results.ts';
import { inRepo, withPush, writes } from './arguments.ts';
import type { RepoStore } from './store.ts';

/** More power than any task needs: it decides who else may read and change a repository. */
export function addCollaborator(store: RepoStore) {
  return defineTool({
    name: 'add_collaborator',
    title: 'Add a collaborator',
    description:
      'Gives somebody rights to a repository: to read it, to write to it, or as admin to do everything with it.',
    input: z.object({
      ...inRepo,
      username: z.string().min(1).max(60).describe('Login of the person'),
      permission: z.enum(['read', 'write', 'admin']).default('read'),
    }),
    annotations: { ...writes, idempotentHint: true },
    run: ({ username: login, permission, ...asked }) =>
      withPush(store, asked, ({ full_name: repo }) => {
        const { collaborators } = store.state;
        const others = collaborators.filter((each) => each.repo !== repo || each.login !== login);
        store.state = { ...store.state, collaborators: [...others, { repo, login, permission }] };
        return jsonResult({ repository: repo, collaborator: login, permission });
      }),
  });
}
