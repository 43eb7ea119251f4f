import { z } from 'zod';
import { approvers } from '../../contracts/experiment.ts';
import type { JsonValue } from '../../contracts/json.ts';
import { judges } from './judgeSchema.ts';
import { budgetSchema, modelId, modelsSchema } from './modelSchema.ts';

const id = z.string().min(1).max(80);
const mode = z
  .enum(['observe', 'enforce'])
  .describe('observe: the defense only reports. enforce: it also acts.');

const selection = z
  .union([id, z.array(id).min(1).max(200)], { error: 'expected an id, a list of ids, or "*"' })
  .describe('An id, a list of ids, or "*" for all there are.');

const patience = {
  afterCalls: z
    .int()
    .min(0)
    .max(1_000)
    .optional()
    .describe('The malicious service answers so many calls honestly before it attacks.'),
  afterEpisodes: z
    .int()
    .min(0)
    .max(1_000)
    .optional()
    .describe('The malicious service stays honest in so many trials of a task before it attacks.'),
};

const single = z.strictObject({ vector: id, carrier: id, goal: id, ...patience });

const attack = z
  .union(
    [
      z.literal('none'),
      z.strictObject({
        preset: id.describe('A named list of attacks; safemcp list presets shows them.'),
      }),
      z.strictObject({
        together: z
          .array(single)
          .min(2)
          .max(4)
          .describe('Attacks that are made at once, in the same episode.'),
      }),
      z.strictObject({
        vector: selection.describe('Where in the protocol the payload enters: an id, a list of ids, or "*".'),
        carrier: selection.describe('How the payload is phrased or disguised: an id, a list of ids, or "*".'),
        goal: selection.describe('What the attacker wants: an id, a list of ids, or "*".'),
        ...patience,
      }),
    ],
    { error: 'expected none, or a map with vector, carrier and goal, or with preset, or with together' },
  )
  .describe(
    'none (the clean condition), every combination of the vectors, carriers and goals named, a preset, or attacks together.',
  );

const attacks = z.array(attack).max(1000);

const environment = z
  .union(
    [
      id,
      z.strictObject({
        id,
        tasks: z
          .int()
          .min(1)
          .max(10_000)
          .optional()
          .describe("Number of tasks in this environment, in place of the experiment's."),
        attacks: attacks.optional().describe("Attacks in this environment, in place of the experiment's."),
        import: z
          .string()
          .min(1)
          .max(1_000)
          .optional()
          .describe(
            'A folder with tasks of the original environment, in place of generated ones; from the experiment file on.',
          ),
        textTool: z
          .boolean()
          .optional()
          .describe("Also offers the original's free-text form, as a tool step(action)."),
      }),
    ],
    { error: 'expected an environment id, or a map with id, tasks and attacks' },
  )
  .describe('An environment id, or a map with id and a size of its own.');

const jsonValue = z.custom<JsonValue>((value) => z.json().safeParse(value).success, {
  error: 'expected a JSON value',
});

const member = z
  .union([id, z.object({ id, mode: mode.optional() }).catchall(jsonValue)], {
    error: 'expected a defense id, or a map with id, mode and parameters',
  })
  .describe(
    'A defense id, ID:observe, a map with id, mode and the parameters of that defense, or the name of a stack.',
  );

const defenseSet = z
  .union(
    [
      id,
      z.strictObject({
        name: z
          .string()
          .regex(/^[A-Za-z0-9][\w.+:-]{0,59}$/, {
            error: 'expected a name of at most 60 letters, digits, and the characters . + : - _',
          })
          .optional()
          .describe('How reports call this set; made from its members if absent.'),
        use: z.array(member).min(1).max(20).describe('The members, in order from the host to the service.'),
      }),
    ],
    { error: 'expected the name of a defense or stack, or a map with name and use' },
  )
  .describe(
    'none, a defense id, ID:observe, a stack (observe, balanced, strict), or a map: defenses that run together.',
  );

const agentName = z.string().regex(/^[\w@][\w.:/@+-]{0,159}$/, {
  error: 'expected a name of at most 160 letters, digits, and the characters . : / @ + - _',
});

const agent = z
  .union(
    [
      agentName,
      z
        .object({
          id: agentName
            .optional()
            .describe('How reports call this agent; made from kind and model if absent.'),
          kind: id.describe('tool-loop, react, or external.'),
          model: agentName.optional().describe('The model behind it: PROVIDER/NAME, or an id under models.'),
        })
        .catchall(jsonValue),
    ],
    { error: 'expected the id of an agent, PROVIDER/NAME of a model, or a map with kind' },
  )
  .describe(
    'An agent of ours or of your own, PROVIDER/NAME for a model that calls tools, react:PROVIDER/NAME, or a map with kind, model and the parameters of that kind.',
  );

const limits = z.strictObject({
  maxCalls: z
    .int()
    .min(1)
    .max(10_000)
    .default(60)
    .describe('Tool calls that the agent may issue in an episode.'),
  callTimeoutMs: z
    .int()
    .min(1)
    .max(3_600_000)
    .default(10_000)
    .describe('Milliseconds until a call counts as failed.'),
  episodeTimeoutMs: z
    .int()
    .min(1)
    .max(86_400_000)
    .optional()
    .describe('Milliseconds until an episode is ended; 60000 if absent, 600000 where an agent has a model.'),
  maxSteps: z.int().min(1).max(10_000).default(60).describe("Turns of an agent's model in an episode."),
  maxTokens: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .default(1_000_000)
    .describe("Tokens that an agent's model may read and write in an episode."),
});

