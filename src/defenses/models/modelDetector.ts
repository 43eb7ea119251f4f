import type { z } from 'zod';
import type { Defense, DefenseScope } from '../../contracts/defense.ts';
import type { Exchange, Tap } from '../../contracts/wire.ts';
import { readParameters } from '../parameters.ts';
import { createTextDetector, type InspectText, type TextFinding } from '../textDetector.ts';
import { clip } from '../texts.ts';
import { toolKey } from '../toolGuard.ts';
import { type Piece, piecesOf, speakingTexts, speaks } from './pieces.ts';

/** What a model holds against a piece of text. */
export type PieceFinding = Pick<TextFinding, 'score' | 'reason'>;

/** A way to have pieces of text judged by a model. */
export interface Judging {
  /** Characters of one piece. */
  readonly pieceLength: number;
  /**
   * The findings in the order of the pieces.
   * @throws when the model gives no usable answer
   */
  judge(pieces: readonly string[], until: AbortSignal): Promise<readonly (PieceFinding | undefined)[]>;
}

interface Tuning<Schema extends z.ZodType> {
  readonly parameters: Schema;
  prepare(parameters: z.output<Schema>, scope: DefenseScope): Judging;
}

type Facts = Pick<Defense, 'id' | 'title' | 'description' | 'source'>;

/** A detector that has a model read whatever the agent would read, before the agent does. */
export function createModelDetector<Schema extends z.ZodType>(
  facts: Facts,
  { parameters, prepare }: Tuning<Schema>,
): Defense {
  const covers = [
    'tool definitions',
    'results',
    'errors',
    'resources',
    'prompts',
    'questions',
    'notifications',
  ];
  return {
    ...facts,
    kind: 'passive',
    modes: ['observe', 'enforce'],
    needsModel: true,
    covers,
    create(scope) {
      const judging = prepare(readParameters(facts.id, parameters, scope.parameters), scope);
      const judgements = createJudgements(judging, `[withheld by ${facts.id}]`);
      const detector = createTextDetector(facts, judgements.inspect, { names: true });
      const { tap } = detector.create({ ...scope, parameters: {} });
      return { tap: (service) => judgedFirst(tap?.(service) ?? { name: facts.id }, judgements) };
    },
  };
}

/** What the model has said of texts so far in the episode. */
interface Judgements {
  /** Has the model read the texts in `body` that it has not read yet. */
  learn(body: unknown, until: AbortSignal): Promise<void>;
  readonly inspect: InspectText;
}

/** Texts remembered per episode; the ones longest unseen go first. */
const maxKnown = 5000;
/** Pieces of one message, and their characters, that are read; texts beyond them count as findings. */
const maxPieces = 500;
const maxCharacters = 300_000;
const shownExcerpt = 600;

const unread: TextFinding = {
  score: 0.5,
  reason: 'more text than the model is given to read',
  excerpt: '',
};

function createJudgements({ pieceLength, judge }: Judging, notice: string): Judgements {
  const known = new Map<string, TextFinding | 'clean'>();
  /** True when it is known; it then counts as just seen. */
  const recall = (key: string): boolean => {
    const finding = known.get(key);
    if (finding === undefined) return false;
    known.delete(key);
    known.set(key, finding);
    return true;
  };
  const remember = (text: string, finding: TextFinding | undefined): void => {
    known.set(toolKey(text), finding ?? 'clean');
    for (const key of known.keys()) {
      if (known.size <= maxKnown) break;
      known.delete(key);
    }
  };
  return {
    async learn(body, until) {
      const texts = speakingTexts(body).filter((text) => !recall(toolKey(text)));
      let [pieceRoom, characterRoom] = [maxPieces, maxCharacters];
      const read = texts.flatMap((text) => {
        if (text.length > characterRoom) return [];
        const pieces = piecesOf(text, pieceLength);
        if (pieces.length > pieceRoom) return [];
        pieceRoom -= pieces.length;
        characterRoom -= text.length;
        return [{ text, pieces }];
      });
      if (read.length === 0) return;
      const asked = read.flatMap(({ pieces }) => pieces.map((piece) => piece.text));
      const findings = await judge(asked, until);
      let place = 0;
      for (const { text, pieces } of read) {
        remember(text, findingOf(text, pieces, findings.slice(place, place + pieces.length), notice));
        place += pieces.length;
      }
    },
    inspect(text, place) {
      if (!speaks(text, place)) return undefined;
      const finding = known.get(toolKey(text)) ?? { ...unread, excerpt: clip(text, shownExcerpt) };
      return finding === 'clean' ? undefined : finding;
    },
  };
}

/** The finding about a text from those about its pieces; flagged pieces are left out of its rest. */
function findingOf(
  text: string,
  pieces: readonly Piece[],
  findings: readonly (PieceFinding | undefined)[],
  notice: string,
): TextFinding | undefined {
  let worst: TextFinding | undefined;
  let rest = '';
  let at = 0;
  for (const [index, piece] of pieces.entries()) {
    const finding = findings[index];
    if (!finding) continue;
    if (!worst || finding.score > worst.score)
      worst = { ...finding, excerpt: clip(piece.text, shownExcerpt) };
    rest += text.slice(at, Math.max(at, piece.from)) + notice;
    at = piece.from + piece.text.length;
  }
  return worst && { ...worst, rest: rest + text.slice(at) };
}

/** The tap with the model's reading before each of its steps. */
function judgedFirst(tap: Tap, { learn }: Judgements): Tap {
  const reading =
    (next: Exchange): Exchange =>
    async (request, context) => {
      const reply = await next(request, context);
      if (reply.kind === 'result') await learn(shownAtOnce(reply.result, context.era), context.signal);
      if (reply.kind === 'error') await learn(reply.error, context.signal);
      return reply;
    };
  return {
    name: tap.name,
    hostRequest: (next) => tap.hostRequest?.(reading(next)) ?? next,
    serviceRequest: (next) => async (request, context) => {
      await learn(request.params, context.signal);
      return (tap.serviceRequest?.(next) ?? next)(request, context);
    },
    notification(message, context) {
      if (message.direction === 'to-service' || speakingTexts(message.params).length === 0)
        return tap.notification?.(message, context);
      return learn(message.params, context.signal).then(() => tap.notification?.(message, context));
    },
  };
}

/** What a 2026-era service asks inside a result comes as requests of its own. */
function shownAtOnce(result: object, era: string): object {
  if (era !== '2026' || !('resultType' in result) || result.resultType !== 'input_required') return result;
  return { ...result, inputRequests: undefined };
}
