import { boundedSize, isJsonObject, type JsonObject } from '../../../contracts/json.ts';
import { type ListedTool, type ToolPage, toolKey } from '../../toolGuard.ts';
import { strangeParameters } from './parameters.ts';
import { onlyParameters } from './validate.ts';

/** What a tool has declared about itself, as far as its calls are held against it. */
export interface Declaration {
  readonly outputSchema?: JsonObject;
  /** It changes nothing (`readOnlyHint`). */
  readonly readOnly: boolean;
  /** It deals with nothing outside its own world (`openWorldHint` is false). */
  readonly closedWorld: boolean;
  /** Its only parameters; absent when it leaves room for others. */
  readonly parameters?: ReadonlySet<string>;
  /** Parameters that its purpose does not need. */
  readonly strange: readonly string[];
}

/** What the tools of one service have declared, by their latest listing. */
export interface Declarations {
  note(page: ToolPage): void;
  of(tool: string): Declaration | undefined;
  /** False once a listing is complete and the tool was in none. */
  mayExist(tool: string): boolean;
}

const mostTools = 2000;
/** Output schemas kept per connection, in the size that {@link boundedSize} counts. */
const mostKept = 4_000_000;
const bounds = { maxSize: 400_000, maxDepth: 64 };

export function createDeclarations(): Declarations {
  const declared = new Map<string, Declaration & { readonly size: number }>();
  let complete = false;
  let kept = 0;
  const note = ({ name, definition }: ListedTool): void => {
    const key = toolKey(name);
    if (declared.size >= mostTools && !declared.has(key)) return;
    kept -= declared.get(key)?.size ?? 0;
    const tool = isJsonObject(definition) ? definition : {};
    const { outputSchema } = tool;
    const size = isJsonObject(outputSchema) ? boundedSize(outputSchema, bounds) : 0;
    const fits = isJsonObject(outputSchema) && kept + size <= mostKept;
    declared.set(key, { ...declarationOf(tool), ...(fits && { outputSchema }), size: fits ? size : 0 });
    kept += fits ? size : 0;
  };
  return {
    note({ tools, last }) {
      for (const tool of tools) note(tool);
      if (last) complete = true;
    },
    of: (tool) => declared.get(toolKey(tool)),
    mayExist: (tool) => !complete || declared.size >= mostTools || declared.has(toolKey(tool)),
  };
}

function declarationOf(tool: JsonObject): Declaration {
  const annotations = isJsonObject(tool['annotations']) ? tool['annotations'] : {};
  const parameters = onlyParameters(tool['inputSchema']);
  return {
    ...(parameters && parameters.size <= 500 && { parameters }),
    readOnly: annotations['readOnlyHint'] === true,
    closedWorld: annotations['openWorldHint'] === false,
    strange: strangeParameters(tool),
  };
}