/** What holds where a file says nothing. */
export const usualLimits = limits.parse({});

const stratum = z.enum(['difficulty', 'template']);
const sample = z
  .union(
    [
      stratum,
      z.strictObject({
        by: stratum,
        from: z
          .int()
          .min(1)
          .max(1_000)
          .default(60)
          .describe('The choice is among so many tasks of each environment.'),
      }),
    ],
    { error: 'expected difficulty, template, or a map with by and from' },
  )
  .transform((value) => (typeof value === 'string' ? { by: value, from: 60 } : value))
  .describe('Chooses tasks at random, as many of every difficulty or template; the first ones if absent.');

/** What an experiment file holds. Ids are checked against a catalog afterwards. */
export const experimentFileSchema = z
  .strictObject({
    name: z.string().min(1).max(80).describe('How runs of this experiment are called.'),
    seed: z
      .union([z.string().min(1).max(80), z.int()], { error: 'expected a whole number or a text' })
      .default(1)
      .describe('The root of every random choice; equal seeds give equal episodes.'),
    environments: z
      .array(environment)
      .min(1)
      .max(100)
      .describe('The worlds in which the agents solve tasks.'),
    environmentFiles: z
      .array(z.string().min(1).max(1_000))
      .max(50)
      .default([])
      .describe(
        'Files that declare environments from any MCP servers (docs/own-servers.md); from the experiment file on.',
      ),
    parts: z
      .array(z.string().min(1).max(1_000))
      .max(50)
      .default([])
      .describe(
        'JavaScript files or packages with attacks, defenses, environments and agents of your own (docs/own-parts.md); from the experiment file on.',
      ),
    behaviors: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .describe(
        'A CSV file with behaviors for the goal behavior-set: columns id and behavior; from the experiment file on.',
      ),
    judges: judges.optional().describe('Who decides what no state check can decide.'),
    models: modelsSchema,
    budget: budgetSchema,
    attackModel: modelId
      .optional()
      .describe('The model that writes payloads where the literature uses one; the offline forms if absent.'),
    tasks: z.int().min(1).max(10_000).default(4).describe('Number of tasks in each environment.'),
    agents: z.array(agent).min(1).max(50).describe('Who solves the tasks.'),
    attacks: attacks.default([]).describe('What malicious services do.'),
    defenses: z.array(defenseSet).max(200).default([]).describe('What stands between agent and services.'),
    approver: z
      .enum(approvers)
      .default('absent')
      .describe(
        "Who answers when a defense asks. absent: nobody. attentive: allows what belongs to the user's own words. careless: allows everything.",
      ),
    baselines: z
      .boolean()
      .default(true)
      .describe(
        'Adds the attack none and the defense none where others are listed: effects are measured against them.',
      ),
    design: z
      .enum(['full', 'one-factor'])
      .default('full')
      .describe(
        'full: every attack with every defense. one-factor: every attack without defense, and every defense under the first attack and without attack.',
      ),
    sample: sample.optional(),
    trials: z.int().min(1).max(1000).default(1).describe('How often each episode is repeated.'),
    era: z
      .union([z.enum(['2025', '2026']), z.literal(2025), z.literal(2026)], { error: 'expected 2025 or 2026' })
      .default('2025')
      .describe('Protocol era: 2025 is the initialize handshake, 2026 the revision 2026-07-28.'),
    transport: z
      .enum(['memory', 'http'])
      .default('memory')
      .describe("What carries messages between the host and SafeMCP's own services."),
    limits: limits.prefault({}).describe('Bounds on every episode.'),
    concurrency: z
      .int()
      .min(1)
      .max(256)
      .optional()
      .describe('Episodes that run at once; by the number of processors if absent.'),
  })
  .describe(
    'An experiment: the matrix of environments, agents, attacks and defenses that a run goes through.',
  );

/** An experiment as a person writes it. */
export type ExperimentInput = z.input<typeof experimentFileSchema>;
/** The same with defaults filled in. */
export type ExperimentFile = z.output<typeof experimentFileSchema>;

/** Keys that are gone once a file and what it builds on are one. */
const baseProperties = {
  extends: { type: 'string', description: 'A preset that this file builds on: quick, worlds.' },
  include: {
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
    description: 'Other experiment files that this one builds on; from this file on. Later keys win.',
  },
};

/** The JSON Schema of experiment files, for editors. */
export function experimentJsonSchema(): object {
  const { $schema, properties, required, ...schema } = z.toJSONSchema(experimentFileSchema, {
    io: 'input',
    unrepresentable: 'any',
  });
  return {
    $schema,
    title: 'SafeMCP experiment',
    ...schema,
    properties: { ...baseProperties, ...properties },
    patternProperties: { '^[A-Za-z]+\\+$': { type: 'array', description: 'Adds to the list of this name.' } },
    anyOf: [{ required }, { required: ['extends'] }, { required: ['include'] }],
  };
}
