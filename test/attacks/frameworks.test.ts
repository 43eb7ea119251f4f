import { describe, expect, test } from 'vitest';
import { frameworkCatalogs } from '../../src/attacks/frameworks/index.ts';
import { mapped } from '../../src/attacks/mappings.ts';
import { frameworks } from '../../src/contracts/attack.ts';
import { builtInCatalog } from '../../src/experiment/catalog.ts';

const { vectors, carriers, goals } = builtInCatalog();
const mappings = [...vectors, ...carriers, ...goals].flatMap(({ id, mappings: own = [] }) =>
  own.map((mapping) => ({ part: id, ...mapping })),
);

test('every framework that mappings can name has one catalog', () => {
  expect(frameworkCatalogs.map(({ framework }) => framework)).toEqual(frameworks);
});

test('the lists are as long as the originals, where they are whole', () => {
  const lengths = Object.fromEntries(
    frameworkCatalogs.map(({ framework, techniques }) => [framework, techniques.length]),
  );
  expect(lengths).toMatchObject({ 'SAFE-MCP': 86, 'OWASP MCP': 10, 'OWASP LLM': 10, 'OWASP Agentic': 10 });
});

// Its statistics name 85 techniques in all, one less than their own numbers per tactic and its table give.
test('SAFE-MCP has as many techniques per tactic as its own statistics say', () => {
  const safeMcp = frameworkCatalogs.find(({ framework }) => framework === 'SAFE-MCP');
  const sizes: Record<string, number> = {};
  for (const { group = '' } of safeMcp?.techniques ?? []) sizes[group] = (sizes[group] ?? 0) + 1;
  expect(sizes).toEqual({
    'Resource Development': 1,
    'Initial Access': 9,
    Execution: 10,
    Persistence: 8,
    'Privilege Escalation': 9,
    'Defense Evasion': 8,
    'Credential Access': 7,
    Discovery: 6,
    'Lateral Movement': 7,
    Collection: 5,
    'Command and Control': 4,
    Exfiltration: 6,
    Impact: 6,
  });
});

describe.each(frameworkCatalogs)('$framework', ({ framework, source, license, techniques, outOfScope }) => {
  const ids = techniques.map(({ id }) => id);
  const used = mappings.filter((mapping) => mapping.framework === framework);

  test('says where it was read', () => {
    expect(source.length).toBeGreaterThan(20);
    expect(license).not.toBe('');
  });

  test('lists each technique once, in order, with a title of its own', () => {
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(new Set(techniques.map(({ title }) => title)).size).toBe(ids.length);
    for (const { title } of techniques) expect(title).toBe(title.trim());
  });

  test('has ids that mappings can name', () => {
    expect(mapped(ids.join(' ')).map((mapping) => [mapping.framework, mapping.id])).toEqual(
      ids.map((id) => [framework, id]),
    );
  });

  test('lists every id that a built-in part is mapped to', () => {
    expect(used.filter(({ id }) => !ids.includes(id))).toEqual([]);
  });

  test('calls nothing out of scope that it does not list or that is covered', () => {
    const left = Object.keys(outOfScope);
    expect(left.filter((id) => !ids.includes(id))).toEqual([]);
    expect(used.filter(({ id }) => left.includes(id))).toEqual([]);
    for (const reason of Object.values(outOfScope)) expect(reason.length).toBeGreaterThan(20);
  });
});

test('no part is mapped to an id twice', () => {
  for (const { id, mappings: own = [] } of [...vectors, ...carriers, ...goals]) {
    const ids = own.map((mapping) => mapping.id);
    expect([id, ids]).toEqual([id, [...new Set(ids)]]);
  }
});
