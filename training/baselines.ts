import type { Tap, WireContext } from '../src/contracts/wire.ts';
import { phraseDetector } from '../src/defenses/phraseDetector.ts';

/** A detector that is not trained. */
export interface Baseline {
  readonly name: string;
  flags(text: string): boolean;
}

const phrase = 'ignore previous instructions';

/** What every detector has to be better than. */
export const baselines: readonly Baseline[] = [
  { name: `the phrase "${phrase}"`, flags: (text) => text.toLowerCase().includes(phrase) },
  { name: '`phrase-detector`', flags: askPhraseDetector() },
];

const context: WireContext = {
  service: 'service',
  era: '2025',
  transport: 'memory',
  signal: new AbortController().signal,
  notify: () => undefined,
  request: () => Promise.resolve({ kind: 'dropped' }),
};

/** Whether `phrase-detector` reports a notification with this text. */
function askPhraseDetector(): (text: string) => boolean {
  let reports = 0;
  const { tap } = phraseDetector.create({
    mode: 'observe',
    parameters: {},
    approved: [],
    user: { instruction: '', privateContext: '' },
    ask: () => Promise.resolve('absent'),
    model: () => undefined,
    classifier: () => undefined,
    report: () => void reports++,
  });
  const listener: Tap | undefined = tap?.('service');
  return (text) => {
    const before = reports;
    const message = { id: 'service#1', direction: 'to-host', method: 'notifications/message' } as const;
    void listener?.notification?.({ ...message, params: { text } }, context);
    return reports > before;
  };
}
