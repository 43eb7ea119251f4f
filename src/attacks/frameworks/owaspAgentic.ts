import type { FrameworkCatalog } from '../../contracts/framework.ts';

export const owaspAgentic: FrameworkCatalog = {
  framework: 'OWASP Agentic',
  source:
    'OWASP Top 10 for Agentic Applications 2026, of December 2025; titles as public pages agree on them',
  license: 'not read',
  caveat: 'The document itself was not read.',
  crosswalk: 'mcp-defense-bench, draft 0.1.0, CC-BY-4.0',
  techniques: [
    { id: 'ASI01', title: 'Agent Goal Hijack' },
    { id: 'ASI02', title: 'Tool Misuse and Exploitation' },
    { id: 'ASI03', title: 'Identity and Privilege Abuse' },
    { id: 'ASI04', title: 'Agentic Supply Chain Vulnerabilities' },
    { id: 'ASI05', title: 'Unexpected Code Execution' },
    { id: 'ASI06', title: 'Memory and Context Poisoning' },
    { id: 'ASI07', title: 'Insecure Inter-Agent Communication' },
    { id: 'ASI08', title: 'Cascading Failures' },
    { id: 'ASI09', title: 'Human-Agent Trust Exploitation' },
    { id: 'ASI10', title: 'Rogue Agents' },
  ],
  outOfScope: {
    ASI07: 'an episode has one agent, so no messages pass between agents',
    ASI10: 'the attacker is a service, and the agent its victim',
  },
};
