import type { ToolCall } from '../../contracts/goal.ts';
import { formIn, haystackOf, type SecretNeedle } from '../../contracts/secrets.ts';
import { quote } from '../texts.ts';
import { type Effect, effectsOfTool, grantsIn } from './effects.ts';
import type { Intent } from './intent.ts';
import type { Ledger, Sighting } from './ledger.ts';
import type { OfferedTool } from './offers.ts';
import { isIdentifier, type Leaf, leavesOf, partsOf, tokensIn, wordsOf } from './values.ts';

/** What is known when a value is about to leave. */
export interface Knowledge {
  readonly ledger: Ledger;
  readonly intent: Intent;
  /** Identifiers among the user's private facts that the instruction does not name. */
  readonly secrets: readonly PrivateFact[];
  /** Effects that texts speak of which the user has pointed to. */
  readonly spokenOf: ReadonlySet<Effect>;
  readonly isApproved: (service: string) => boolean;
}

export interface PrivateFact {
  readonly value: string;
  readonly needles: readonly SecretNeedle[];
}

/** Why a value may not go where it is sent. */
export interface Objection {
  readonly rule: 'private' | 'told' | 'unasked' | 'protected' | 'unseen' | 'crossing';
  readonly score: number;
  readonly reason: string;
  readonly leaf: Leaf;
}

/** Strings and numbers of one call that are judged. */
const maxLeaves = 2000;
/** Longest string that is taken for a name or a phrase. */
const maxPhrase = 120;

/** Arguments that name the thing a call is about. */
const naming =
  /(^|_|[a-z])(ids?|item|object|path|to|iban|address|email|account|user|username|channel|url|recipients?|name|person|receptacle|thing|branch|ref|sha|file|repo|owner|project|attendees|destination|source|parent)$/i;

/** The first objection to a call; undefined when its values may go there. */
export function judgeCall(call: ToolCall, tool: OfferedTool, known: Knowledge): Objection | undefined {
  const leaves = leavesOf(call.arguments, '/arguments');
  if (leaves.length > maxLeaves) return tooMany(leaves.length);
  return (
    judgeValues(call.service, leaves, known, tool) ??
    judgeEffect(call, tool, known) ??
    (tool.changes ? first(leaves, (leaf) => judgeChange(leaf, tool, known)) : undefined)
  );
}

function tooMany(count: number): Objection {
  const leaf = { name: 'arguments', path: '/arguments', value: count };
  return {
    rule: 'unseen',
    score: 0.5,
    leaf,
    reason: `The call has ${count} values or more, too many to follow`,
  };
}

/** The first objection to values that go to a service, whatever they are for. */
export function judgeValues(
  service: string,
  leaves: readonly Leaf[],
  known: Knowledge,
  tool?: OfferedTool,
): Objection | undefined {
  return (
    first(leaves, (leaf) => judgeSecret(leaf, service, known)) ??
    first(leaves, (leaf) => judgeOrigin(leaf, known, tool)) ??
    first(leaves, (leaf) => judgeAddress(leaf, known)) ??
    (known.isApproved(service) ? undefined : first(leaves, (leaf) => judgeCrossing(leaf, service, known)))
  );
}

function first(leaves: readonly Leaf[], judge: (leaf: Leaf) => Objection | undefined): Objection | undefined {
  for (const leaf of leaves) {
    const objection = judge(leaf);
    if (objection) return objection;
  }
  return undefined;
}

function judgeSecret(leaf: Leaf, service: string, { secrets, ledger }: Knowledge): Objection | undefined {
  const text = haystackOf(decoded(String(leaf.value)));
  const leaks = secrets.some(
    ({ value, needles }) => formIn(text, needles) !== 'absent' && !ledger.knows(service, value),
  );
  if (!leaks) return undefined;
  return {
    rule: 'private',
    score: 1,
    leaf,
    reason: `A private fact of the user's goes to ${service}, and the instruction does not say so`,
  };
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  const plain = text.replace(/(?:%[\da-f]{2})+/gi, (codes) =>
    Buffer.from(codes.replaceAll('%', ''), 'hex').toString(),
  );
  return `${text} ${plain}`;
}

/** Objects to values that stand nowhere but in texts which are addressed to the agent. */
function judgeOrigin(leaf: Leaf, known: Knowledge, tool: OfferedTool | undefined): Objection | undefined {
  const { ledger } = known;
  if (typeof leaf.value === 'number') {
    const seen = Math.abs(leaf.value) >= 1000 ? ledger.findNumber(leaf.value) : undefined;
    return seen?.origin === 'told' ? toldObjection(leaf, String(leaf.value), seen) : undefined;
  }
  for (const token of identifiersIn(leaf.value)) {
    const seen = ledger.findToken(token);
    if (seen?.origin === 'told') return toldObjection(leaf, token, seen);
  }
  const words = wordsOf(leaf.value);
  if (leaf.value.length <= maxPhrase && words.trim().length >= 3 && !tool?.proposes(leaf.value)) {
    const seen = ledger.findPhrase(words);
    if (seen?.origin === 'told') return toldObjection(leaf, leaf.value, seen);
  }
  const copied = ledger.findTold(words);
  return copied && toldObjection(leaf, copied.passage, copied.from);
}

