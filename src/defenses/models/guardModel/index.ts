import { z } from 'zod';
import type { DefenseScope } from '../../../contracts/defense.ts';
import { quote } from '../../texts.ts';
import { askClassifier, askingParameters, askModel } from '../asking.ts';
import { createModelDetector, type PieceFinding } from '../modelDetector.ts';
import { UnreadableAnswer } from '../speaking.ts';
import type { ChatFamily, GuardVerdict, LabelFamily } from './adapter.ts';
import { graniteGuardian } from './graniteGuardian.ts';
import { moderation, promptGuard } from './labelFamilies.ts';
import { llamaGuard } from './llamaGuard.ts';
import { qwen3Guard } from './qwen3Guard.ts';
import { shieldGemma, shieldGemmaOllama } from './shieldGemma.ts';

const id = 'guard-model';

const families = {
  'llama-guard': llamaGuard,
  'granite-guardian': graniteGuardian,
  shieldgemma: shieldGemma,
  'shieldgemma-ollama': shieldGemmaOllama,
  qwen3guard: qwen3Guard,
  'prompt-guard': promptGuard,
  moderation,
} as const satisfies Record<string, ChatFamily | LabelFamily>;

const parameters = z.strictObject({
  ...askingParameters,
  /** Whose form the model speaks. */
  family: z.enum(Object.keys(families) as (keyof typeof families)[]),
  /** For `granite-guardian`: the risk to look for, by its name or in words; `jailbreak` if absent. */
  risk: z.string().min(1).max(2000).optional(),
  /** For families with scores: the score from which on a text is flagged. */
  threshold: z.number().gt(0).max(1).default(0.5),
  /** For families with labels: those that count, in place of the family's own. */
  labels: z.array(z.string().min(1)).min(1).max(100).optional(),
});
type Parameters = z.output<typeof parameters>;

export const guardModel = createModelDetector(
  {
    id,
    title: 'Guard model',
    description:
      'Asks a published guard model in its own form about every text that a service is about to show the agent. Most of them know harmful content and not injections.',
    source:
      'Model cards of Llama Guard 3 and 4, Granite Guardian, ShieldGemma, Qwen3Guard, Prompt Guard; OpenAI moderation',
  },
  {
    parameters,
    prepare(chosen, scope) {
      const { textLength } = families[chosen.family];
      const judgeOne = createJudge(chosen, scope);
      return {
        pieceLength: textLength,
        judge: (pieces, until) =>
          Promise.all(pieces.map(async (text) => toFinding(chosen.family, await judgeOne(text, until)))),
      };
    },
  },
);

type JudgeText = (text: string, until: AbortSignal) => Promise<GuardVerdict>;

function createJudge(chosen: Parameters, scope: DefenseScope): JudgeText {
  const family: ChatFamily | LabelFamily = families[chosen.family];
  if (family.speaks === 'labels') {
    const asker = askClassifier(id, scope, chosen);
    const options = { threshold: chosen.threshold, labels: chosen.labels };
    return async (text, until) => readable(family.read(await asker.ask(text, until), options));
  }
  const asker = askModel(id, scope, chosen);
  return async (text, until) => readable(family.read(await asker.ask(family.ask(text, chosen.risk), until)));
}

function readable(verdict: GuardVerdict | undefined): GuardVerdict {
  if (!verdict) throw new UnreadableAnswer();
  return verdict;
}

function toFinding(family: string, { flagged, score, labels }: GuardVerdict): PieceFinding | undefined {
  if (!flagged) return undefined;
  const named = labels.length > 0 ? ` (${labels.slice(0, 5).map(quote).join(', ')})` : '';
  return { score, reason: `text that ${family} flags${named}` };
}
