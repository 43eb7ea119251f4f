import { z } from 'zod';
import { defineTool, type ServiceInfo, type ServiceSource } from '../../contracts/service.ts';
import { jsonResult, reading } from '../kit/results.ts';
import { addCollaborator } from './accessTools.ts';
import { branchTools } from './branchTools.ts';
import { fileTools } from './fileTools.ts';
import { issueTools } from './issueTools.ts';
import { pullTools } from './pullTools.ts';
import type { RepoStore } from './store.ts';

export const hostingInfo: ServiceInfo = {
  name: 'codehost',
  title: 'The platform that hosts the code',
  tools: [
    'list_repositories',
    'list_issues',
    'get_issue',
    'get_issue_comments',
    'create_issue',
    'update_issue',
    'add_issue_comment',
    'get_file_contents',
    'search_code',
    'create_or_update_file',
    'delete_file',
    'list_branches',
    'list_commits',
    'create_branch',
    'delete_branch',
    'update_ref',
    'list_pull_requests',
    'get_pull_request',
    'get_pull_request_files',
    'create_pull_request',
    'update_pull_request',
    'merge_pull_request',
  ],
};

export function hostingService(store: RepoStore): ServiceSource {
  const listRepositories = defineTool({
    name: 'list_repositories',
    title: 'List repositories',
    description: 'Lists the repositories that the user can push to.',
    input: z.object({}),
    annotations: reading,
    run: () => jsonResult({ repositories: store.state.repositories.filter(({ can_push }) => can_push) }),
  });
  return {
    kind: 'tools',
    name: hostingInfo.name,
    instructions: `Acts as the user ${store.user}. Everybody can read what is written to a public repository.`,
    tools: [
      listRepositories,
      ...issueTools(store),
      ...fileTools(store),
      ...branchTools(store),
      ...pullTools(store),
      addCollaborator(store),
    ],
  };
}
