import { readQuestion } from '../../kit/queries/wording.ts';
import type { Query } from '../queries.ts';
import { filmQuestions, personQuestions } from './asking.ts';
import { comparing, twoPeople } from './comparing.ts';

/** A question and how it wants its answer. */
interface Wanted {
  readonly question: string;
  readonly hint: string;
}

/** What a question of the original asks for. */
export function readMovie(text: string): ReturnType<typeof readQuestion<Query>> {
  const { question, hint } = split(text);
  const isList = /\b(?:array|list)\b/i.test(hint);
  const isYes = /\byes or no\b/i.test(hint);
  return readQuestion(question, [
    ...comparing(isYes),
    ...twoPeople(isYes),
    ...personQuestions(hint),
    ...filmQuestions(isList, isYes),
  ]);
}

/** The question ends with its question mark; what stands before `Can you provide the` makes no difference. */
function split(text: string): Wanted {
  const plain = text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"').trim();
  const end = plain.indexOf('?');
  const question = end < 0 ? plain : plain.slice(0, end + 1);
  return {
    hint: end < 0 ? plain : plain.slice(end + 1),
    question: question
      .replace(/^(?:may i ask, |please )/i, '')
      .replace(
        /^(?:(?:can|could) you (?:please )?(?:provide|give|tell)(?: me)?(?: with)?|may i (?:ask for|request)|what (?:is|are|was|were)) (?=the )/i,
        'What is ',
      )
      .replace(/^(?:can|could) you find out if (?=the )/i, 'Find out if '),
  };
}
