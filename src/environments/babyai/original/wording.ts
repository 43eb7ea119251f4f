/** The goal as AgentGym shows it: what is to be done in order, and in reverse order, reads alike there. */
export function goalInAgentGym(mission: string): string {
  return mission.replaceAll('then', 'and').replaceAll('after you', 'and');
}
