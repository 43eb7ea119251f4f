import { z } from 'zod';
import type { JsonObject } from '../../../contracts/json.ts';
import { allowedTools, contentText, message, parsedArguments, toolNamed } from '../conversation.ts';
import { jsonObject, textOrParts, toolName } from '../schemas.ts';
import type { FakeMessage } from '../turn.ts';
import { BadRequest, jsonAnswer, type WireFormat } from '../wireFormat.ts';
import { openAiFailure } from './openaiFailure.ts';
import { type OutputItem, outputOf, response, streamed } from './openaiResponsesOutput.ts';

const said = z.looseObject({
  type: z.literal('message').optional(),
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: textOrParts,
});
const called = z.looseObject({
  type: z.literal('function_call'),
  call_id: z.string(),
  name: z.string(),
  namespace: z.string().nullish(),
  arguments: z.string(),
});
const returned = z.looseObject({
  type: z.literal('function_call_output'),
  call_id: z.string(),
  output: textOrParts,
});
const referred = z.looseObject({ type: z.literal('item_reference'), id: z.string() });
/** Reasoning and the calls of the provider's own tools; no policy looks at them. */
const passed = z.looseObject({
  type: z.string().regex(/^(?!message$|function_call$|function_call_output$|item_reference$)[a-z_]{1,100}$/),
});
const item = z.union([said, called, returned, referred, passed]);
type Item = z.infer<typeof item>;

const functionTool = z.looseObject({
  type: z.literal('function'),
  name: toolName,
  description: z.string().nullish(),
  parameters: jsonObject.nullish(),
});
/** Functions under a common name. */
const namespaceTool = z.looseObject({
  type: z.literal('namespace'),
  name: toolName,
  tools: z.array(functionTool),
});

const responsesRequest = z.object({
  model: z.string().min(1).max(500),
  input: z.union([z.string(), z.array(item).min(1)]),
  instructions: z.string().nullish(),
  tools: z
    .array(
      z.union([
        functionTool,
        namespaceTool,
        z.looseObject({ type: z.string().regex(/^(?!function$|namespace$)/) }),
      ]),
    )
    .nullish(),
  tool_choice: z
    .union([
      z.enum(['auto', 'none', 'required']),
      z.looseObject({ type: z.string(), name: z.string().optional() }),
    ])
    .nullish(),
  text: z
    .looseObject({ format: z.looseObject({ type: z.string(), schema: jsonObject.optional() }).optional() })
    .nullish(),
  stream: z.boolean().nullish(),
});

/** Items that are kept so that later requests can refer to them. */
const mostItems = 5_000;

/** OpenAI responses. It remembers what it said, since clients may send a reference in place of an item. */
export function createOpenAiResponses(): WireFormat {
  const remembered = new Map<string, JsonObject>();
  const remember = (items: readonly OutputItem[]): void => {
    for (const each of items) remembered.set(each.id, each);
    for (const id of remembered.keys()) {
      if (remembered.size <= mostItems) break;
      remembered.delete(id);
    }
  };
  const resolve = (each: Item): Item => {
    if (!isReference(each)) return each;
    const known = remembered.get(each.id);
    if (known === undefined) throw new BadRequest(`Item with id ${JSON.stringify(each.id)} not found.`, 404);
    return item.parse(known);
  };
  return {
    id: 'openai-responses',
    serves: (path) => path === '/v1/responses',
    read(_url, body) {
      const request = responsesRequest.parse(body);
      const items = typeof request.input === 'string' ? [] : request.input.map(resolve);
      demandPairedItems(items);
      const messages = [
        ...(request.instructions ? [message('system', request.instructions)] : []),
        ...(typeof request.input === 'string' ? [message('user', request.input)] : []),
        ...items.flatMap(readItem),
      ];
      const schema = request.text?.format?.schema;
      return {
        turn: {
          model: request.model,
          messages,
          ...allowedTools(toolsOf(request.tools), choiceOf(request.tool_choice)),
          ...(schema && { schema }),
          stream: request.stream ?? false,
        },
        answer: (reply) => {
          const output = outputOf(reply);
          remember(output);
          return request.stream ? streamed(reply, output) : jsonAnswer(response(reply, output));
        },
      };
    },
    failure: openAiFailure,
  };
}

type Request = z.infer<typeof responsesRequest>;

/** Tools of a namespace are called `NAMESPACE.NAME` here; a name alone has no dot. */
function toolsOf(tools: Request['tools']) {
  return (tools ?? []).flatMap((tool) => {
    if (isNamespace(tool)) return tool.tools.map((each) => functionNamed(`${tool.name}.${each.name}`, each));
    return isFunction(tool) ? [functionNamed(tool.name, tool)] : [];
  });
}

type FunctionTool = z.infer<typeof functionTool>;

function functionNamed(name: string, { description, parameters }: FunctionTool) {
  return toolNamed(name, description, parameters);
}

function isFunction(tool: { readonly type: string }): tool is FunctionTool {
  return tool.type === 'function';
}

function isNamespace(tool: { readonly type: string }): tool is z.infer<typeof namespaceTool> {
  return tool.type === 'namespace';
}

function choiceOf(choice: Request['tool_choice']): Parameters<typeof allowedTools>[1] {
  if (typeof choice === 'string') return { mode: choice };
  return choice?.name === undefined ? { mode: 'auto' } : { tools: [choice.name] };
}

function isReference(each: Item): each is z.infer<typeof referred> {
  return each.type === 'item_reference';
}

function isCall(each: Item): each is z.infer<typeof called> {
  return each.type === 'function_call';
}

function isOutput(each: Item): each is z.infer<typeof returned> {
  return each.type === 'function_call_output';
}

function isSaid(each: Item): each is z.infer<typeof said> {
  return 'role' in each && (each.type === undefined || each.type === 'message');
}

function readItem(each: Item): FakeMessage[] {
  if (isCall(each)) {
    const tool = each.namespace ? `${each.namespace}.${each.name}` : each.name;
    const call = { id: each.call_id, tool, arguments: parsedArguments(each.arguments) };
    return [message('assistant', '', { calls: [call] })];
  }
  if (isOutput(each))
    return [message('tool', '', { results: [{ call: each.call_id, text: contentText(each.output) }] })];
  if (!isSaid(each)) return [];
  const role = each.role === 'developer' ? 'system' : each.role;
  return [message(role, contentText(each.content))];
}

function demandPairedItems(items: readonly Item[]): void {
  const calls = new Set(items.filter(isCall).map((each) => each.call_id));
  const outputs = new Set(items.filter(isOutput).map((each) => each.call_id));
  for (const id of calls)
    if (!outputs.has(id)) throw new BadRequest(`No tool output found for function call ${id.slice(0, 100)}.`);
  for (const id of outputs)
    if (!calls.has(id))
      throw new BadRequest(`No tool call found for function call output with call_id ${id.slice(0, 100)}.`);
}
