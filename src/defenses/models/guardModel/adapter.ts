import type { ClassifierLabel, TextPrompt } from '../../../contracts/model.ts';

/** What a guard model says of a text. */
export interface GuardVerdict {
  readonly flagged: boolean;
  /** 0 to 1. */
  readonly score: number;
  /** What it calls the danger: category codes or labels, without the text's own words. */
  readonly labels: readonly string[];
}

interface Family {
  /** Characters of text that it is given at once; below its context, and near the length it was made for. */
  readonly textLength: number;
}

/** A guard model that is a language model with a form of its own. */
export interface ChatFamily extends Family {
  readonly speaks: 'chat';
  /** @param risk what to look for, for families that have to be told */
  ask(text: string, risk: string | undefined): Omit<TextPrompt, 'signal'>;
  /** @returns undefined when the answer is not in the model's form */
  read(answer: string): GuardVerdict | undefined;
}

/** A guard model that gives labels with scores. */
export interface LabelFamily extends Family {
  readonly speaks: 'labels';
  /** @returns undefined when no label means anything to this family */
  read(labels: readonly ClassifierLabel[], options: LabelOptions): GuardVerdict | undefined;
}

export interface LabelOptions {
  readonly threshold: number;
  /** The labels that count, in place of the family's own. */
  readonly labels: readonly string[] | undefined;
}

/** Tokens by which these models' prompts are built; in a stranger's text they could end it and begin the answer. */
const controlTokens = /<(?=\||\/?(?:start_of|end_of|begin_of|bos>|eos>|s>|score|think|guardian|no-think))/gi;

/** The text with its control tokens taken apart by a space. */
export function withoutControlTokens(text: string): string {
  return text.replace(controlTokens, '< ');
}
