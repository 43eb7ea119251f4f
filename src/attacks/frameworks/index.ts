import type { FrameworkCatalog } from '../../contracts/framework.ts';
import { atlas } from './atlas.ts';
import { owaspAgentic } from './owaspAgentic.ts';
import { owaspLlm } from './owaspLlm.ts';
import { owaspMcp } from './owaspMcp.ts';
import { safeMcp } from './safeMcp.ts';

/** The frameworks that attack parts are mapped to. */
export const frameworkCatalogs: readonly FrameworkCatalog[] = [
  safeMcp,
  owaspMcp,
  owaspLlm,
  owaspAgentic,
  atlas,
];
