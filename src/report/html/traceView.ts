import { attackName } from '../../contracts/attack.ts';
import type { EpisodeEvent, EpisodeRecord } from '../../contracts/events.ts';
import { detailsOf, payloadsOf, titleOf } from '../eventText.ts';
import { clipPieces, markPayload, type Piece } from '../payload.ts';
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
  ].map(([name = '', text = '']) => html`<div><dt>${name}</dt><dd>${text.slice(0, 1000)}</dd></div>`);
  const told = tellingEvents(events, payloads);
  return html`<details class="trace"><summary>${what} <span class="note">${shortName(key.environment)} ${key.task}</span></summary><dl class="facts">${facts}</dl><ol class="events">${told.map((event) => (typeof event === 'number' ? skipped(event) : eventMarkup(event, payloads)))}</ol></details>`;
}

function skipped(events: number): Markup {
  return html`<li class="skipped">${events} more ${events === 1 ? 'event' : 'events'}</li>`;
}

/** The events that matter most, in order, with the number of those left out between them. */
function tellingEvents(
  events: readonly EpisodeEvent[],
  payloads: readonly string[],
): (EpisodeEvent | number)[] {
  const kept = new Set(
    events
      .map((event) => ({ event, weight: weightOf(event, payloads) }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight || a.event.seq - b.event.seq)
      .slice(0, maxEvents)
      .map(({ event }) => event),
  );
  const told: (EpisodeEvent | number)[] = [];
  let hidden = 0;
  for (const event of events) {
    if (!kept.has(event)) hidden++;
    else {
      if (hidden > 0) told.push(hidden);
      hidden = 0;
      told.push(event);
    }
  }
  return hidden > 0 ? [...told, hidden] : told;
}

function weightOf(event: EpisodeEvent, payloads: readonly string[]): number {
  switch (event.type) {
    case 'attack':
      return 6;
    case 'verdict':
      return 5;
    case 'answer':
    case 'error':
      return 4;
    case 'exchange': {
      const method = (event.request ?? event.hostRequest)?.method;
      if (detailsOf(event).some(([, text]) => carries(text, payloads))) return 3;
      return event.hostReply !== undefined || event.request === undefined
        ? 3
        : method === 'tools/call'
          ? 2
          : 0;
    }
    case 'model':
    case 'fault':
      return 2;
    case 'notification':
      return 1;
    case 'state':
      return 0;
  }
}

function carries(text: string, payloads: readonly string[]): boolean {
  return markPayload(text, payloads).some(({ marked }) => marked);
}

function eventMarkup(event: EpisodeEvent, payloads: readonly string[]): Markup {
  const details = detailsOf(event).filter(([, text]) => text !== '');
  const pieces = details.map(([label, text]) => ({ label, pieces: markPayload(text, payloads) }));
  const marked = pieces.some((detail) => detail.pieces.some((piece) => piece.marked));
  const [title] = titleOf(event, marked);
  const shown = pieces
    .sort(
      (a, b) =>
        Number(b.pieces.some((piece) => piece.marked)) - Number(a.pieces.some((piece) => piece.marked)),
    )
    .slice(0, maxDetails)
    .map(
      (detail) =>
        html`<div class="detail">${detail.label && html`<b>${detail.label.slice(0, 60)}</b> `}${clipPieces(detail.pieces, maxCharacters).map(pieceMarkup)}</div>`,
    );
  return html`<li class="e-${event.type}${marked ? ' marked' : ''}"><div class="head">${title.slice(0, 300)}</div>${shown}</li>`;
}

function pieceMarkup({ text, marked }: Piece): Markup {
  return marked ? html`<mark>${text}</mark>` : html`${text}`;
}
