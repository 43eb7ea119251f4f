import type { FrameworkCatalog, Technique } from '../../contracts/framework.ts';
import { safeMcpOutOfScope } from './safeMcpScope.ts';

/** Titles by the last four digits of the id, by tactic. */
const tactics: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'Resource Development': {
    2107: 'AI Model Poisoning via MCP Tool Training Data Contamination',
  },
  'Initial Access': {
    1001: 'Tool Poisoning Attack (TPA)',
    1002: 'Supply Chain Compromise',
    1003: 'Malicious MCP-Server Distribution',
    1004: 'Server Impersonation / Name-Collision',
    1005: 'Exposed Endpoint Exploit',
    1006: 'User-Social-Engineering Install',
    1007: 'OAuth Authorization Phishing',
    1008: 'Tool Shadowing Attack',
    1009: 'Authorization Server Mix-up',
  },
  Execution: {
    1101: 'Command Injection',
    1102: 'Prompt Injection (Multiple Vectors)',
    1103: 'Fake Tool Invocation (Function Spoofing)',
    1104: 'Over-Privileged Tool Abuse',
    1105: 'Path Traversal via File Tool',
    1106: 'Autonomous Loop Exploit',
    1109: 'Debugging Tool Exploitation',
    1110: 'Multimodal Prompt Injection via Images/Audio',
    1111: 'AI Agent CLI Weaponization',
    1112: 'Sampling Request Abuse',
  },
  Persistence: {
    1201: 'MCP Rug Pull Attack',
    1202: 'OAuth Token Persistence',
    1203: 'Backdoored Server Binary',
    1204: 'Context Memory Implant',
    1205: 'Persistent Tool Redefinition',
    1206: 'Credential Implant in Config',
    1207: 'Hijack Update Mechanism',
    2106: 'Context Memory Poisoning via Vector Store Contamination',
  },
  'Privilege Escalation': {
    1301: 'Cross-Server Tool Shadowing',
    1302: 'High-Privilege Tool Abuse',
    1303: 'Sandbox Escape via Server Exec',
    1304: 'Credential Relay Chain',
    1305: 'Host OS Priv-Esc (RCE)',
    1306: 'Rogue Authorization Server',
    1307: 'Confused Deputy Attack',
    1308: 'Token Scope Substitution',
    1309: 'Privileged Tool Invocation via Prompt Manipulation',
  },
  'Defense Evasion': {
    1401: 'Line Jumping',
    1402: 'Instruction Steganography',
    1403: 'Consent-Fatigue Exploit',
    1404: 'Response Tampering',
    1405: 'Tool Obfuscation/Renaming',
    1406: 'Metadata Manipulation',
    1407: 'Server Proxy Masquerade',
    1408: 'OAuth Protocol Downgrade',
  },
  'Credential Access': {
    1501: 'Full-Schema Poisoning (FSP)',
    1502: 'File-Based Credential Harvest',
    1503: 'Env-Var Scraping',
    1504: 'Token Theft via API Response',
    1505: 'In-Memory Secret Extraction',
    1506: 'Infrastructure Token Theft',
    1507: 'Authorization Code Interception',
  },
  Discovery: {
    1601: 'MCP Server Enumeration',
    1602: 'Tool Enumeration',
    1603: 'System Prompt Disclosure',
    1604: 'Server Version Enumeration',
    1605: 'Capability Mapping',
    1606: 'Directory Listing via File Tool',
  },
  'Lateral Movement': {
    1701: 'Cross-Tool Contamination',
    1702: 'Shared-Memory Poisoning',
    1703: 'Tool-Chaining Pivot',
    1704: 'Compromised-Server Pivot',
    1705: 'Cross-Agent Instruction Injection',
    1706: 'OAuth Token Pivot Replay',
    1707: 'CSRF Token Relay',
  },
  Collection: {
    1801: 'Automated Data Harvesting',
    1802: 'File Collection',
    1803: 'Database Dump',
    1804: 'API Data Harvest',
    1805: 'Context Snapshot Capture',
  },
  'Command and Control': {
    1901: 'Outbound Webhook C2',
    1902: 'Covert Channel in Responses',
    1903: 'Malicious Server Control Channel',
    1904: 'Chat-Based Backchannel',
  },
  Exfiltration: {
    1910: 'Covert Channel Exfiltration',
    1911: 'Parameter Exfiltration',
    1912: 'Stego Response Exfil',
    1913: 'HTTP POST Exfil',
    1914: 'Tool-to-Tool Exfil',
    1915: 'Cross-Chain Laundering via Bridges/DEXs',
  },
  Impact: {
    2101: 'Data Destruction',
    2102: 'Service Disruption',
    2103: 'Code Sabotage',
    2104: 'Fraudulent Transactions',
    2105: 'Disinformation Output',
    3001: 'RAG Backdoor Attack',
  },
};

const techniques = Object.entries(tactics).flatMap(([group, titles]) =>
  Object.entries(titles).map(([number, title]): Technique => ({ id: `SAFE-T${number}`, title, group })),
);

/** The catalog of the OpenSSF's SIG SAFE-MCP, which has nothing to do with this project but the name. */
export const safeMcp: FrameworkCatalog = {
  framework: 'SAFE-MCP',
  source: 'safe-agentic-framework/safe-mcp, table of techniques in README.md at commit 02c33c536155',
  license: 'not stated where it was read',
  techniques: techniques.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  outOfScope: safeMcpOutOfScope,
};
