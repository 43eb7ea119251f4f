import { expect, test } from 'vitest';
import { isSafeMcpError } from '../../../src/contracts/errors.ts';
import { builtInCatalog, extendCatalog } from '../../../src/experiment/catalog.ts';
import { parseExperiment } from '../../../src/experiment/definition/index.ts';
import { ruleModel } from '../../defenses/models/ruleModel.ts';

const withModel = extendCatalog(builtInCatalog(), { models: [ruleModel({ isBad: () => false })] });
const file = (member: string): string =>
  `name: x\nenvironments: [todo]\nagents: [scripted/faithful]\ndefenses:\n  - use: [${member}]\n`;

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
  '{ id: guard-model, model: rule, family: prompt-guard, mode: observe }',
  '{ id: task-alignment, model: rule, objection: ask }',
  '{ id: masked-rerun, model: rule }',
  '{ id: dual-model, model: rule }',
  '{ id: tool-filter, by: plan, model: rule }',
])('%s is fine where the model is there', (member) => {
  expect(problems(member)).toBe('');
});

test.each([
  '{ id: llm-detector, model: other }',
  '{ id: guard-model, model: other, family: moderation }',
  '{ id: tool-filter, by: plan, model: other }',
])('%s is refused when the experiment is read', (member) => {
  expect(problems(member)).toMatch(/^x\.yaml:5:\d+: .*"other".*not configured, add it under models$/);
});

test.each([
  ['llm-detector', 'llm-detector: model: Invalid input'],
  ['{ id: guard-model, model: rule }', 'family'],
  ['{ id: tool-filter, by: plan }', 'by: plan goes with a model'],
  ['{ id: tool-filter, model: rule }', 'by: plan goes with a model'],
])('%s lacks a parameter', (member, message) => {
  expect(problems(member)).toContain(message);
});
