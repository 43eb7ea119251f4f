import type { JsonValue } from '../../contracts/json.ts';
import type { ToolAnnotations, ToolResult } from '../../contracts/service.ts';

/** A result whose text is JSON, as most services write it. */
export function jsonResult(value: JsonValue): ToolResult {
  return { text: JSON.stringify(value, null, 2) };
}

/** A failure that the model can read and act on. */
export function failure(text: string): ToolResult {
  return { isError: true, text };
}

/** Annotations of a tool that only reads. */
export const reading: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** Annotations of a tool that adds something which the user can take away again. */
export const adding: ToolAnnotations = { ...reading, readOnlyHint: false, idempotentHint: false };

/** Annotations of a tool that replaces or removes something; doing it twice does no more than doing it once. */
export const replacing: ToolAnnotations = { ...reading, readOnlyHint: false, destructiveHint: true };
