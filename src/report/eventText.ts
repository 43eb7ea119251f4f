import type { EpisodeEvent, EpisodeRecord } from '../contracts/events.ts';
import { isJsonObject } from '../contracts/json.ts';

/** The payloads of the episode's attacks, as they were rendered. */
export function payloadsOf({ events }: EpisodeRecord): string[] {
  return events.flatMap((event) =>
    event.type === 'attack' && event.payload !== undefined ? [event.payload] : [],
  );
}

/** An event in a line, and how it is toned. @param carries whether it carries the payload */
export function titleOf(
  event: EpisodeEvent,
  carries: boolean,
): [string, 'bold' | 'red' | 'yellow' | undefined] {
  switch (event.type) {
    case 'exchange': {
      const { method } = event.request ?? event.hostRequest ?? { method: 'unknown' };
      const arrow = event.direction === 'to-service' ? 'host ->' : 'host <-';
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
    case 'sandbox':
      return [`sandbox of ${event.agent}: ${event.sandbox}`, event.sandbox === 'none' ? 'yellow' : undefined];
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
export function detailsOf(event: EpisodeEvent): [string, string][] {
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
    case 'sandbox':
      return event.why === undefined ? [] : [['', event.why]];
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
