import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { messageOf, SafeMcpError } from '../../contracts/errors.ts';
import { digest, type JsonObject, type JsonValue } from '../../contracts/json.ts';

/** The version of the lockfile's format. */
const lockVersion = 1;
/** Longest lockfile that is read, in bytes. */
const maxLockBytes = 50_000_000;

const json = z.json() as z.ZodType<JsonValue>;
/** A definition with the SHA-256 of its canonical JSON (RFC 8785), in hex. */
const entry = z.strictObject({ digest: z.string(), definition: json });
const entries = z.array(entry).readonly();

const lockedService = z.strictObject({
  name: z.string(),
  /** `serverInfo`; null where the service gives none. */
  identity: entry.nullable(),
  /** Instructions at the opening; null where there are none. */
  instructions: entry.nullable(),
  tools: entries,
  prompts: entries,
  resources: entries,
  templates: entries,
  /** Questions to the user (elicitation), by the tool that asks them. */
  questions: z.array(entry.extend({ tool: z.string() })).readonly(),
});

const lockSchema = z.strictObject({
  format: z.literal('safemcp-lock'),
  version: z.literal(lockVersion),
  services: z.array(lockedService).readonly(),
});

/** Everything of services that a user has approved, as a lockfile holds it. */
export type Lock = z.infer<typeof lockSchema>;
export type LockedService = z.infer<typeof lockedService>;

/** What a service was seen to offer, as it stood on the wire. */
export interface ServiceSight {
  readonly name: string;
  readonly identity?: JsonValue;
  readonly instructions?: JsonValue;
  readonly tools?: readonly JsonValue[];
  readonly prompts?: readonly JsonValue[];
  readonly resources?: readonly JsonValue[];
  readonly templates?: readonly JsonValue[];
  /** Params of `elicitation/create`, by the tool during whose call they came. */
  readonly questions?: readonly { readonly tool: string; readonly params: JsonObject }[];
}

/** A lock that approves what was seen; equal sights give equal locks. */
export function createLock(services: readonly ServiceSight[]): Lock {
  return {
    format: 'safemcp-lock',
    version: lockVersion,
    services: services.map((seen) => ({
      name: seen.name,
      identity: seen.identity === undefined ? null : entryOf(seen.identity),
      instructions: seen.instructions === undefined ? null : entryOf(seen.instructions),
      tools: sorted(seen.tools),
      prompts: sorted(seen.prompts),
      resources: sorted(seen.resources),
      templates: sorted(seen.templates),
      questions: (seen.questions ?? []).map(({ tool, params }) => ({ tool, ...entryOf(params) })),
    })),
  };
}

function entryOf(definition: JsonValue): z.infer<typeof entry> {
  return { digest: digest(definition), definition };
}

function sorted(definitions: readonly JsonValue[] = []): z.infer<typeof entries> {
  return definitions.map(entryOf).sort((one, other) => (one.digest < other.digest ? -1 : 1));
}

/**
 * Reads a lockfile.
 * @param file path, from the current folder unless absolute
 * @throws INVALID_EXPERIMENT when it cannot be read, has another form, or a digest does not fit its definition
 */
export function readLock(file: string): Lock {
  const where = path.resolve(file);
  const parsed = lockSchema.safeParse(parseFile(where));
  if (!parsed.success) {
    const problems = parsed.error.issues
      .slice(0, 5)
      .map((issue) => [...issue.path, issue.message].join(': '));
    throw unfit(where, problems.join('; '));
  }
  for (const service of parsed.data.services) {
    const wrong = entriesOf(service).find((each) => digest(each.definition) !== each.digest);
    if (wrong) throw unfit(where, `the digest ${wrong.digest.slice(0, 80)} does not fit its definition`);
  }
  return parsed.data;
}

function parseFile(where: string): unknown {
  try {
    const text = readFileSync(where, 'utf8');
    if (text.length > maxLockBytes) throw new RangeError(`It is longer than ${maxLockBytes} characters`);
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw unfit(where, messageOf(error));
  }
}

function unfit(where: string, problem: string): SafeMcpError {
  return new SafeMcpError('INVALID_EXPERIMENT', `pinning: the lockfile is no lockfile: ${problem}`, {
    where,
    hint: 'docs/defenses/pinning.md shows the form of a lockfile',
  });
}

function entriesOf(service: LockedService): readonly z.infer<typeof entry>[] {
  const { identity, instructions, tools, prompts, resources, templates, questions } = service;
  const single = [identity, instructions].filter((each) => each !== null);
  return [...single, ...tools, ...prompts, ...resources, ...templates, ...questions];
}
