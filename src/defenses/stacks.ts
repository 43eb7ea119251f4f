import type { DefenseChoice } from '../contracts/experiment.ts';
import type { JsonObject } from '../contracts/json.ts';

/** A defense in a stack. */
export interface StackMember extends DefenseChoice {
  /** What it adds to the others, in one line. */
  readonly why: string;
}

/** Defenses that we have measured together and recommend, in order from the host to the service. */
export interface Stack {
  readonly id: string;
  /** Goes up when a member, its place, mode or parameters change: figures belong to one version. */
  readonly version: number;
  readonly title: string;
  /** One line: for whom, and at what price. */
  readonly description: string;
  readonly members: readonly StackMember[];
}

const observing = (id: string, why: string): StackMember => ({ id, mode: 'observe', parameters: {}, why });
const enforcing = (id: string, why: string, parameters: JsonObject = {}): StackMember => ({
  id,
  mode: 'enforce',
  parameters,
  why,
});

const observe: Stack = {
  id: 'observe',
  version: 1,
  title: 'Observe',
  description:
    'All deterministic detectors, which report and change nothing: to learn what would be stopped.',
  members: [
    observing('information-flow', 'values of calls that come from what services tell the agent'),
    observing('secrets', 'credentials and personal data on their way out'),
    observing('elicitation-guard', 'questions that ask for secrets or point to foreign addresses'),
    observing('budget', 'more calls, bytes and questions than tasks need'),
    observing('pinning', 'definitions that change after first sight'),
    observing('whitelist', 'services and tools that nobody has approved'),
    observing('schema-consistency', 'what contradicts its own declaration'),
    observing('instruction-classifier', 'texts that read like orders to an agent'),
    observing('hidden-text', 'what a person does not see or cannot read'),
    observing('namespace', "names that are taken for another service's"),
    observing('invariants', 'what the protocol forbids'),
  ],
};

/** What decides about calls and answers; it stands nearest to the host. */
const deciding: readonly StackMember[] = [
  enforcing('information-flow', 'no call does what only a service has said'),
  enforcing('secrets', 'credentials do not leave towards services without a reason'),
  enforcing('elicitation-guard', 'services do not ask for secrets'),
  enforcing('budget', 'no service keeps the agent busy'),
  enforcing('schema-consistency', 'what contradicts its own declaration does not count'),
];

/** What cleans up; nearest to the service, so that the others see what the agent is to see. */
const cleaning: readonly StackMember[] = [
  enforcing('sanitize', 'what a person does not see, the agent does not read'),
  enforcing('namespace', 'a name belongs to one service'),
];

const pinned = enforcing('pinning', 'what was seen first stays, and can still be used', {
  changes: 'restore',
});

const balanced: Stack = {
  id: 'balanced',
  version: 1,
  title: 'Balanced',
  description:
    'Stops what an obedient agent would do for others, with nobody to ask; honest tasks keep working, also beside an attack.',
  members: [
    ...deciding,
    ...cleaning,
    // Enforcing, it would withhold changed tools before they can be restored.
    observing('invariants', 'what the protocol forbids is told'),
    pinned,
  ],
};

const strict: Stack = {
  id: 'strict',
  version: 1,
  title: 'Strict',
  description:
    'The same, and texts that nobody can read and services that nobody has approved are kept from the agent whole.',
  members: [
    ...deciding,
    enforcing('whitelist', 'only what the user has approved is there'),
    enforcing('hidden-text', 'what a person cannot read, the agent does not read'),
    ...cleaning,
    enforcing('invariants', 'what the protocol forbids does not pass'),
    pinned,
  ],
};

/** The stacks that come with SafeMCP, from the lightest to the strictest. */
export const stacks: readonly Stack[] = [observe, balanced, strict];

/** How episodes and reports name a stack: with its version. */
export function stackName({ id, version }: Pick<Stack, 'id' | 'version'>): string {
  return `${id}@${version}`;
}

/** The stack with this id, or with this id and version; undefined when there is none. */
export function findStack(name: string): Stack | undefined {
  return stacks.find((stack) => stack.id === name || stackName(stack) === name);
}
