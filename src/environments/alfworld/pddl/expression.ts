import { UnfitGame } from './unfit.ts';

/** A word, or a bracket with what is in it. All words are in lower case, as PDDL knows no other. */
export type Expression = string | readonly Expression[];

const maxLength = 4_000_000;
const maxDepth = 100;

/**
 * Reads the one bracket that a PDDL text consists of.
 * @throws UnfitGame when the brackets do not match, or the text is too long or too deep
 */
export function parseExpression(text: string): readonly Expression[] {
  if (text.length > maxLength) throw new UnfitGame('the PDDL text is too long');
  const top: Expression[] = [];
  const open: Expression[][] = [top];
  for (const word of wordsOf(text.toLowerCase())) {
    if (word === '(') {
      if (open.length > maxDepth) throw new UnfitGame('the PDDL text is nested too deeply');
      open.push([]);
    } else if (word === ')') {
      const closed = open.pop();
      const around = open.at(-1);
      if (!closed || !around) throw new UnfitGame('the PDDL text closes a bracket that was not opened');
      around.push(closed);
    } else open.at(-1)?.push(word);
  }
  const [whole] = top;
  if (open.length !== 1 || top.length !== 1 || whole === undefined || typeof whole === 'string') {
    throw new UnfitGame('the PDDL text is not one bracket');
  }
  return whole;
}

/** Brackets and words; comments run from a semicolon to the end of the line. */
function wordsOf(text: string): readonly string[] {
  return text.replace(/;[^\n]*/g, '').match(/[()]|[^\s()]+/g) ?? [];
}

/** The word itself. @throws UnfitGame when it is a bracket */
export function wordOf(expression: Expression | undefined): string {
  if (typeof expression === 'string') return expression;
  throw new UnfitGame('the PDDL text has a bracket, or nothing, where a word belongs');
}

/** The members of a bracket. @throws UnfitGame when it is a word */
export function partsOf(expression: Expression | undefined): readonly Expression[] {
  if (expression !== undefined && typeof expression !== 'string') return expression;
  throw new UnfitGame('the PDDL text has a word, or nothing, where a bracket belongs');
}
