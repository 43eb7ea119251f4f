import type { Defense, DefenseInstance } from '../../src/contracts/defense.ts';
import type { DefenseChoice } from '../../src/contracts/experiment.ts';
import type { JsonObject } from '../../src/contracts/json.ts';
import { type Exchange, resultReply, type Tap } from '../../src/contracts/wire.ts';
import type { DefenseSetScope } from '../../src/defenses/compose.ts';
import { composeHostRequest } from '../../src/protocol/chain.ts';
import { contextOf } from './kit.ts';

export const context = contextOf('shop', '2025');
export const request = { id: 'shop#1', method: 'tools/call', params: { name: 'search' } };
export const served = resultReply({ content: [] });

export function define(id: string, instance: DefenseInstance): Defense {
  return {
    id,
    title: id,
    description: id,
    kind: 'active',
    modes: ['enforce'],
    source: 'ours',
    create: () => instance,
  };
}

export function defineTap(id: string, tap: Omit<Tap, 'name'>): Defense {
  return define(id, { tap: () => ({ name: id, ...tap }) });
}

export function choose(id: string, parameters: JsonObject = {}): DefenseChoice {
  return { id, mode: 'enforce', parameters };
}

export function createScope(): DefenseSetScope & { times: [string, number][]; failures: [string, string][] } {
  const [times, failures]: [[string, number][], [string, string][]] = [[], []];
  return {
    times,
    failures,
    approved: [],
    report: () => undefined,
    onTime: (defense, milliseconds) => void times.push([defense, milliseconds]),
    onFailure: (defense, error) => void failures.push([defense, error.message]),
  };
}

export function exchangeOf(taps: readonly Tap[], last: Exchange): Exchange {
  return composeHostRequest(taps, last);
}
