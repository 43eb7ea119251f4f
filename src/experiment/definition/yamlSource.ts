import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLParseError,
} from 'yaml';
import { messageOf, SafeMcpError } from '../../contracts/errors.ts';
import type { Path, Problem } from './problems.ts';

/** Greatest length of an experiment file, in characters. */
export const maxFileLength = 64 * 1024;
/** Greatest depth of `[[[` and `- - -`; the parser calls itself for every level. */
const maxNesting = 40;
const maxAliases = 100;

/** A place in a text. */
export interface Place {
  /** `file:line:column`. */
  readonly text: string;
  /** Places in order have rising offsets. */
  readonly offset: number;
}

/** YAML text as data, and the way back from a place in the data to line and column. */
export interface YamlSource {
  readonly data: unknown;
  /** Where the value or key at a problem's path stands. */
  locate(problem: Problem): Place;
}

/** @throws INVALID_EXPERIMENT when `text` is not YAML, or more than an experiment can need */
export function readYaml(text: string, file: string): YamlSource {
  if (text.length > maxFileLength)
    throw new SafeMcpError('INVALID_EXPERIMENT', `The file is longer than ${maxFileLength} characters`, {
      where: file,
      hint: 'Experiment files are short; use "*" and lists instead of many entries',
    });
  const lines = new LineCounter();
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  checkNesting(text, file);
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  if (document.errors.length > 0)
    throw new SafeMcpError(
      'INVALID_EXPERIMENT',
      faultsIn(document, text)
        .map(({ offset, what }) => `${at(offset)}: ${what}, correct the YAML`)
        .join('\n'),
    );
  return {
    data: dataOf(() => document.toJS({ maxAliasCount: maxAliases }), file),
    locate({ path, atKey }) {
      const offset = offsetOf(document.contents, path, atKey === true);
      return { text: at(offset), offset };
    },
  };
}

interface Fault {
  readonly offset: number;
  readonly what: string;
}

/** The first ten things that are wrong, up to a quote that is never closed: what follows it is no YAML any more. */
function faultsIn(document: Document, text: string): readonly Fault[] {
  const { errors } = document;
  const unclosed = errors.findIndex(({ message }) => message.startsWith('Missing closing'));
  const told = errors.slice(0, unclosed < 0 ? errors.length : unclosed + 1).slice(0, 10);
  return told.map((error, index) => {
    const opening = index === unclosed ? quoteUpTo(document, error.pos[0]) : undefined;
    return opening === undefined
      ? { offset: faultOffset(error, text), what: error.message }
      : { offset: opening, what: 'the quote that opens here is never closed' };
  });
}

/** Where the quoted text opens that the parser read up to an offset. */
function quoteUpTo(document: Document, end: number): number | undefined {
  let opening: number | undefined;
  visit(document, {
    Scalar(_, { type, range }) {
      if ((type !== 'QUOTE_DOUBLE' && type !== 'QUOTE_SINGLE') || range?.[1] !== end) return;
      opening = range[0];
      return visit.BREAK;
    },
  });
  return opening;
}

/** The parser misses a bracket or quote only at what comes after: what lacks it ends before. */
function faultOffset({ code, message, pos }: YAMLParseError, text: string): number {
  const [noticed] = pos;
  if (code !== 'MISSING_CHAR' && !message.includes('and end with a')) return noticed;
  return Math.max(0, text.slice(0, noticed).trimEnd().length - 1);
}

function dataOf(convert: () => unknown, file: string): unknown {
  try {
    return convert();
  } catch (error) {
    throw new SafeMcpError('INVALID_EXPERIMENT', messageOf(error), {
      where: file,
      hint: 'Write values out instead of using many aliases',
    });
  }
}

/** Bounds the depth of what opens without indentation, before the parser sees it; texts and comments count too. */
function checkNesting(text: string, file: string): void {
  let brackets = 0;
  for (const [index, line] of text.split('\n').entries()) {
    for (const character of line) {
      if (character === '[' || character === '{') brackets++;
      else if ((character === ']' || character === '}') && brackets > 0) brackets--;
    }
    const indicators = line.split(/\s/).filter((word) => word === '-' || word === '?').length;
    if (Math.max(brackets, indicators) > maxNesting)
      throw new SafeMcpError(
        'INVALID_EXPERIMENT',
        `${file}:${index + 1}:1: more than ${maxNesting} levels, close brackets or use fewer levels`,
      );
  }
}

/** Where the deepest existing node on `path` begins. */
function offsetOf(root: Node | null, path: Path, atKey: boolean): number {
  let node: unknown = root;
  let offset = startOf(root) ?? 0;
  for (const [depth, step] of path.entries()) {
    if (!isCollection(node) || isAlias(node)) break;
    const last = depth === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      const key = isNode(pair.key) ? startOf(pair.key) : undefined;
      node = pair.value;
      offset = (last && atKey ? key : (startOf(node) ?? key)) ?? offset;
    } else {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    }
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
