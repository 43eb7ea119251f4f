/**
 * The public API. Types describe what you can define yourself (environments, attacks, defenses, agents);
 * functions run experiments with them, and report.
 *
 * @packageDocumentation
 */

export {
  type CodeResult,
  type CodeServices,
  type CodeTask,
  type CodeWork,
  codeAgent,
} from './agents/codeAgent.ts';
export { createScriptedAgent, type ScriptedPolicy } from './agents/scripted.ts';
export { mapped } from './attacks/mappings.ts';
export type * from './contracts/agent.ts';
export { SolutionStuck, textOf } from './contracts/agent.ts';
export * from './contracts/attack.ts';
export type * from './contracts/cell.ts';
export type * from './contracts/defense.ts';
export type * from './contracts/environment.ts';
export { type ErrorCode, errorCatalog, isSafeMcpError, SafeMcpError } from './contracts/errors.ts';
export type * from './contracts/events.ts';
export { attackStages, episodeRecordSchema } from './contracts/events.ts';
export type * from './contracts/experiment.ts';
export type * from './contracts/externalAgent.ts';
export { HostFailure } from './contracts/externalAgent.ts';
export type * from './contracts/goal.ts';
export { isImpossible } from './contracts/goal.ts';
export { isJsonObject, type JsonObject, type JsonValue, stringsIn } from './contracts/json.ts';
export * from './contracts/model.ts';
export { findSecret } from './contracts/secrets.ts';
export { createSeed, type Rng, type Seed } from './contracts/seed.ts';
export {
  defineTool,
  type ServiceInfo,
  type ServiceSource,
  type ToolAnnotations,
  type ToolDefinition,
  type ToolResult,
} from './contracts/service.ts';
export * from './contracts/wire.ts';
export { type Stack, type StackMember, stackName, stacks } from './defenses/stacks.ts';
export { builtInCatalog, extendCatalog } from './experiment/catalog.ts';
export {
  type Declared,
  defineExperiment,
  parseExperiment,
  readExperiment,
} from './experiment/definition/index.ts';
export type { ExperimentInput } from './experiment/definition/schema.ts';
export { type EpisodeSetting, runEpisode } from './experiment/episode.ts';
export { computeCells } from './experiment/metrics/index.ts';
export { createPlan } from './experiment/plan.ts';
export { type Progress, type RunEnd, type RunOptions, runPlan } from './experiment/runner.ts';
export { measureRun, type RunExperimentOptions, runExperiment } from './experiment/session.ts';
export { openStore, resolveRun } from './experiment/store/index.ts';
export {
  type FakeBehavior,
  type FakeModelOptions,
  type FakeModelServer,
  type FakePolicy,
  type FakeTurn,
  startFakeModel,
} from './models/fake/index.ts';
export {
  createExampleNotes,
  type ExampleIds,
  type ExampleNotes,
  type ExamplePlace,
  type ExampleSource,
} from './report/examples.ts';
export { htmlReport, type Writer } from './report/html/index.ts';
export { type ReportFormat, renderReport } from './report/index.ts';
export type { Detail } from './report/overview.ts';
export type { TableOptions } from './report/table.ts';
