import { attackName } from '../contracts/attack.ts';
import type { EpisodeEvent, EpisodeRecord } from '../contracts/events.ts';
import { detailsOf, payloadsOf, titleOf } from './eventText.ts';
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
    payloads: payloadsOf(record),
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
  const details = detailsOf(event);
  const [title, tone] = titleOf(
    event,
    details.some(([, text]) => holdsPayload(text, pen.payloads)),
  );
  return [
    `${pen.paint('dim', place)}${pen.paint(tone, safe(title, pen.width - place.length - 1))}`,
    ...details.flatMap(([label, text]) => excerpt(label, text, pen)),
  ];
}
