import { SafeMcpError } from '../../contracts/errors.ts';
import { digest } from '../../contracts/json.ts';

/** A linear model over hashed n-grams. */
export interface Model {
  /** One weight for each bucket, in units of `scale`. */
  readonly weights: Int8Array;
  readonly scale: number;
  readonly bias: number;
}

/** A model as a file holds it. */
export interface StoredModel {
  /** {@link digestOf} the rest. */
  readonly digest: string;
  /** Base64 of the weights, one byte each; spaces and line breaks do not matter. */
  readonly weights: string;
  readonly scale: number;
  readonly bias: number;
  /** The probability from which on a window is flagged, if nothing else is said. */
  readonly threshold: number;
}

const whitespace = /\s+/g;
const lineLength = 400;

/** @throws INTERNAL when the model is not the one that the digest was made of */
export function loadModel(stored: StoredModel): Model {
  if (digestOf(stored) !== stored.digest)
    throw new SafeMcpError('INTERNAL', 'The weights of instruction-classifier are damaged', {
      hint: 'Install SafeMCP again; in a clone, npm run train-classifier writes them anew',
    });
  const bytes = Buffer.from(stored.weights.replace(whitespace, ''), 'base64');
  return { weights: Int8Array.from(bytes, asSigned), scale: stored.scale, bias: stored.bias };
}

export function storeModel({ weights, scale, bias }: Model, threshold: number): StoredModel {
  const text = Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength).toString('base64');
  const lines = text.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  const rest = { weights: lines.join('\n'), scale, bias, threshold };
  return { digest: digestOf(rest), ...rest };
}

/** SHA-256 over everything that decides what the model flags, in hex. */
function digestOf({ weights, scale, bias, threshold }: Omit<StoredModel, 'digest'>): string {
  return digest({ weights: weights.replace(whitespace, ''), scale, bias, threshold });
}

function asSigned(byte: number): number {
  return byte > 127 ? byte - 256 : byte;
}

/** The model's log odds for a window with `count` n-grams whose weights add up to `sum`. */
export function logOdds({ scale, bias }: Model, sum: number, count: number): number {
  return bias + (scale * sum) / Math.sqrt(Math.max(1, count));
}

/**
 * A sum below which the {@link logOdds} of so many tokens stay below `odds`: comparing spares most windows a root. Each
 * token has two n-grams of its own or more.
 */
export function leastSum({ scale, bias }: Model, odds: number, tokens: number): number {
  const beyond = odds - bias;
  // A little less, as both are rounded.
  return scale > 0 && beyond > 0
    ? 0.999 * (beyond / scale) * Math.sqrt(2 * tokens)
    : Number.NEGATIVE_INFINITY;
}

/** Log odds as a probability. */
export function probability(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}

/** The log odds of a probability. */
export function oddsOf(share: number): number {
  return Math.log(share / (1 - share));
}
