import { expect, test } from 'vitest';
import { isSafeMcpError } from '../../../src/contracts/errors.ts';
import { builtInCatalog, extendCatalog } from '../../../src/experiment/catalog.ts';
import { parseExperiment } from '../../../src/experiment/definition/index.ts';
import { ruleModel } from '../../defenses/models/ruleModel.ts';

const withModel = extendCatalog(builtInCatalog(), { models: [ruleModel({ isBad: () => false })] });
const file = (member: string): string =>
  `name: x\nenvironments: [todo]\nagents: [scripted/faithful]\ndefenses:\n  - use: [${member}]\nmodels:
  - { id: guard, provider: classifier, name: prompt-guard, baseUrl: 'http://127.0.0.1:9' }
  - { id: chat, provider: ollama, name: llama-guard3 }\n`;

function problems(member: string): string {
  try {
    parseExperiment(file(member), 'x.yaml', withModel);
  } catch (error) {
    if (isSafeMcpError(error)) return error.message;
    throw error;
  }
  return '';
}

test.each([
  '{ id: llm-detector, model: rule }',
  '{ id: guard-model, model: guard, family: prompt-guard, mode: observe }',
  '{ id: guard-model, model: chat, family: llama-guard }',
  '{ id: llm-detector, model: ollama/qwen3 }',
  '{ id: task-alignment, model: rule, objection: ask }',
  '{ id: masked-rerun, model: rule }',
  '{ id: dual-model, model: rule }',
  '{ id: tool-filter, by: plan, model: rule }',
])('%s is fine where the model is there', (member) => {
  expect(problems(member)).toBe('');
});

test.each([
  ['{ id: llm-detector, model: other }', 'there is no model "other"'],
  ['{ id: guard-model, model: other, family: moderation }', 'there is no model "other"'],
  ['{ id: tool-filter, by: plan, model: other }', 'there is no model "other"'],
  ['{ id: guard-model, model: chat, family: moderation }', 'asks a classifier, and "chat" is none'],
  [
    '{ id: guard-model, model: guard, family: qwen3guard }',
    'asks a language model, and "guard" is a classifier',
  ],
])('%s is refused when the experiment is read', (member, message) => {
  expect(problems(member)).toMatch(/^x\.yaml:5:\d+: /);
  expect(problems(member)).toContain(message);
});

test('a model that a defense only names by provider and name is opened with the run', () => {
  const { experiment } = parseExperiment(
    file('{ id: llm-detector, model: ollama/qwen3 }'),
    'x.yaml',
    withModel,
  );
  expect(experiment.models?.map(({ id }) => id)).toEqual(['guard', 'chat', 'ollama/qwen3']);
});

test.each([
  ['llm-detector', 'llm-detector: model: Invalid input'],
  ['{ id: guard-model, model: rule }', 'family'],
  ['{ id: tool-filter, by: plan }', 'by: plan goes with a model'],
  ['{ id: tool-filter, model: rule }', 'by: plan goes with a model'],
])('%s lacks a parameter', (member, message) => {
  expect(problems(member)).toContain(message);
});
