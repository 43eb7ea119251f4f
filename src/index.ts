/**
 * The public API. Types describe what you can define yourself (environments, attacks, defenses, agents);
 * functions run experiments with them.
 *
 * @packageDocumentation
 */
export type * from './contracts/agent.ts';
export type * from './contracts/attack.ts';
export type * from './contracts/cell.ts';
export type * from './contracts/defense.ts';
export type * from './contracts/environment.ts';
export { type ErrorCode, errorCatalog, isSafeMcpError, SafeMcpError } from './contracts/errors.ts';
export type * from './contracts/events.ts';
export type * from './contracts/experiment.ts';
export type * from './contracts/goal.ts';
export type { JsonObject, JsonValue } from './contracts/json.ts';
export { createSeed, type Rng, type Seed } from './contracts/seed.ts';
export {
  defineTool,
  type ServiceInfo,
  type ServiceSource,
  type ToolDefinition,
} from './contracts/service.ts';
export * from './contracts/wire.ts';
