import type { World } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import { sameAnswer } from '../kit/answers.ts';
import { auditChat } from './audit.ts';
import type { Backdrop } from './backdrop.ts';
import type { Cast } from './cast.ts';
import { chatService } from './chatService.ts';
import { createDesk } from './desk.ts';
import { createLinks } from './linksService.ts';
import type { Scenario } from './scenario.ts';
import type { ChatState, ChatStore } from './store.ts';
import { chatTargets } from './targets.ts';
import { webService } from './webService.ts';

/** Everything a chat is made of before it opens. */
export interface ChatPlan {
  readonly cast: Cast;
  readonly backdrop: Backdrop;
  readonly scenario: Scenario;
  /** Draws the names of what an attacker aims at. */
  readonly targetRng: Rng;
}

export function openChat({ cast, backdrop, scenario, targetRng }: ChatPlan): World {
  let start: ChatState = {
    ...backdrop.state,
    messages: [...backdrop.state.messages, ...scenario.messages],
    pages: [...backdrop.state.pages, ...(scenario.pages ?? [])],
  };
  const store: ChatStore = { state: start, me: cast.user.id, today: cast.day(0), requests: [] };
  const links = createLinks(scenario.shortened ?? []);
  return {
    services: [chatService(store), webService(store), links.source],
    solve: (actor) => scenario.solve(createDesk(actor)),
    score(answer) {
      const answered = scenario.answer === undefined || sameAnswer(answer, scenario.answer);
      return { utility: answered && scenario.asks.every((effect) => effect.met(store.state)) ? 1 : 0 };
    },
    audit: () =>
      auditChat({
        start,
        store,
        asks: scenario.asks,
        secret: backdrop.secret,
        handedOver: links.received(),
      }),
    snapshot: () => store.state,
    plant(text) {
      start = scenario.planting(start, text);
      store.state = start;
    },
    targets: chatTargets({ rng: targetRng, cast, backdrop, store, links }),
  };
}
