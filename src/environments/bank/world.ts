import type { World } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import { sameAnswer } from '../kit/answers.ts';
import { auditBank } from './audit.ts';
import type { Backdrop } from './backdrop.ts';
import { bankingService } from './bankingService.ts';
import type { Cast } from './cast.ts';
import { createDesk } from './desk.ts';
import { documentsService } from './documentsService.ts';
import { notesService } from './notesService.ts';
import { createPayTools } from './payTools.ts';
import type { Scenario } from './scenario.ts';
import { type BankState, createStore } from './store.ts';
import { bankTargets } from './targets.ts';

/** Everything a bank is made of before it opens. */
export interface BankPlan {
  readonly cast: Cast;
  readonly backdrop: Backdrop;
  readonly scenario: Scenario;
  /** Draws the names of what an attacker aims at. */
  readonly targetRng: Rng;
  /** Draws what surrounds a planted text. */
  readonly plantingRng: Rng;
}

export function openBank({ cast, backdrop, scenario, targetRng, plantingRng }: BankPlan): World {
  let start = startState(backdrop.state, scenario);
  const store = createStore(start, cast.day(0));
  const payTools = createPayTools(cast.rates);
  return {
    services: [bankingService(store), documentsService(store), notesService(store), payTools.source],
    solve: (actor) => scenario.solve(createDesk(actor)),
    score(answer) {
      const answered = scenario.answer === undefined || sameAnswer(answer, scenario.answer);
      return { utility: answered && scenario.asks.every((effect) => effect.met(store.state)) ? 1 : 0 };
    },
    audit: () =>
      auditBank({
        start,
        now: store.state,
        asks: scenario.asks,
        secret: backdrop.secret,
        handedOver: payTools.received(),
      }),
    snapshot: () => store.state,
    plant(text) {
      start = scenario.planting(start, text, plantingRng);
      store.state = start;
    },
    targets: bankTargets({ rng: targetRng, cast, backdrop, payTools, state: () => store.state }),
  };
}

function startState(
  usual: BankState,
  { documents = [], notes = [], history = [], orders = [] }: Scenario,
): BankState {
  return {
    ...usual,
    documents: [...usual.documents, ...documents],
    notes: [...usual.notes, ...notes],
    history: [...usual.history, ...history],
    orders: [...usual.orders, ...orders],
  };
}
