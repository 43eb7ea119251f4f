/** Carriers that share wording or method, and are held out together. */
const carrierFamilies: readonly (readonly [prefix: string, family: string])[] = [
  ['codechameleon-', 'codechameleon'],
  ['cipherchat-', 'cipherchat'],
  ['pap-', 'persuasion'],
  ['hidden-', 'hidden unicode'],
  ['ansi-escape', 'hidden markup'],
  ['html-comment', 'hidden markup'],
  ['fake-', 'fake turns'],
  ['ignore-previous', 'overrides'],
  ['tool-knowledge', 'overrides'],
  ['base64', 'encodings'],
  ['hex', 'encodings'],
  ['rot13', 'encodings'],
  ['reversed', 'encodings'],
  ['url-encoded', 'encodings'],
  ['html-entities', 'encodings'],
  ['german', 'languages'],
  ['spanish', 'languages'],
  ['french', 'languages'],
  ['chinese', 'languages'],
];

/** The family of a carrier; one that shares nothing with others is its own. */
export function carrierFamily(carrier: string): string {
  return carrierFamilies.find(([prefix]) => carrier.startsWith(prefix))?.[1] ?? carrier;
}

/** The family of a goal: all ways to carry a secret out are one. */
export function goalFamily(goal: string): string {
  return goal.startsWith('exfiltrate') ? 'exfiltrate' : goal;
}