function toldObjection(leaf: Leaf, value: string, { where }: Sighting): Objection {
  return {
    rule: 'told',
    score: 0.9,
    leaf,
    reason: `The value ${quote(value)} stands nowhere but in ${where}, which is no source of data`,
  };
}

/** Objects to web addresses at hosts that nobody has named: whatever stands in an address reaches its host. */
function judgeAddress(leaf: Leaf, { ledger }: Knowledge): Objection | undefined {
  const strange = identifiersIn(String(leaf.value)).find((token) => {
    const host = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i.exec(token)?.[1];
    if (host === undefined || ledger.findToken(token)) return false;
    const seen = ledger.findToken(host)?.origin ?? ledger.findPhrase(wordsOf(host))?.origin;
    return seen !== 'user' && seen !== 'data';
  });
  return strange === undefined ? undefined : unseenObjection(leaf, strange);
}

/** Objects to data of one service on its way to a service that the user has not approved. */
function judgeCrossing(leaf: Leaf, service: string, { ledger }: Knowledge): Objection | undefined {
  for (const token of identifiersIn(String(leaf.value))) {
    const seen = ledger.findToken(token);
    if (seen?.origin !== 'data' || ledger.knows(service, token)) continue;
    return {
      rule: 'crossing',
      score: 0.9,
      leaf,
      reason: `The value ${quote(token)} from ${seen.where} goes to ${service}, which this task does not need`,
    };
  }
  return undefined;
}

/** Objects to a grave call that the user's words do not ask for. */
function judgeEffect(call: ToolCall, tool: OfferedTool, known: Knowledge): Objection | undefined {
  const { intent, spokenOf } = known;
  if (!intent.known || !tool.grave) return undefined;
  const effects = effectsOfTool(call.tool);
  const grants = grantsIn(call.tool);
  // Verbs of strong effects count where they are requests; other words of a name count wherever they stand.
  const mild = [...effects].every((effect) => effect === 'write' || effect === 'move');
  if (intent.names(call.tool) || grants.some(intent.says) || (mild && intent.speaksOf(call.tool)))
    return undefined;
  const asked = [...effects].some(
    (effect) => intent.effects.has(effect) || (intent.delegated && spokenOf.has(effect)),
  );
  if (asked && !effects.has('grant')) return undefined;
  const what = [...effects].join(' or ') || 'change';
  return {
    rule: 'unasked',
    score: 0.8,
    leaf: { name: 'name', path: '/name', value: call.tool },
    reason: `${quote(call.tool)} of ${call.service} would ${what} something, and the user's words ask for nothing like that`,
  };
}

/** Objects to an argument of a changing call that nobody has named, or that the user has put out of reach. */
function judgeChange(leaf: Leaf, tool: OfferedTool, known: Knowledge): Objection | undefined {
  if (typeof leaf.value !== 'string') return undefined;
  const { value } = leaf;
  if (tool.grave && known.intent.protects(value))
    return {
      rule: 'protected',
      score: 0.9,
      leaf,
      reason: `The user's words put ${quote(value)} out of reach`,
    };
  const unseen = identifiersIn(value).find((token) => !isSeen(token, known.ledger));
  if (unseen !== undefined) return unseenObjection(leaf, unseen);
  if (!naming.test(leaf.name) || value.length > maxPhrase || !/\p{L}{3}/u.test(value)) return undefined;
  if (tool.proposes(value) || known.ledger.findPhrase(wordsOf(value))) return undefined;
  const strange = wordsOf(value)
    .trim()
    .split(' ')
    .filter((word) => word.length >= 3 && !known.ledger.findPhrase(` ${word} `));
  return strange.length > 0 ? unseenObjection(leaf, value) : undefined;
}

function unseenObjection(leaf: Leaf, value: string): Objection {
  return {
    rule: 'unseen',
    score: 0.7,
    leaf,
    reason: `The value ${quote(value)} is in nothing that the user or a service's data says`,
  };
}

/** A token counts as seen in pieces too: an agent puts paths and addresses together. */
function isSeen(token: string, ledger: Ledger): boolean {
  if (ledger.findToken(token)) return true;
  const parts = partsOf(token).filter(isIdentifier);
  return (
    parts.length > 0 &&
    parts.every((part) => ledger.findToken(part)) &&
    !token.includes('@') &&
    !token.includes('://')
  );
}

function identifiersIn(text: string): string[] {
  return tokensIn(text).filter(isIdentifier);
}
