import type { ToolOutcome } from '../contracts/agent.ts';

/** An outcome whose text, and whose structured content, has no more than `most` characters, and says what is missing. */
export function cutOutcome(outcome: ToolOutcome, most: number): ToolOutcome {
  const text = cut(outcome.text, most);
  if (outcome.kind === 'protocol-error' || outcome.structured === undefined) return { ...outcome, text };
  const said = JSON.stringify(outcome.structured);
  if (said.length <= most) return { ...outcome, text };
  // It can only be cut as text; services are to say the same in both.
  const { structured: _, ...rest } = outcome;
  const notice = `[structured content left out: ${said.length} characters]`;
  return { ...rest, text: text === '' ? cut(said, most) : `${text}\n${notice}` };
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  // Half of a surrogate pair is no character.
  const kept = text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
  return `${kept}\n[cut here: ${text.length - kept.length} of ${text.length} characters left out]`;
}
