import type { FrameworkCatalog } from '../../contracts/framework.ts';

/** A selection: what attacks of MCP services are usually mapped to. Titles are in our words. */
export const atlas: FrameworkCatalog = {
  framework: 'ATLAS',
  source: 'MITRE ATLAS; ids as public pages name them, titles in our words',
  license: 'not read',
  caveat: 'A selection, not verified: neither ids nor mappings were checked against the published data.',
  techniques: [
    { id: 'AML.T0010.005', title: 'Supply chain: agent tool' },
    { id: 'AML.T0051', title: 'Prompt injection' },
    { id: 'AML.T0051.000', title: 'Prompt injection: direct' },
    { id: 'AML.T0051.001', title: 'Prompt injection: indirect' },
    { id: 'AML.T0053', title: 'Agent tool invocation' },
    { id: 'AML.T0056', title: 'Meta-prompt extraction' },
    { id: 'AML.T0057', title: 'Data leakage' },
    { id: 'AML.T0080', title: 'Agent context poisoning' },
    { id: 'AML.T0085', title: 'Data from AI services' },
    { id: 'AML.T0085.001', title: 'Data from AI services: agent tools' },
    { id: 'AML.T0086', title: 'Exfiltration via tool invocation' },
    { id: 'AML.T0101', title: 'Data destruction via tool invocation' },
    { id: 'AML.T0110', title: 'Agent tool poisoning' },
  ],
  outOfScope: {
    'AML.T0051.000': 'here the user is honest; what is injected comes from services',
  },
};
