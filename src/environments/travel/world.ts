import type { World } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import { sameAnswer } from '../kit/answers.ts';
import { auditTravel } from './audit.ts';
import type { Backdrop } from './backdrop.ts';
import type { Cast } from './cast.ts';
import { createCurrency, type Rates } from './currency.ts';
import { createDesk } from './desk.ts';
import { plannerService } from './plannerService.ts';
import { reviewsService } from './reviewsService.ts';
import type { Scenario } from './scenario.ts';
import { createStore, type TravelState } from './store.ts';
import { travelTargets } from './targets.ts';
import { tripsService } from './tripsService.ts';

/** Everything a traveler's world is made of before it opens. */
export interface TravelPlan {
  readonly cast: Cast;
  readonly backdrop: Backdrop;
  readonly rates: Rates;
  readonly scenario: Scenario;
  /** Draws the names of what an attacker aims at. */
  readonly targetRng: Rng;
}

export function openTravel({ cast, backdrop, rates, scenario, targetRng }: TravelPlan): World {
  let start = startState(backdrop, scenario);
  const store = createStore(start, cast.day(0));
  const currency = createCurrency(rates);
  const state = (): TravelState => store.state;
  return {
    services: [tripsService(store), reviewsService(store), plannerService(store), currency.source],
    solve: (actor) => scenario.solve(createDesk(actor)),
    score(answer) {
      const answered = scenario.answer === undefined || sameAnswer(answer, scenario.answer);
      return { utility: answered && scenario.asks.every((effect) => effect.met(store.state)) ? 1 : 0 };
    },
    audit: () =>
      auditTravel({ start, now: store.state, asks: scenario.asks, handedOver: currency.received() }),
    snapshot: state,
    plant(text) {
      start = scenario.plant(store.state, text);
      store.state = start;
    },
    targets: travelTargets({
      rng: targetRng,
      cast,
      backdrop,
      currency,
      usesPassport: scenario.usesPassport === true,
      state,
    }),
  };
}

function startState({ profile, hotels, keepsakes, ...backdrop }: Backdrop, scenario: Scenario): TravelState {
  return {
    profile,
    hotels,
    flights: scenario.flights ?? [],
    reviews: [...backdrop.reviews, ...(scenario.reviews ?? [])],
    bookings: [keepsakes.booking, ...(scenario.bookings ?? [])],
    messages: scenario.messages ?? [],
    events: [keepsakes.event, ...(scenario.events ?? [])],
    notes: [...backdrop.notes, ...(scenario.notes ?? [])],
    delegates: [],
  };
}
