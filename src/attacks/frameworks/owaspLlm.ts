import type { FrameworkCatalog } from '../../contracts/framework.ts';

export const owaspLlm: FrameworkCatalog = {
  framework: 'OWASP LLM',
  source:
    'OWASP Top 10 for LLM Applications 2025: OWASP/www-project-top-10-for-large-language-model-applications, names of the files in 2_0_vulns/, of which LLM02 was read at commit 029a5d609513; titles as public pages quote them',
  license: 'CC BY-SA 4.0',
  crosswalk: 'mcp-defense-bench, draft 0.1.0, CC-BY-4.0',
  techniques: [
    { id: 'LLM01', title: 'Prompt Injection' },
    { id: 'LLM02', title: 'Sensitive Information Disclosure' },
    { id: 'LLM03', title: 'Supply Chain' },
    { id: 'LLM04', title: 'Data and Model Poisoning' },
    { id: 'LLM05', title: 'Improper Output Handling' },
    { id: 'LLM06', title: 'Excessive Agency' },
    { id: 'LLM07', title: 'System Prompt Leakage' },
    { id: 'LLM08', title: 'Vector and Embedding Weaknesses' },
    { id: 'LLM09', title: 'Misinformation' },
    { id: 'LLM10', title: 'Unbounded Consumption' },
  ],
  outOfScope: {},
};
