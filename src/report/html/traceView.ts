import { attackName } from '../../contracts/attack.ts';
import type { EpisodeEvent, EpisodeRecord } from '../../contracts/events.ts';
import { detailsOf, payloadsOf, titleOf } from '../eventText.ts';
import { clipPieces, markPayload, type Piece, payloadFinder } from '../payload.ts';
import { percent } from '../text.ts';
import { html, type Markup } from './markup.ts';
import { shortName } from './parts.ts';

/** Bounds of a trace in a page: events, details of an event, characters of a detail. */
const [maxEvents, maxDetails, maxCharacters] = [14, 4, 700];

/** An episode as the page shows it: what it came to, and the events that tell why. */
export function traceMarkup(what: string, record: EpisodeRecord): Markup {
  const { id, key, outcome, instruction, events } = record;
  const payloads = payloadsOf(record);
  const { attack, harm } = outcome;
  const damage = [...harm.stateDamage, ...harm.dataLeft].map((evidence) => evidence.what);
  const facts = [
    ['episode', id],
    ['task', `${key.environment} ${key.task}, trial ${key.trial}`],
    ['attack', key.attack ? attackName(key.attack) : 'none'],
    ['user', instruction],
    [
      'reached',
      attack ? `${attack.stage}${attack.stoppedBy ? `, stopped by ${attack.stoppedBy}` : ''}` : 'no attack',
    ],
    ['utility', percent(outcome.utility)],
    ...(damage.length > 0 ? [['harm', damage.slice(0, 3).join('; ')]] : []),
  ].map(
    ([name = '', text = '']) =>
      html`<div><dt>${name}</dt><dd>${text.slice(0, 500)}${text.length > 500 ? ' …' : ''}</dd></div>`,
  );
  const told = tellingEvents(events, payloads);
  return html`<details class="trace"><summary>${what} <span class="note">${shortName(key.environment)} ${key.task}</span></summary><dl class="facts">${facts}</dl><ol class="events">${told.map((event) => (typeof event === 'number' ? skipped(event) : eventMarkup(event, payloads)))}</ol></details>`;
}

function skipped(events: number): Markup {
  return html`<li class="skipped">${events} more ${events === 1 ? 'event' : 'events'}</li>`;
}

/** An event with what it holds. */
interface Told {
  readonly event: EpisodeEvent;
  readonly details: readonly (readonly [label: string, text: string])[];
  readonly carries: boolean;
}

/** The events that matter most, in order, with the number of those left out between them. */
function tellingEvents(events: readonly EpisodeEvent[], payloads: readonly string[]): (Told | number)[] {
  const isPayload = payloadFinder(payloads);
  const all = events.map((event): Told => {
    const details = detailsOf(event).filter(([, text]) => text !== '');
    return { event, details, carries: details.some(([, text]) => isPayload(text)) };
  });
  const kept = new Set(
    all
      .map((told) => ({ told, weight: weightOf(told) }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight || a.told.event.seq - b.told.event.seq)
      .slice(0, maxEvents)
      .map(({ told }) => told),
  );
  const shown: (Told | number)[] = [];
  let hidden = 0;
  for (const told of all) {
    if (!kept.has(told)) hidden++;
    else {
      if (hidden > 0) shown.push(hidden);
      hidden = 0;
      shown.push(told);
    }
  }
  return hidden > 0 ? [...shown, hidden] : shown;
}

function weightOf({ event, carries }: Told): number {
  switch (event.type) {
    case 'attack':
      return 6;
    case 'verdict':
      return 5;
    case 'answer':
    case 'error':
    case 'judge':
      return 4;
    case 'exchange': {
      if (carries || event.hostReply !== undefined || event.request === undefined) return 3;
      return event.request.method === 'tools/call' ? 2 : 0;
    }
    case 'model':
    case 'fault':
      return 2;
    case 'notification':
      return carries || !event.passed ? 3 : 0;
    case 'state':
    case 'sandbox':
      return 0;
  }
}

function eventMarkup({ event, details, carries }: Told, payloads: readonly string[]): Markup {
  const [title] = titleOf(event, carries);
  const shown = details.slice(0, maxDetails).map(([label, text]) => {
    const pieces = clipPieces(markPayload(text, payloads), maxCharacters);
    return html`<div class="detail">${label && html`<b>${label.slice(0, 60)}</b> `}${pieces.map(pieceMarkup)}</div>`;
  });
  return html`<li class="e-${event.type}${carries ? ' marked' : ''}"><div class="head">${title.slice(0, 300)}</div>${shown}</li>`;
}

function pieceMarkup({ text, marked }: Piece): Markup {
  return marked ? html`<mark>${text}</mark>` : html`${text}`;
}
