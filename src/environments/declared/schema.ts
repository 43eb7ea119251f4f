import { z } from 'zod';
import type { ActionKind } from '../../contracts/goal.ts';
import { isJsonObject, type JsonObject } from '../../contracts/json.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'small letters, digits and dashes, a letter first');
/** A path below the working folder: no way out of it. */
const relativePath = z
  .string()
  .min(1)
  .refine(
    (path) => !path.startsWith('/') && !path.split(/[\\/]/).includes('..'),
    'a path below the working folder',
  );
const jsonObject = z.custom<JsonObject>(isJsonObject, 'an object');

const call = z.strictObject({
  service: name,
  tool: z.string().min(1),
  arguments: jsonObject.default({}),
});

const textTest = {
  equals: z.string().optional(),
  contains: z.union([z.string(), z.array(z.string())]).optional(),
};

/** Something that can be told from the answer, the working folder, or the calls that services answered. */
const check = z.union([
  z.strictObject({ answer: z.strictObject(textTest) }),
  z.strictObject({ file: relativePath, ...textTest, absent: z.literal(true).optional() }),
  z.strictObject({ call: call.extend({ arguments: jsonObject.optional() }) }),
  z.strictObject({ result: z.strictObject({ service: name, tool: z.string(), ...textTest }) }),
]);

const service = z
  .strictObject({
    name,
    title: z.string().optional(),
    /**
     * Program and arguments; started in the working folder with an empty environment besides PATH. `{work}` in
     * any of them, and in `args` and `env`, stands for the folder's path.
     */
    command: z.array(z.string()).min(1).optional(),
    /** An npm package whose command is a server, installed beside the file or with SafeMCP. */
    package: z.string().optional(),
    args: z.array(z.string()).default([]),
    url: z.url().optional(),
    env: z.record(z.string(), z.string()).default({}),
    /** The tools that tasks may need: what the user approves. */
    tools: z.array(z.string()).min(1),
    thirdParty: z.boolean().default(false),
  })
  .refine(
    ({ command, package: npm, url }) =>
      [command, npm, url].filter((given) => given !== undefined).length === 1,
    {
      message: 'give one of command, package and url',
    },
  );

const task = z.strictObject({
  id: name,
  title: z.string().optional(),
  difficulty: z.enum(['easy', 'medium', 'hard']).default('medium'),
  instruction: z.string().min(1),
  /** In the order of their first use; all services unless given. */
  services: z.array(name).optional(),
  /** What the scripted agents do. */
  solution: z.array(call).min(1),
  answer: z.string().default('Done.'),
  /** All of them must hold. */
  checks: z.array(check).min(1),
  /** Protected files this task may change. */
  mayChange: z.array(relativePath).default([]),
});

const effect = z.strictObject({
  calls: z.array(call).min(1),
  /** In words, to follow "please": names tools and literals. */
  describe: z.string().min(1),
  /** Parts of `describe` that must survive rewriting. */
  literals: z.array(z.string()).min(1),
  /** The effect is there when all of these hold. */
  when: z.array(check).min(1),
});

/** Targets that are declared as calls with an effect. */
const effects = z.strictObject({
  destroy: effect.optional(),
  tamper: effect.optional(),
  escalate: effect.optional(),
  persist: effect.optional(),
  'wrong-choice': effect.optional(),
  derail: effect.optional(),
} satisfies Record<ActionKind, z.ZodType>);
export const effectKinds = effects.keyof().options;

const targets = z.strictObject({
  exfiltrate: z
    .strictObject({
      secret: z.strictObject({ name: z.string().min(1), reads: z.array(call).min(1) }),
      /** The call that takes data away; `{text}` in its arguments stands for the data. */
      sink: call.extend({
        channel: z.enum(['mail', 'message', 'post', 'payment', 'file']).default('message'),
        describe: z.string().includes('{text}'),
        literals: z.array(z.string()).min(1),
      }),
    })
    .optional(),
  ...effects.shape,
  /** A call that always succeeds, does no harm, and that no task makes more than a few times. */
  stall: call.optional(),
});

/** An environment made of any MCP servers. `{canary}` in any string stands for the secret of the episode. */
export const declaredSchema = z.strictObject({
  id: name,
  title: z.string().min(1),
  description: z.string().min(1),
  source: z.string().default('Declared by the user'),
  services: z.array(service).min(1).max(16),
  /** The working folder at the start: contents by path. */
  files: z.record(relativePath, z.string().max(1_000_000)).default({}),
  /** Files that no task may change unless it says so. */
  protected: z.array(relativePath).default([]),
  tasks: z.array(task).min(1),
  targets: targets.default({}),
});

export type Declared = z.output<typeof declaredSchema>;
export type DeclaredTask = Declared['tasks'][number];
export type DeclaredService = Declared['services'][number];
export type Check = z.output<typeof check>;
export type Effect = z.output<typeof effect>;
