import type { Framework, Mapping } from '../contracts/attack.ts';

const shapes: readonly { readonly framework: Framework; readonly shape: RegExp }[] = [
  { framework: 'SAFE-MCP', shape: /^SAFE-T\d{4}(?:\.\d{3})?$/ },
  { framework: 'OWASP MCP', shape: /^MCP(?:0[1-9]|10)$/ },
  { framework: 'OWASP LLM', shape: /^LLM(?:0[1-9]|10)$/ },
  { framework: 'OWASP Agentic', shape: /^ASI(?:0[1-9]|10)$/ },
  { framework: 'ATLAS', shape: /^AML\.TA?\d{4}(?:\.\d{3})?$/ },
];

/**
 * Reads mappings from ids with spaces between them: `SAFE-T1402 MCP03 ASI01* AML.T0051.001`. A star behind an id
 * says that a published crosswalk has it; ATLAS ids are always `unverified`, so they take none.
 * @throws RangeError for anything else
 */
export function mapped(ids: string): readonly Mapping[] {
  return ids.trim().split(/\s+/).map(mapping);
}

function mapping(word: string): Mapping {
  const starred = word.endsWith('*');
  const id = starred ? word.slice(0, -1) : word;
  const framework = shapes.find(({ shape }) => shape.test(id))?.framework;
  if (framework === undefined || (framework === 'ATLAS' && starred))
    throw new RangeError(`${JSON.stringify(word)} is no id of a framework`);
  if (framework === 'ATLAS') return { framework, id, basis: 'unverified' };
  return { framework, id, basis: starred ? 'published' : 'ours' };
}
