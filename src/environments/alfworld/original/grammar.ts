import { z } from 'zod';
import { UnfitGame } from '../pddl/unfit.ts';
import { readRules, type TextRules, type WrittenProduction } from '../text/rules.ts';

const productions = z.record(
  z.string(),
  z.array(z.object({ condition: z.string().optional(), rhs: z.string() })).min(1),
);

/** A block of productions, or the beginning of an action, with everything up to the next one. */
const section = /^[ \t]*(?:grammar\s*::|action\s+(\w+)\s*\{)/gm;
const block = /"""([\s\S]*?)"""/;
const template = /\btemplate\s*::\s*"([^"\n]*)"/;
const feedback = /\bfeedback\s*::\s*"([^"\n]*)"/;

/**
 * Reads the text rules of a game in TextWorld's notation: blocks of productions in JSON, and actions, each with a
 * template for its command, a feedback and perhaps productions of its own.
 * @throws UnfitGame
 */
export function parseGrammar(text: string): TextRules {
  const commands: Record<string, { template: string; feedback: string }> = {};
  const produced: Record<string, readonly WrittenProduction[]> = {};
  for (const { action, body } of sectionsOf(text)) {
    Object.assign(produced, productionsIn(body));
    if (action !== undefined) {
      const command = template.exec(body)?.[1];
      const says = feedback.exec(body)?.[1];
      if (command === undefined || says === undefined) {
        throw new UnfitGame(`the grammar gives no template or no feedback for the action ${action}`);
      }
      commands[action] = { template: command, feedback: says };
    }
  }
  if (Object.keys(commands).length === 0) throw new UnfitGame('the grammar has no actions');
  return readRules({ commands, productions: produced });
}

/** An action's own block of productions begins a section too; it may stand without a name. */
function sectionsOf(text: string): { action: string | undefined; body: string }[] {
  const starts = [...text.matchAll(section)];
  return starts.map((start, place) => ({
    action: start[1],
    body: text.slice(start.index, starts[place + 1]?.index ?? text.length),
  }));
}

function productionsIn(body: string): z.output<typeof productions> {
  const written = block.exec(body)?.[1];
  if (written === undefined) return {};
  const lines = written.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  const read = productions.safeParse(parseJson(lines.join('\n')));
  if (!read.success) throw new UnfitGame('the grammar has a block of productions that cannot be read');
  return read.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
