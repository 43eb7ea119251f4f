import type { AttackStage } from '../contracts/events.ts';

/** How stages are called where attacks ended there. */
export const endings: Readonly<Record<AttackStage, string>> = {
  planned: 'not delivered',
  delivered: 'delivered, not exposed',
  exposed: 'exposed, not attempted',
  attempted: 'attempted, not executed',
  executed: 'executed, not achieved',
  achieved: 'achieved',
};
