import type { FrameworkCatalog } from '../../contracts/framework.ts';

export const owaspMcp: FrameworkCatalog = {
  framework: 'OWASP MCP',
  source:
    'OWASP MCP Top 10 2025, version 0.1: OWASP/www-project-mcp-top-10, tab_top10.md at commit 1cacef629ada',
  license: 'not stated where it was read',
  caveat: 'The list is a beta and still changes.',
  techniques: [
    { id: 'MCP01', title: 'Token Mismanagement & Secret Exposure' },
    { id: 'MCP02', title: 'Privilege Escalation via Scope Creep' },
    { id: 'MCP03', title: 'Tool Poisoning' },
    { id: 'MCP04', title: 'Software Supply Chain Attacks & Dependency Tampering' },
    { id: 'MCP05', title: 'Command Injection & Execution' },
    { id: 'MCP06', title: 'Intent Flow Subversion' },
    { id: 'MCP07', title: 'Insufficient Authentication & Authorization' },
    { id: 'MCP08', title: 'Lack of Audit and Telemetry' },
    { id: 'MCP09', title: 'Shadow MCP Servers' },
    { id: 'MCP10', title: 'Context Injection & Over-Sharing' },
  ],
  outOfScope: {},
};
