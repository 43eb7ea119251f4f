import { createRequire } from 'node:module';
import type { ServiceInfo, ServiceSource } from '../../contracts/service.ts';

const entry = createRequire(import.meta.url).resolve('@modelcontextprotocol/server-filesystem/dist/index.js');

export const filesInfo: ServiceInfo = {
  name: 'files',
  title: "The user's work folder",
  tools: [
    'list_allowed_directories',
    'list_directory',
    'directory_tree',
    'search_files',
    'read_text_file',
    'read_multiple_files',
    'write_file',
    'edit_file',
    'create_directory',
    'move_file',
  ],
};

/**
 * The official file server, confined to `folder`. It takes paths relative to the folder and repeats them in its
 * results, so that what agents read does not depend on where the folder is.
 */
export function filesService(folder: string): ServiceSource {
  return {
    kind: 'command',
    name: filesInfo.name,
    command: process.execPath,
    args: [entry, '.'],
    cwd: folder,
  };
}
