import type { Catalog } from '../contracts/experiment.ts';
import { readEnvironment } from '../environments/declared/index.ts';
import { extendCatalog } from './catalog.ts';

/**
 * The catalog with the environments that these files declare.
 * @throws FILE_UNREADABLE, INVALID_DEFINITION
 */
export async function withEnvironmentFiles(files: readonly string[], catalog: Catalog): Promise<Catalog> {
  if (files.length === 0) return catalog;
  return extendCatalog(catalog, { environments: await Promise.all(files.map(readEnvironment)) });
}
