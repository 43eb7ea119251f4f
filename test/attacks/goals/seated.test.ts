import { describe, expect, it } from 'vitest';
import { exfiltrateArgument } from '../../../src/attacks/goals/exfiltrateArgument.ts';
import { exfiltrateElicitation } from '../../../src/attacks/goals/exfiltrateElicitation.ts';
import { exfiltrateError } from '../../../src/attacks/goals/exfiltrateError.ts';
import type { Goal } from '../../../src/contracts/attack.ts';
import type { SinkTarget } from '../../../src/contracts/goal.ts';
import { isJsonObject, type JsonObject } from '../../../src/contracts/json.ts';
import { type Era, errorReply, resultReply, type Tap } from '../../../src/contracts/wire.ts';
import { spy, toolText } from '../../support/taps.ts';
import { createRichToy, repeated } from './richToy.ts';
import { type GoalStage, openGoalStage, type StageOptions } from './stage.ts';

const eras: readonly Era[] = ['2025', '2026'];

async function staged(
  goal: Goal,
  options: StageOptions,
  act: (stage: GoalStage) => Promise<void>,
): Promise<void> {
  const stage = await openGoalStage(createRichToy(), goal, options);
  try {
    await act(stage);
  } finally {
    await stage.close();
  }
}

/** The last literal of a wish: the name that the goal has drawn. */
function drawn({ goal }: GoalStage): string {
  return goal.wish.literals.at(-1) ?? '';
}

describe.each(eras)('exfiltrate-argument in era %s', (era) => {
  it('takes the argument out before the service sees it, and lets the call go on', async () => {
    const { tap, seen } = spy();
    await staged(exfiltrateArgument, { era, inner: { notes: tap } }, async (stage) => {
      const args = { title: 'family', [drawn(stage)]: { all: [stage.secret] } };
      const outcome = await stage.actor.call('notes', 'read_note', args);
      expect(outcome).toMatchObject({ kind: 'result', text: expect.stringContaining('Kim') as string });
      const call = seen.requests.find(({ method }) => method === 'tools/call');
      expect(call?.params).toMatchObject({ name: 'read_note', arguments: { title: 'family' } });
      expect(JSON.stringify(seen.requests)).not.toContain(stage.secret);
      expect(await stage.achieved('')).toHaveLength(1);
    });
  });

  it('hears nothing at other services, and nothing without the secret', async () => {
    await staged(exfiltrateArgument, { era }, async (stage) => {
      await stage.actor.call('tidy', 'tidy_text', { text: 'x', [drawn(stage)]: stage.secret });
      await stage.actor.call('notes', 'read_note', { title: 'family', [drawn(stage)]: 'the weather' });
      expect(stage.owned).toHaveLength(2);
      expect(await stage.achieved('')).toEqual([]);
    });
  });
});

describe('the harmless call of a seat', () => {
  const wishAt = async (seat: StageOptions['seat']): Promise<string> => {
    let text = '';
    await staged(exfiltrateArgument, seat ? { seat } : {}, async ({ goal }) => {
      text = goal.wish.text;
    });
    return text;
  };

  it('is the one to stall with, an argument sink, or the first tool', async () => {
    expect(await wishAt({ service: 'notes' })).toContain(JSON.stringify(repeated.arguments));
    expect(await wishAt({ service: 'tidy' })).toContain('tidy_text of the service tidy');
    expect(await wishAt({ service: 'post' })).toContain('tool read_inbox of the service post');
  });

  it("is a call of the attacker's own sink, at a service that it brings along", async () => {
    const sink: SinkTarget = {
      service: 'helper',
      channel: 'argument',
      outward: true,
      send: (text) => ({ service: 'helper', tool: 'help', arguments: { text } }),
      describe: () => 'help',
      literals: [],
      received: () => [],
    };
    expect(await wishAt({ service: 'helper', sink })).toContain('call the tool help of the service helper');
    await expect(wishAt({ service: 'helper' })).rejects.toThrow('No harmless call of helper');
  });
});

describe.each(eras)('exfiltrate-error in era %s', (era) => {
  it('answers its own tool by an error that a host understands, and passes on all others', async () => {
    const { tap, seen } = spy();
    await staged(exfiltrateError, { era, inner: { notes: tap } }, async (stage) => {
      const [tool] = stage.goal.wish.literals.slice(-3);
      const outcome = await stage.actor.call('notes', tool ?? '', { details: stage.secret });
      expect(outcome).toMatchObject({ kind: 'tool-error' });
      expect((await stage.host.tools()).map(({ name }) => name)).not.toContain(tool);
      expect(seen.requests.some(({ method }) => method === 'tools/call')).toBe(false);
      expect(await stage.achieved('')).toHaveLength(1);
      const other = await stage.actor.call('notes', 'no_such_tool', { details: stage.secret });
      expect(other.kind).toBe('protocol-error');
    });
  });
});

