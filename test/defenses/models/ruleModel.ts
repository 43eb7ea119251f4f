import type { DefenseScope } from '../../../src/contracts/defense.ts';
import type { JsonObject } from '../../../src/contracts/json.ts';
import type { Classifier, TextModel, TextPrompt } from '../../../src/contracts/model.ts';

/** Whether a text is held for an attack. */
export type Rule = (text: string) => boolean;

export interface RuleModelOptions {
  readonly isBad: Rule;
  /** What a masked run calls after having read something bad. */
  readonly obeys?: readonly JsonObject[];
  /** The tools that a plan chooses. */
  readonly plans?: readonly string[];
  /** The values that a quarantined reader finds. */
  readonly reads?: JsonObject;
}

export interface Asked extends TextModel {
  readonly prompts: readonly TextPrompt[];
}

/** A model that answers every defense's question in the form it asks for, by a rule on the texts. */
export function ruleModel({ isBad, obeys = [], plans = [], reads = {} }: RuleModelOptions): Asked {
  const prompts: TextPrompt[] = [];
  const answer = ({ system, user }: TextPrompt): unknown => {
    if (system.includes('"flagged"'))
      return {
        flagged: textsIn(user).flatMap((text, index) =>
          isBad(text) ? [{ text: index + 1, reason: 'it gives orders' }] : [],
        ),
      };
    if (system.includes('"aligned"'))
      return { aligned: !isBad(textsIn(user).at(-1) ?? ''), reason: 'as the rule says' };
    if (system.includes('"calls"')) return { calls: isBad(user) ? obeys : [] };
    if (system.includes('"tools"')) return { tools: plans };
    if (system.includes('"fields"'))
      return { fields: Object.keys(reads).map((name) => ({ name, type: 'text' })) };
    return reads;
  };
  return {
    id: 'rule',
    prompts,
    complete(prompt) {
      prompts.push(prompt);
      if (prompt.system === '') return Promise.resolve(isBad(prompt.user) ? 'unsafe\nS2' : 'safe');
      return Promise.resolve(JSON.stringify(answer(prompt)));
    },
  };
}

/** The fenced texts of a question. */
export function textsIn(user: string): string[] {
  const texts: string[] = [];
  for (const match of user.matchAll(/\[begin of [^\]]*, key ([0-9a-f]+)\]\n/g)) {
    const from = match.index + match[0].length;
    const to = user.indexOf(`, key ${match[1]}]`, from);
    texts.push(user.slice(from, user.lastIndexOf('\n[end of ', to)));
  }
  return texts;
}

export function ruleClassifier(isBad: Rule): Classifier {
  return {
    id: 'rule',
    classify(text) {
      const score = isBad(text) ? 0.98 : 0.01;
      return Promise.resolve([
        { label: 'BENIGN', score: 1 - score },
        { label: 'INJECTION', score },
      ]);
    },
  };
}

/** A model that says the same whatever it is asked. */
export function sayingModel(answer: () => Promise<string>): TextModel {
  return { id: 'rule', complete: answer };
}

export function modelsOf(
  model: TextModel,
  classifier?: Classifier,
): Pick<DefenseScope, 'model' | 'classifier'> {
  return {
    model: (id) => (id === model.id ? model : undefined),
    classifier: (id) => (id === classifier?.id ? classifier : undefined),
  };
}

/** What a model-based defense cannot do without. */
export const neededParameters: ReadonlyMap<string, JsonObject> = new Map([
  ['llm-detector', { model: 'rule' }],
  ['guard-model', { model: 'rule', family: 'llama-guard' }],
  ['task-alignment', { model: 'rule' }],
  ['masked-rerun', { model: 'rule' }],
  ['dual-model', { model: 'rule' }],
]);
