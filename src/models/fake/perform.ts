import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { FakeBehavior, FakeFault } from './behavior.ts';
import { replyTo } from './reply.ts';
import { sendFailure, sendPieces } from './send.ts';
import type { FakeTurn } from './turn.ts';
import type { Answer, Reading, WireFormat } from './wireFormat.ts';

export interface Stage {
  readonly turn: FakeTurn;
  readonly format: WireFormat;
  readonly reading: Reading;
  readonly response: ServerResponse;
  /** The server is closing. */
  readonly ending: AbortSignal;
}

/** Does to a request what a policy decided. */
export async function perform(behavior: FakeBehavior, stage: Stage): Promise<void> {
  const { turn, format, reading, response, ending } = stage;
  if (behavior.delayMs !== undefined) await wait(behavior.delayMs, undefined, { signal: ending });
  if (response.destroyed) return;
  if ('status' in behavior) {
    const { status, retryAfter } = behavior;
    sendFailure(response, format, {
      status,
      message: `The local provider was told to answer ${status}`,
      n: turn.n,
      ...(retryAfter !== undefined && { retryAfter }),
    });
    return;
  }
  if ('fault' in behavior) return disturb(behavior.fault, stage);
  await sendPieces(response, reading.answer(replyTo(turn, behavior)), behavior.gate);
}

const page =
  '<!doctype html><html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>';

async function disturb(fault: FakeFault, { turn, reading, response }: Stage): Promise<void> {
  const answer = reading.answer(replyTo(turn, { say: 'This answer does not reach its end.' }));
  const whole = answer.pieces.join('');
  switch (fault) {
    case 'stall':
      return;
    case 'dropped':
      response.destroy();
      return;
    case 'cut-off':
      response.writeHead(200, { 'content-type': answer.contentType });
      response.write(whole.slice(0, whole.length / 2), () => response.destroy());
      return;
    case 'html':
      return sendPieces(response, { contentType: 'text/html', pieces: [page] });
    case 'invalid-json':
      return sendPieces(response, broken(answer));
  }
}

/** The first piece without its end, as a whole answer. */
function broken({ contentType, pieces: [first = ''] }: Answer): Answer {
  return { contentType, pieces: [`${first.trimEnd().slice(0, -3)}\n\n`] };
}
