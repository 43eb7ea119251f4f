import { z } from 'zod';
import { type Level, levels } from '../engine/levels.ts';

/** AgentGym numbers its tasks by level, and within a level by seed. */
const levelCount = 40;
const maxChats = 50_000;

const chat = z.object({
  item_id: z.string().max(100),
  conversations: z
    .array(z.object({ from: z.enum(['human', 'gpt']), value: z.string() }))
    .max(4_000)
    .optional(),
});
/** A file of recorded chats, or of ids alone. */
export const chatsSchema = z.array(chat).max(maxChats);
export type Chat = z.infer<typeof chat>;

/** Which level and seed a recorded id stands for, or why it cannot be played. */
export function levelOf(id: string): { level: Level; seed: number } | { reason: string } {
  const [, digits] = /^babyai_(\d{1,12})$/.exec(id) ?? [];
  if (digits === undefined) return { reason: 'this is no id of BabyAI' };
  const number = (Number(digits) % levelCount) + 1;
  const level = levels.find((each) => each.number === number);
  if (!level) return { reason: `level ${number} is not one of those that AgentGym's tasks use` };
  return { level, seed: Math.floor(Number(digits) / levelCount) };
}

/** An action with the observation that answers it; the last answer of a chat is not recorded. */
export interface RecordedStep {
  readonly action: string;
  /** Absent where none is recorded. */
  readonly observation?: string;
}

export interface Recording {
  /** Goal and first observation. */
  readonly opening: string;
  readonly steps: readonly RecordedStep[];
}

/** The turns of a chat after the role prompt and its acknowledgment; `none` when they do not begin with a goal. */
export function recordingIn({ conversations = [] }: Chat): Recording | 'none' {
  const [opening, ...turns] = conversations.slice(2);
  if (opening?.from !== 'human' || !opening.value.startsWith('Your goal: ')) return 'none';
  const steps: RecordedStep[] = [];
  for (const [index, { from, value }] of turns.entries()) {
    if (from !== 'gpt') continue;
    const answer = turns[index + 1];
    const answered = answer?.from === 'human' && { observation: answer.value };
    steps.push({ action: actionIn(value), ...answered });
  }
  return { opening: opening.value, steps };
}

/** What the agent said after its last `Action:`, as it said it: the recordings show that nothing was stripped. */
function actionIn(turn: string): string {
  const mark = 'Action:';
  const start = turn.lastIndexOf(mark);
  return start < 0 ? '' : turn.slice(start + mark.length).trim();
}
