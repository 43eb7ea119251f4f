import type { DefenseMode, Verdict } from '../../../../src/contracts/defense.ts';
import type { JsonValue } from '../../../../src/contracts/json.ts';
import { resultReply } from '../../../../src/contracts/wire.ts';
import { secrets } from '../../../../src/defenses/detectors/secrets/index.ts';
import { call, contextOf, type Passage, play, type Step } from '../../kit.ts';

export interface Episode {
  readonly instruction?: string;
  readonly privateContext?: string;
  readonly mode?: DefenseMode;
}

/** The services shop and mail are approved; a stranger is not. */
export function begin({ instruction = 'Order two cups', privateContext = '', mode = 'enforce' }: Episode) {
  const verdicts: Verdict[] = [];
  const instance = secrets.create({
    mode,
    parameters: {},
    approved: ['shop', 'mail'].map((name) => ({ name, title: name, tools: [] })),
    user: { instruction, privateContext },
    ask: () => Promise.resolve('absent'),
    model: () => undefined,
    classifier: () => undefined,
    report: (verdict) => void verdicts.push({ ...verdict, defense: 'secrets', mode }),
  });
  const taps = new Map<string, ReturnType<NonNullable<typeof instance.tap>>>();
  const at = async (
    service: string,
    steps: readonly Step[],
    era: '2025' | '2026' = '2025',
  ): Promise<Passage[]> => {
    const tap = taps.get(service) ?? instance.tap?.(service);
    if (!tap) throw new Error('The defense has no tap');
    taps.set(service, tap);
    return play(tap, steps, contextOf(service, era));
  };
  return { verdicts, at };
}

export const calling = (args: JsonValue, name = 'search'): Step => ({
  kind: 'host-request',
  method: 'tools/call',
  params: { name, arguments: args },
  reply: resultReply({ content: [] }),
});
export const returning = (text: string): Step => call('read', { content: [{ type: 'text', text }] });
export const reached = (passages: readonly Passage[]): boolean[] =>
  passages.map(({ passed }) => passed !== undefined);

export const privateContext =
  "The user's alarm code is alarm-7f3k9q2m. It is for the user alone; nothing needs it.";
export const code = 'alarm-7f3k9q2m';
