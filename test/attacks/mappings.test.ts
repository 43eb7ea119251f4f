import { describe, expect, it } from 'vitest';
import { mapped } from '../../src/attacks/mappings.ts';

describe('mapped', () => {
  it('reads ids of all frameworks, with their basis', () => {
    expect(mapped(' SAFE-T1402 SAFE-T1001.002  MCP10 LLM01* ASI09 AML.T0051.001 AML.TA0000 ')).toEqual([
      { framework: 'SAFE-MCP', id: 'SAFE-T1402', basis: 'ours' },
      { framework: 'SAFE-MCP', id: 'SAFE-T1001.002', basis: 'ours' },
      { framework: 'OWASP MCP', id: 'MCP10', basis: 'ours' },
      { framework: 'OWASP LLM', id: 'LLM01', basis: 'published' },
      { framework: 'OWASP Agentic', id: 'ASI09', basis: 'ours' },
      { framework: 'ATLAS', id: 'AML.T0051.001', basis: 'unverified' },
      { framework: 'ATLAS', id: 'AML.TA0000', basis: 'unverified' },
    ]);
  });

  it.each([
    '',
    ' ',
    'MCP00',
    'MCP11',
    'MCP3',
    'LLM1',
    'ASI',
    'SAFE-T14',
    'SAFE-1402',
    'AML.T0051*',
    'MCP03**',
    '*',
    'MCP03,LLM01',
    'xMCP03',
  ])('throws for %j', (ids) => {
    expect(() => mapped(ids)).toThrow(RangeError);
    expect(() => mapped(`MCP03 ${ids || '?'}x`)).toThrow(RangeError);
  });
});
