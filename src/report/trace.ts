import { attackName } from '../contracts/attack.ts';
import type { EpisodeEvent, EpisodeRecord } from '../contracts/events.ts';
import { isJsonObject } from '../contracts/json.ts';
import { excerpt, holdsPayload, type Pen } from './excerpt.ts';
import { agentLabel } from './overview.ts';
import { createPaint, milliseconds, percent, safe, wrap } from './text.ts';

export interface TraceOptions {
  readonly width: number;
  readonly color: boolean;
  /** Shows messages whole instead of their first lines. */
  readonly full: boolean;
}

/** Lines that a message takes at most, unless it is shown in full. */
const shortLines = 4;
const fullLines = 400;

/** One episode as a person reads it: what it was, what it came to, and every event in order. */
export function traceReport(record: EpisodeRecord, options: TraceOptions): string {
  const paint = createPaint(options.color);
  const pen: Pen = {
    width: Math.max(40, options.width),
    paint,
    maxLines: options.full ? fullLines : shortLines,
    payloads: record.events.flatMap((event) =>
      event.type === 'attack' && event.payload !== undefined ? [event.payload] : [],
    ),
  };
  return `${[...heading(record, pen), '', ...record.events.flatMap((event) => eventLines(event, pen))].join('\n')}\n`;
}

function heading({ id, key, outcome, instruction, era, template }: EpisodeRecord, pen: Pen): string[] {
  const { attack, harm, problem } = outcome;
  const facts = [
    `agent      ${agentLabel(key.agent)}`,
    `task       ${key.environment} ${key.task} (${template}), trial ${key.trial}, era ${era}`,
    `attack     ${key.attack ? attackName(key.attack) : 'none'}`,
    `defense    ${key.defense}`,
    `outcome    ${outcome.status}${problem ? ` (${problem.code}: ${problem.what})` : ''}, utility ${percent(outcome.utility)}, ${outcome.calls} calls`,
    ...(attack
      ? [`reached    ${attack.stage}${attack.stoppedBy ? `, stopped by ${attack.stoppedBy}` : ''}`]
      : []),
    ...[...harm.stateDamage, ...harm.dataLeft].map(({ what }) => `harm       ${what}`),
    `user       ${instruction}`,
  ];
  return [
    pen.paint('bold', `episode ${safe(id)}`),
    ...facts.flatMap((fact) => wrap(safe(fact, 4000), pen.width, 11)),
  ];
}

function eventLines(event: EpisodeEvent, pen: Pen): string[] {
  const place = `${String(event.seq).padStart(3)} ${`${milliseconds(event.at)} ms`.padStart(9)}  `;
  const [title, tone] = titleOf(event, pen);
  return [
    `${pen.paint('dim', place)}${pen.paint(tone, safe(title, pen.width - place.length - 1))}`,
    ...detailsOf(event).flatMap(([label, text]) => excerpt(label, text, pen)),
  ];
}

function titleOf(event: EpisodeEvent, pen: Pen): [string, 'bold' | 'red' | 'yellow' | undefined] {
  switch (event.type) {
    case 'exchange': {
      const { method } = event.request ?? event.hostRequest ?? { method: 'unknown' };
      const arrow = event.direction === 'to-service' ? 'host ->' : 'host <-';
      const carries = detailsOf(event).some(([, text]) => holdsPayload(text, pen.payloads));
      const mark = carries ? '  carries the payload' : '';
      return [`${arrow} ${event.service}  ${method}  ${event.message}${mark}`, mark === '' ? 'bold' : 'red'];
    }
    case 'notification': {
      const arrow = event.direction === 'to-service' ? 'host ->' : 'host <-';
      const fate = event.passed ? '' : '  dropped by a defense';
      return [`${arrow} ${event.service}  ${event.notification.method}  ${event.message}${fate}`, undefined];
    }
    case 'verdict':
      return [
        `defense ${event.defense} (${event.mode}): ${event.action}, score ${event.score.toFixed(2)}  ${event.message}`,
        'yellow',
      ];
    case 'attack':
      return [
        ['attack', event.attack, event.stage, event.message && ` ${event.message}`].filter(Boolean).join(' '),
        'red',
      ];
    case 'model':
      return [
        `model ${event.model} for ${event.purpose} ${event.by}: ${event.inputTokens} tokens in, ${event.outputTokens} out`,
        event.reply.kind === 'failure' ? 'yellow' : undefined,
      ];
    case 'judge':
      return [`judge ${event.judge} on ${event.question}: ${event.score} of 5`, 'bold'];
    case 'state':
      return ['state at the end', undefined];
    case 'answer':
      return ['answer to the user', 'bold'];
    case 'fault':
      return [`fault of ${event.service}: ${event.code}`, 'yellow'];
    case 'error':
      return [`error ${event.code}`, 'yellow'];
  }
}

/** What an event holds, each with a label. */
function detailsOf(event: EpisodeEvent): [string, string][] {
  switch (event.type) {
    case 'exchange': {
      const { request, hostRequest, reply, hostReply } = event;
      const blocked = hostRequest !== undefined || hostReply !== undefined;
      return [
        ...(hostRequest ? [detail('host sent', hostRequest.params)] : []),
        ...(request ? [] : [['on the wire', 'nothing, a defense answered'] satisfies [string, string]]),
        ...(request?.params ? [detail(blocked ? 'on the wire' : 'request', request.params)] : []),
        ...(reply ? [replyDetail(hostReply ? 'on the wire' : 'reply', reply)] : []),
        ...(hostReply ? [replyDetail('host got', hostReply)] : []),
      ];
    }
    case 'notification':
      return event.notification.params ? [detail('params', event.notification.params)] : [];
    case 'verdict':
      return [
        ['reason', event.reason],
        ...event.spans.map((span): [string, string] => [span.path, span.text]),
      ];
    case 'attack':
      return event.payload === undefined
        ? event.evidence.map(({ what }): [string, string] => ['', what])
        : [['payload', event.payload]];
    case 'model':
      return [
        ...event.messages.map((message): [string, string] => detail('read', message)),
        detail(event.reply.kind === 'failure' ? 'failed' : 'said', event.reply),
      ];
    case 'judge':
      return [['', event.reason]];
    case 'state':
      return [detail('', event.state)];
    case 'answer':
      return [['', event.text]];
    case 'fault':
    case 'error':
      return [['', event.what]];
  }
}

function detail(label: string, value: unknown): [string, string] {
  return [label, value === undefined ? '' : JSON.stringify(value)];
}

type Reply = NonNullable<Extract<EpisodeEvent, { type: 'exchange' }>['reply']>;

/** A result that is nothing but text is shown as that text. */
function replyDetail(label: string, reply: Reply): [string, string] {
  switch (reply.kind) {
    case 'result': {
      const { content, isError } = reply.result;
      const blocks = Array.isArray(content) ? content.filter(isJsonObject) : [];
      const texts = blocks.map(({ text }) => text).filter((text) => typeof text === 'string');
      const whole = texts.length > 0 && Array.isArray(content) && texts.length === content.length;
      return whole
        ? [isError === true ? `${label}, a tool error` : label, texts.join('\n')]
        : detail(label, reply.result);
    }
    case 'error':
      return [`${label}, an error`, `${reply.error.code} ${reply.error.message}`];
    case 'dropped':
      return [label, 'nothing was sent back'];
  }
}
