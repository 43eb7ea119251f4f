import type { z } from 'zod';
import type { JsonObject } from './json.ts';

/** The annotations of a tool (MCP specification, server/tools); they must be true. */
export interface ToolAnnotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint?: boolean;
  readonly openWorldHint?: boolean;
}

/** What running a tool gives: text for the model, and optionally the same as data. */
export interface ToolResult {
  readonly text: string;
  readonly structured?: JsonObject;
  /** A failure the model can read and act on. */
  readonly isError?: boolean;
}

/** One tool of a service that lives in this process. */
export interface ToolDefinition {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Validates the arguments; its JSON Schema is what clients see. */
  readonly input: z.ZodObject;
  readonly annotations: ToolAnnotations;
  /** Arguments have passed `input`. */
  run(args: Readonly<Record<string, unknown>>): ToolResult | Promise<ToolResult>;
}

/** Where a service comes from. */
export type ServiceSource =
  | {
      /** Our own tools, served by the official SDK's server. */
      readonly kind: 'tools';
      readonly name: string;
      readonly instructions?: string;
      readonly tools: readonly ToolDefinition[];
    }
  | {
      /** A child process that speaks MCP on stdin and stdout. */
      readonly kind: 'command';
      readonly name: string;
      readonly command: string;
      readonly args: readonly string[];
      readonly cwd?: string;
      /** The whole environment of the child, besides PATH. */
      readonly env?: Readonly<Record<string, string>>;
    }
  | {
      /** A running server, reached by Streamable HTTP. */
      readonly kind: 'url';
      readonly name: string;
      readonly url: string;
    };

/** Static facts about a service of an environment, known without opening a world. */
export interface ServiceInfo {
  readonly name: string;
  readonly title: string;
  /** The tools that the environment's tasks may legitimately need. */
  readonly tools: readonly string[];
  /** True for a service that tasks can do without; a rogue service can sit there. */
  readonly thirdParty?: boolean;
}

/** Keeps the type of `run`'s arguments in step with `input`. */
export function defineTool<Input extends z.ZodObject>(tool: {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  readonly annotations: ToolAnnotations;
  run(args: z.output<Input>): ToolResult | Promise<ToolResult>;
}): ToolDefinition {
  return { ...tool, run: (args) => tool.run(args as z.output<Input>) };
}
