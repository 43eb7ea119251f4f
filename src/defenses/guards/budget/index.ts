import type { Defense } from '../../../contracts/defense.ts';
import type { Tap } from '../../../contracts/wire.ts';
import { readParameters } from '../../parameters.ts';
import { inOrder } from '../kit/steps.ts';
import { guardCalls } from './calls.ts';
import { type Account, type CallCount, limitsSchema } from './limits.ts';
import { guardLists } from './lists.ts';
import { guardMessages } from './messages.ts';

export const budget: Defense = {
  id: 'budget',
  title: 'Budget',
  description:
    'Limits calls, repetitions, sizes, time, questions, list pages and notifications, so that no service stalls or drains an agent.',
  kind: 'active',
  modes: ['observe', 'enforce'],
  covers: ['calls', 'sizes', 'time', 'questions', 'lists', 'notifications'],
  source: 'OWASP LLM 2025 LLM10, unbounded consumption; SAFE-MCP SAFE-T2102',
  create(scope) {
    const limits = readParameters('budget', limitsSchema, scope.parameters);
    // One for all services: a chain of calls may go from one to the other.
    const calls: CallCount = { total: 0, last: '', row: 0 };
    return { tap: (service) => createTap({ service, scope, limits, calls }) };
  },
};

function createTap(account: Account): Tap {
  const messages = guardMessages(account);
  return {
    name: 'budget',
    hostRequest: inOrder(guardCalls(account), guardLists(account), messages.replies),
    serviceRequest: messages.questions,
    notification: messages.notification,
  };
}
