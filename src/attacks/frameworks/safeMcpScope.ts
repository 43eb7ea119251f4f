const distribution =
  'happens where software is built, shipped or installed; here services are running already';
const authorization = 'needs an authorization server and its tokens; here connections need no authorization';
const machine =
  'happens on the machine that a host or service runs on; here attacks are inert and stay on the wire';
const outside = 'is done to services from outside; here the service is the attacker';

/** Techniques of SAFE-MCP that no malicious service in an experiment can show, and why. */
export const safeMcpOutOfScope: Readonly<Record<string, string>> = {
  'SAFE-T1002': distribution,
  'SAFE-T1003': distribution,
  'SAFE-T1005': outside,
  'SAFE-T1007': authorization,
  'SAFE-T1009': authorization,
  'SAFE-T1109': machine,
  'SAFE-T1111': machine,
  'SAFE-T1202': authorization,
  'SAFE-T1203': machine,
  'SAFE-T1206': machine,
  'SAFE-T1207': distribution,
  'SAFE-T1303': machine,
  'SAFE-T1305': machine,
  'SAFE-T1306': authorization,
  'SAFE-T1308': authorization,
  'SAFE-T1408': authorization,
  'SAFE-T1506': authorization,
  'SAFE-T1507': authorization,
  'SAFE-T1601': outside,
  'SAFE-T1604': outside,
  'SAFE-T1704': machine,
  'SAFE-T1705': 'an episode has one agent, so no messages pass between agents',
  'SAFE-T1706': authorization,
  'SAFE-T1707': authorization,
  'SAFE-T1915': 'moves assets between blockchains; no environment has any',
  'SAFE-T2107': 'happens while a model is trained; here models are used as they are',
};
