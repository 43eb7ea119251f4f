import { z } from 'zod';
import type {
  Approval,
  ApprovalQuestion,
  Defense,
  DefenseInstance,
  DefenseMode,
  UserContext,
  Verdict,
} from '../contracts/defense.ts';
import { SafeMcpError } from '../contracts/errors.ts';
import type { DefenseChoice } from '../contracts/experiment.ts';
import type { Classifier, TextModel } from '../contracts/model.ts';
import type { ServiceInfo } from '../contracts/service.ts';
import type { MessageId, Tap } from '../contracts/wire.ts';
import { UnreadableAnswer } from './models/speaking.ts';
import { readParameters } from './parameters.ts';
import { type FailurePolicy, superviseTap, toError } from './supervision.ts';

/** What a defense set gets for one episode or gateway session. */
export interface DefenseSetScope {
  /** What the user has approved. */
  readonly approved: readonly ServiceInfo[];
  /** Nothing is known of the user if absent. */
  readonly user?: UserContext;
  report(verdict: Verdict): void;
  /** Asks the user; there is nobody to ask if absent. */
  ask?(question: ApprovalQuestion): Promise<Approval>;
  /** The model or classifier that the defense `by` may use; none if absent. */
  model?(id: string, by: string): TextModel | undefined;
  classifier?(id: string, by: string): Classifier | undefined;
  /** Told the milliseconds one message spent inside one defense, without what lies beyond it. */
  onTime?(defense: string, milliseconds: number): void;
  /**
   * Told each failure of a defense; what becomes of the message is the defense's parameter `onFailure`. When its model
   * did not answer in the form it was asked for, that is an UnreadableAnswer, and a refusal has a verdict too.
   */
  onFailure?(defense: string, error: Error): void;
}

/** A defense set at work. */
export interface DefenseSetInstance {
  /** The members' taps for a new connection to `service`, in order from the host to the service. */
  taps(service: string): Tap[];
  /** The members' texts for the agent's system prompt; empty when there are none. */
  readonly systemPrompt: string;
  /** Undoes the members' marking of what the agent reads. */
  readonly reveal: (text: string) => string;
}

interface Member {
  readonly id: string;
  readonly mode: DefenseMode;
  readonly onFailure: FailurePolicy;
  readonly instance: DefenseInstance;
}

const failurePolicy = z.object({ onFailure: z.enum(['open', 'closed']).default('closed') });

/**
 * Sets up the chosen defenses to run together. Every defense takes the parameter `onFailure`: `closed` (the
 * default) refuses a message the defense failed on, `open` lets it pass.
 * @param choices in order from the host to the service
 * @throws UNKNOWN_ID, INVALID_EXPERIMENT
 */
export function createDefenseSet(
  choices: readonly DefenseChoice[],
  catalog: readonly Defense[],
  scope: DefenseSetScope,
): DefenseSetInstance {
  const members = choices.map((choice) => createMember(choice, catalog, scope));
  const contain = <T>(id: string, action: () => T, otherwise: T): T => {
    try {
      return action();
    } catch (error) {
      scope.onFailure?.(id, toError(error));
      return otherwise;
    }
  };
  return {
    taps: (service) =>
      members.flatMap((member) => {
        const { id, onFailure, instance } = member;
        const tap = instance.tap?.(service);
        if (tap === undefined) return [];
        return superviseTap(tap, {
          defense: id,
          onFailure,
          onTime: (milliseconds) => scope.onTime?.(id, milliseconds),
          onError(error, message) {
            scope.onFailure?.(id, error);
            if (error instanceof UnreadableAnswer && onFailure === 'closed')
              scope.report(refusedUnread(member, error, message));
          },
        });
      }),
    systemPrompt: members.flatMap(({ instance }) => instance.systemPrompt ?? []).join('\n\n'),
    // The member nearest to the host marks last, so its mark is the outermost.
    reveal: (text) =>
      members.reduce(
        (seen, { id, instance }) => contain(id, () => instance.reveal?.(seen) ?? seen, seen),
        text,
      ),
  };
}

/** A model that a defense asks for. */
export interface AskedModel {
  readonly id: string;
  readonly as: 'model' | 'classifier';
}

/**
 * Checks a choice and its parameters, which each defense does when it is created.
 * @returns the models that it asks for
 * @throws UNKNOWN_ID, INVALID_EXPERIMENT
 */
export function checkDefense(choice: DefenseChoice, catalog: readonly Defense[]): readonly AskedModel[] {
  const asked: AskedModel[] = [];
  const unused = (): Promise<never> =>
    Promise.reject(new Error('Nothing is asked while a defense is checked'));
  createMember(choice, catalog, {
    approved: [],
    report: () => undefined,
    model(id) {
      asked.push({ id, as: 'model' });
      return { id, complete: unused };
    },
    classifier(id) {
      asked.push({ id, as: 'classifier' });
      return { id, classify: unused };
    },
  });
  return asked;
}

/** What a model answers is part of how its defense works, so a message that is refused for it has a verdict. */
function refusedUnread({ id, mode }: Member, { message: reason }: Error, message: MessageId): Verdict {
  return { defense: id, mode, action: 'block', score: 0.5, reason, spans: [], message };
}

function createMember(choice: DefenseChoice, catalog: readonly Defense[], scope: DefenseSetScope): Member {
  const { id, mode } = choice;
  const defense = catalog.find((each) => each.id === id);
  if (!defense)
    throw new SafeMcpError('UNKNOWN_ID', `There is no defense ${JSON.stringify(id.slice(0, 80))}`);
  if (!defense.modes.includes(mode))
    throw new SafeMcpError('INVALID_EXPERIMENT', `The defense ${id} cannot ${mode}`, {
      hint: `It can ${defense.modes.join(' and ')}`,
    });
  const { onFailure: _, ...parameters } = choice.parameters;
  return {
    id,
    mode,
    ...readParameters(id, failurePolicy, choice.parameters),
    instance: defense.create({
      mode,
      parameters,
      approved: scope.approved,
      user: scope.user ?? { instruction: '', privateContext: '' },
      ask: (question) => scope.ask?.(question) ?? Promise.resolve('absent'),
      model: (wanted) => scope.model?.(wanted, id),
      classifier: (wanted) => scope.classifier?.(wanted, id),
      report: (verdict) => scope.report({ ...verdict, defense: id, mode }),
    }),
  };
}
