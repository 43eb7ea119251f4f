import type { ModelChoice } from '../contracts/experiment.ts';
import type { JsonObject, JsonValue } from '../contracts/json.ts';
import type { Address } from './address.ts';
import type { Account } from './budget.ts';
import type { Line } from './persist.ts';
import type { Replies } from './replies.ts';

/** A configured model on its way to be open. */
export interface Opening {
  readonly choice: ModelChoice;
  readonly line: Line;
  readonly account: Account;
  readonly replies: Replies;
  /** Aborted when the models are closed. */
  readonly closed: AbortSignal;
  /** Replies that come at the same moment are worked on one after the other. */
  turn(): Promise<void>;
  /** Found out at the first call. @throws MODEL_KEY */
  address(): Promise<Address>;
  /** Everything that a reply to `request` depends on. */
  question(request: JsonObject): JsonValue;
}
