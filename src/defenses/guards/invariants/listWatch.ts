import type { DefenseScope } from '../../../contracts/defense.ts';
import { digest } from '../../../contracts/json.ts';
import type { McpRequest, WireContext } from '../../../contracts/wire.ts';
import { quote } from '../../texts.ts';
import { toolKey } from '../../toolGuard.ts';
import { note } from '../kit/flag.ts';
import {
  kindListedBy,
  type OfferedItem,
  type OfferKind,
  type OfferObjection,
  type OfferPage,
  stringIn,
  theOffer,
  toolKind,
} from '../kit/offers.ts';
import type { Step } from '../kit/steps.ts';
import { createCollector, differences, type Listing, type Probe, probe, probeMeta } from './listings.ts';
import type { InvariantParameters } from './parameters.ts';

/** Watches that lists stay the same for all callers and whatever was called before. */
export interface ListWatch {
  readonly step: Step;
  inspect(page: OfferPage): readonly OfferObjection[];
}

/**
 * In the 2026 era lists must not vary by connection or as a side effect of other requests (server/tools). So each list
 * is compared with what a neutral caller gets, and with what it was before calls of the agent. In the 2025 era a
 * caller names itself only once, and services may add things; what must not change there is what is already listed.
 */
export function watchLists(
  service: string,
  scope: DefenseScope,
  { probes, probeMs }: Pick<InvariantParameters, 'probes' | 'probeMs'>,
): ListWatch {
  const collector = createCollector();
  const before = new Map<OfferKind, Listing>();
  const neutral = new Map<OfferKind, Listing>();
  let called: string | undefined;
  let calls = 0;
  let left = probes;
  let era: WireContext['era'] = 'unknown';

  const ask = async (by: Omit<Probe, 'milliseconds'>): Promise<Listing | undefined> => {
    left--;
    const listing = await probe({ ...by, milliseconds: probeMs });
    // A service that keeps the probe waiting would keep the agent waiting each time.
    if (listing === 'failed') left = 0;
    return listing === 'failed' ? undefined : listing;
  };
  const askNeutrally = async (request: McpRequest, context: WireContext): Promise<void> => {
    const kind = kindListedBy(request);
    if (kind === undefined || request.params?.['cursor'] !== undefined) return;
    const meta = probeMeta(request, 'neutral');
    neutral.delete(kind);
    if (context.era !== '2026' || meta === undefined || left <= 0) return;
    const listing = await ask({ context, kind, meta });
    if (listing) neutral.set(kind, listing);
  };
  const askAfter = async (request: McpRequest, context: WireContext): Promise<void> => {
    const tool = stringIn(request.params?.['name']);
    const known = before.get(toolKind);
    called = tool;
    // After the first, second, fourth, eighth call and so on: few probes for a long time.
    const isTurn = Number.isInteger(Math.log2(++calls));
    if (!isTurn || known === undefined || left <= 0) return;
    const now = await ask({ context, kind: toolKind, meta: probeMeta(request, 'same') });
    if (now === undefined) return;
    const changed = differences(known, now);
    if (changed.length === 0) {
      called = undefined;
      return;
    }
    const reason = `the tools of ${service} are not the same after a call of ${quote(tool)}: ${changed.slice(0, 3).map(quote).join(', ')}`;
    note(scope, { score: 0.9, reason, spans: [{ path: '/name', text: tool }] }, request.id);
  };

  const objectionTo = (kind: OfferKind, item: OfferedItem): OfferObjection | undefined => {
    const key = toolKey(item.key);
    const now = digest(item.definition);
    const about = { key: item.key, spans: [{ path: item.path, text: item.key }] };
    const byOthers = neutral.get(kind);
    if (byOthers && byOthers.get(key) !== now)
      return {
        ...about,
        score: 1,
        reason: `${theOffer(kind, item.key, service)} is not the same for another caller`,
        remedy: { kind: 'withhold' },
      };
    const earlier = before.get(kind);
    if (earlier === undefined || called === undefined || earlier.get(key) === now) return undefined;
    const isNew = !earlier.has(key);
    const how = isNew ? 'is there only since' : 'is not the same as before';
    return {
      ...about,
      score: 0.8,
      reason: `${theOffer(kind, item.key, service)} ${how} a call of ${quote(called)}`,
      remedy: { kind: isNew && era !== '2026' ? 'keep' : 'withhold' },
    };
  };

  return {
    step: (next) => async (request, context) => {
      era = context.era;
      const reply = await next(request, context);
      if (reply.kind !== 'result') return reply;
      await askNeutrally(request, context);
      if (request.method === toolKind.use && reply.result['resultType'] !== 'input_required')
        await askAfter(request, context);
      return reply;
    },
    inspect(page) {
      const objections = page.items.map((item) => objectionTo(page.kind, item));
      const found = objections.filter((each) => each !== undefined);
      const whole = collector.add(page);
      // What has changed with a call stays an objection; what has changed by itself becomes the new state.
      if (whole && (called === undefined || !before.has(page.kind))) before.set(page.kind, whole);
      return found;
    },
  };
}