/** Says at the opening, and in each request, that the host takes no questions. */
const asksNothing: Tap = {
  name: 'no-elicitation',
  hostRequest: (next) => (request, context) => {
    const { capabilities: _, ...params } = request.params ?? {};
    const meta = isJsonObject(params['_meta']) ? params['_meta'] : {};
    const stripped: JsonObject = {
      ...params,
      ...(request.method === 'initialize' && { capabilities: {} }),
      _meta: { ...meta, 'io.modelcontextprotocol/clientCapabilities': {} },
    };
    return next({ ...request, params: stripped }, context);
  },
};

/** A host that declares questions and answers none. */
const failing: Tap = {
  name: 'failing',
  serviceRequest: () => async () => errorReply(-32601, 'No'),
};

describe.each(eras)('exfiltrate-elicitation in era %s', (era) => {
  const call = (stage: GoalStage, title = 'family') => stage.actor.call('notes', 'read_note', { title });

  it('shows a form with the field of the wish', () =>
    staged(exfiltrateElicitation, { era }, async (stage) => {
      await call(stage);
      expect(stage.questions).toMatchObject([{ service: 'notes', kind: 'form', fields: [drawn(stage)] }]);
    }));

  it('lets the call go on whatever comes back', async () => {
    for (const hostTap of [undefined, asksNothing, failing])
      await staged(exfiltrateElicitation, { era, ...(hostTap && { hostTap }) }, async (stage) => {
        for (const _ of [1, 2, 3, 4])
          expect(await call(stage)).toMatchObject({
            kind: 'result',
            text: expect.stringContaining('Kim') as string,
          });
        expect(stage.questions).toHaveLength(hostTap ? 0 : 3);
        expect(await stage.achieved('')).toEqual([]);
      });
  });

  it('asks at most three times, two of which are kept for the call of the wish', () =>
    staged(exfiltrateElicitation, { era }, async (stage) => {
      for (const _ of [1, 2, 3]) await call(stage, 'vault');
      expect(stage.questions).toHaveLength(1);
      for (const _ of [1, 2, 3]) await call(stage);
      expect(stage.questions).toHaveLength(3);
    }));

  it('does not ask before the payload was on the wire', async () => {
    let delivered = false;
    await staged(exfiltrateElicitation, { era, delivered: () => delivered }, async (stage) => {
      await call(stage);
      expect(stage.questions).toEqual([]);
      delivered = true;
      await call(stage);
      expect(stage.questions).toHaveLength(1);
    });
  });

  it('counts what was accepted, in any plain encoding, and not what was declined', async () => {
    const answering = (kind: 'accept' | 'decline') =>
      staged(exfiltrateElicitation, { era }, async (stage) => {
        const content = { [drawn(stage)]: Buffer.from(stage.secret).toString('hex') };
        stage.host.answerWith(() => (kind === 'accept' ? { kind, content } : { kind }));
        await call(stage);
        expect(await stage.achieved('')).toHaveLength(kind === 'accept' ? 1 : 0);
      });
    await answering('accept');
    await answering('decline');
  });

  it('answers its own form only, and only with what it has read', () =>
    staged(exfiltrateElicitation, { era }, async (stage) => {
      const [field, { goal }] = [drawn(stage), stage];
      const question = { service: 'notes', kind: 'form' as const, text: '', fields: [field] };
      expect(goal.reply?.(question)).toBeUndefined();
      await goal.carryOut(stage.actor);
      expect(goal.reply?.(question)).toEqual({ kind: 'accept', content: { [field]: stage.secret } });
      expect(goal.reply?.({ ...question, service: 'post' })).toBeUndefined();
      expect(goal.reply?.({ ...question, fields: ['name'] })).toBeUndefined();
      expect(goal.reply?.({ ...question, kind: 'url' })).toBeUndefined();
      expect(goal.ownsText?.(`it is ${stage.secret}`, 'service')).toBe(true);
      expect(goal.ownsText?.('it is nothing', 'service')).toBe(false);
    }));
});

describe('questions of the honest service', () => {
  /** An honest service that asks once in the 2026 era, and tells what it was answered. */
  const asking: Tap = {
    name: 'asking',
    hostRequest: (next) => async (request, context) => {
      if (request.method !== 'tools/call') return next(request, context);
      const responses = request.params?.['inputResponses'];
      if (responses !== undefined) return toolText(JSON.stringify(responses));
      const params = {
        message: 'How many?',
        requestedSchema: { type: 'object', properties: { count: { type: 'string' } } },
      };
      return resultReply({
        resultType: 'input_required',
        inputRequests: { own: { method: 'elicitation/create', params } },
        requestState: 'honest',
      });
    },
  };

  it('are not mixed up with the attacker’s', () =>
    staged(exfiltrateElicitation, { inner: { notes: asking } }, async (stage) => {
      const asked: string[] = [];
      stage.host.answerWith(({ fields }) => {
        asked.push(...fields);
        return fields.includes('count') ? { kind: 'accept', content: { count: '3' } } : { kind: 'decline' };
      });
      const outcome = await stage.actor.call('notes', 'read_note', { title: 'family' });
      expect(outcome).toMatchObject({
        kind: 'result',
        text: expect.stringContaining('"count":"3"') as string,
      });
      expect(asked).toEqual([drawn(stage), 'count']);
      expect(await stage.achieved('')).toEqual([]);
    }));
});
