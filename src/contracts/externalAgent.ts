import type { JsonObject } from './json.ts';
import type { FinishReason, ModelCredential } from './model.ts';

/** An agent that brings an MCP host of its own: a black box of which only the ends are seen. */
export interface ExternalAgent {
  readonly id: string;
  readonly title: string;
  readonly kind: 'external';
  readonly description: string;
  /** How the clients of its host reach services. */
  readonly entry: ServiceEntry['kind'];
  /** Where it shows what its model reads: in the requests to the model, or only in what crosses the wires. */
  readonly exposure: 'model' | 'wire';
  /**
   * Resolves with the answer to the user.
   * @throws HostFailure; ModelFailure when its model gave it none in the end; what `admitModelCall` gives; a SafeMcpError
   * when the whole run has to stop
   */
  run(session: ExternalSession): Promise<string>;
}

/** Where a host finds a service; as often as it likes, within limits. */
export type ServiceEntry =
  | {
      readonly kind: 'stdio';
      readonly service: string;
      readonly command: string;
      readonly args: readonly string[];
    }
  | { readonly kind: 'http'; readonly service: string; readonly url: string };

/** What an external agent gets for one episode. */
export interface ExternalSession {
  readonly instruction: string;
  readonly privateContext: string;
  /** Text of the host's operator and of defenses. */
  readonly systemPrompt: string;
  readonly entries: readonly ServiceEntry[];
  /** Absolute path of an empty folder of its own, removed when the episode has ended. */
  readonly folder: string;
  /** Absolute path of the folder with what the commands of `entries` connect to. */
  readonly sockets: string;
  /** Files and folders that the host must not read, where it can be kept from it. */
  readonly hidden: readonly string[];
  /** Aborted when the host has to end; `run` settles once nothing of the host is left. */
  readonly signal: AbortSignal;
  /** Whether the host has sent any message to a service. */
  connected(): boolean;
  /** Told of everything that is in front of the host's model; counts where `exposure` is `model`. */
  reads(text: string): void;
  /** The real key of the host's model, for the way to it: the host must not see it. Undefined when there is none. */
  credential(): Promise<ModelCredential | undefined>;
  /** Asked before each call of the host's model; gives the reason when there may be no further one. */
  admitModelCall(): Error | undefined;
  /** Records what the host is locked into; `why` tells why it is not. */
  locked(use: SandboxUse): void;
  /** Records a call of the host's model. */
  modelCalled(call: HostModelCall): void;
}

/** How a host is kept from the rest of the machine. */
export type SandboxUse =
  | { readonly sandbox: 'bubblewrap' }
  | { readonly sandbox: 'none'; readonly why: string };

/** A call of a host to its own model, as it was seen on the way. */
export interface HostModelCall {
  /** As the request names it. */
  readonly model: string;
  /** As the reply names it. */
  readonly version?: string;
  /** How many messages at the beginning are those of the previous call and its reply; `messages` holds the rest. */
  readonly carried: number;
  readonly messages: readonly JsonObject[];
  /** Names of the tools offered. */
  readonly tools: readonly string[];
  readonly reply:
    | {
        readonly kind: 'turn';
        readonly text: string;
        readonly calls: readonly JsonObject[];
        readonly finish: FinishReason;
      }
    | { readonly kind: 'failure'; readonly failure: string; readonly what: string };
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Milliseconds. */
  readonly ms: number;
}

export type HostProblem =
  | 'HOST_NOT_STARTED'
  | 'HOST_NEVER_CONNECTED'
  | 'HOST_CRASHED'
  | 'HOST_TIMEOUT'
  /** It asked its model, if at all, past the proxy that was to see what the model reads. */
  | 'HOST_MODEL_UNSEEN';

/** An external agent's host did not do its part; the episode is no measurement. */
export class HostFailure extends Error {
  readonly problem: HostProblem;

  constructor(problem: HostProblem, message: string) {
    super(message);
    this.name = 'HostFailure';
    this.problem = problem;
  }
}
