import { createBeginnings } from '../../beginnings.ts';
import { codesOf } from '../../characterCodes.ts';
import { createRunFinder } from '../runs.ts';

/**
 * `credential`: opens something, so whoever gets it can act for the user. `personal`: tells about a person, or looks
 * random and may be anything.
 */
export type ValueKind = 'credential' | 'personal';

/** A value that should not leave without a reason. */
export interface SensitiveValue {
  readonly kind: ValueKind;
  readonly value: string;
  /** What it is, in words of our own and the label's: `recovery code`. */
  readonly label: string;
}

interface Shape {
  readonly kind: ValueKind;
  readonly label: string;
  readonly pattern: RegExp;
  /** Whether a text may have one, told quickly. */
  readonly maybe: (text: string) => boolean;
  /** Tells the shape from others that look alike. */
  readonly check?: (value: string) => boolean;
}

const hasTokenLetters = createRunFinder(/[A-Za-z0-9_-]/);
const hasDigits = createRunFinder(/[0-9 -]/);
const hasCapitals = createRunFinder(/[A-Z0-9 ]/);
const hasNumber = createRunFinder(/[0-9 ()/-]/);
const hasAny = (text: string, ...parts: readonly string[]): boolean =>
  parts.some((part) => text.includes(part));

/** Formats that their makers publish. */
const shapes: readonly Shape[] = [
  {
    kind: 'credential',
    label: 'cloud key',
    pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[\w-]{35}/g,
    maybe: (text) => hasAny(text, 'AKIA', 'ASIA', 'AIza'),
  },
  {
    kind: 'credential',
    label: 'access token',
    pattern:
      /\b(?:gh[opsur]_[A-Za-z0-9]{30,255}|github_pat_\w{40,255}|glpat-[\w-]{20,255}|npm_[A-Za-z0-9]{36}|hf_[A-Za-z]{30,60}|xox[abeoprs]-[\w-]{10,255})/g,
    maybe: (text) => hasAny(text, '_', 'xox', 'glpat-') && hasTokenLetters(text, 15),
  },
  {
    kind: 'credential',
    label: 'secret key',
    pattern: /\b(?:sk|rk)[-_](?:live_|test_|proj-|ant-)?[A-Za-z0-9_-]{20,255}/g,
    maybe: (text) => hasAny(text, 'k-', 'k_') && hasTokenLetters(text, 23),
    check: isMixed,
  },
  {
    kind: 'credential',
    label: 'token',
    pattern: /(?<![\w-])eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,2000}/g,
    maybe: (text) => text.includes('.eyJ'),
  },
  {
    kind: 'credential',
    label: 'private key',
    pattern: /(?<=-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----\s{1,4})[A-Za-z0-9+/=]{40,100}/g,
    maybe: (text) => text.includes('PRIVATE KEY-----'),
  },
  {
    kind: 'credential',
    label: 'card number',
    pattern: /\b\d(?:[ -]?\d){12,18}\b/g,
    maybe: (text) => hasDigits(text, 13),
    check: isCard,
  },
  {
    kind: 'personal',
    label: 'account number',
    pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b/g,
    maybe: (text) => hasCapitals(text, 15),
    check: isIban,
  },
  {
    kind: 'personal',
    label: 'mail address',
    pattern: /(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}/g,
    maybe: (text) => text.includes('@'),
  },
  {
    kind: 'personal',
    label: 'telephone number',
    pattern: /\+\d[\d ()/-]{7,20}\d/g,
    maybe: (text) => text.includes('+') && hasNumber(text, 9),
  },
  {
    kind: 'personal',
    label: 'random token',
    pattern: /(?<![\w/+.-])[A-Za-z0-9_-]{24,200}(?![\w/+-])/g,
    maybe: (text) => hasTokenLetters(text, 24),
    check: isRandom,
  },
];

/**
 * Words for what opens something. A bare "code" or "key" is too often the code of a country or the key of an issue,
 * and a page token opens nothing.
 */
const opens =
  'recovery|access|alarm|door|vault|security|verification|confirmation|unlock|backup|gate|safe|login|sign-?in|' +
  'one[ _-]?time|card|entry|master|invitation';
const labels = new RegExp(
  `(?<![A-Za-z])(?:(?:${opens})[ _-]?(?:code|number|pin)s?|code[ _-]?word|pass(?:word|phrase|code|wd)s?|` +
    '(?:api|secret|access|private|signing|encryption|license|master|recovery)[ _-]?keys?|' +
    '(?<!(?:page|next|cursor|sync|continuation)[ _-]?)tokens?|secrets?|credentials?|pin)(?![A-Za-z])',
  'gi',
);
/** In what the user says of himself, every code and key is one. */
const privateLabels =
  /(?<![A-Za-z])(?:[A-Za-z]{1,20}[ _-])?(?:codes?|pass\w{2,10}|keys?|tokens?|pins?|secrets?|credentials?)(?![A-Za-z])/gi;

/** What stands between a label and its value: ends in a colon, an equals sign or "is". */
const valueAfter = /^[^\n.;!?]{0,60}?(?:[:=]|\bis\b)[\s"'`*_]{0,4}([^\s"'`,;<>\\]{6,200})/;

const mostValues = 500;

/** Values in a text that a service sends. */
export function valuesIn(text: string): SensitiveValue[] {
  return [...labeledValues(text, labels), ...shapedValues(text)];
}

/** Values in what the user has told the agent in private. */
export function privateValues(text: string): SensitiveValue[] {
  const codes = (text.match(/[^\s"'<>(),;]{6,200}/g) ?? [])
    .map(withoutEnd)
    .filter((token) => /\d/.test(token) && isCode(token));
  return [
    ...labeledValues(text, privateLabels),
    ...shapedValues(text),
    ...codes.map((value) => ({ kind: 'personal', label: 'private code', value }) as const),
  ];
}

/** Whether the name of a member says that its value opens something, and as what. */
export function labelIn(name: string): string | undefined {
  const read = name.slice(0, 100);
  if (!anyCore.test(read)) return undefined;
  const spaced = read.replace(/([a-z])([A-Z])/g, '$1 $2');
  return spaced.match(labels)?.[0]?.toLowerCase();
}

/** Each label has one of these in it; the patterns take many times as long. */
const cores = ['code', 'number', 'pin', 'pass', 'key', 'token', 'secret', 'credential'];
const anyCore = new RegExp(cores.join('|'), 'i');
const coreAt = new RegExp(anyCore, 'iy');
const coreBeginnings = createBeginnings(cores);

/** What {@link anyCore} tells, of long texts in less time. */
function holdsCore(text: string): boolean {
  return coreBeginnings.some(codesOf(text), (at) => {
    coreAt.lastIndex = at;
    return coreAt.test(text);
  });
}

function labeledValues(text: string, pattern: RegExp): SensitiveValue[] {
  const found: SensitiveValue[] = [];
  if (!holdsCore(text)) return found;
  for (const match of text.matchAll(pattern)) {
    const from = match.index + match[0].length;
    const value = withoutEnd(valueAfter.exec(text.slice(from, from + 280))?.[1] ?? '');
    if (!isCode(value)) continue;
    found.push({ kind: 'credential', label: match[0].toLowerCase(), value });
    if (found.length >= mostValues) break;
  }
  return found;
}

function shapedValues(text: string): SensitiveValue[] {
  const found: SensitiveValue[] = [];
  for (const { kind, label, pattern, maybe, check } of shapes) {
    if (!maybe(text)) continue;
    for (const [value] of text.matchAll(pattern)) {
      if (found.length >= mostValues) return found;
      if (check?.(value) ?? true) found.push({ kind, label, value: value.replaceAll(' ', '') });
    }
  }
  return found;
}

function withoutEnd(token: string): string {
  return token.replace(/[.,:!?)\]}]{1,8}$/, '');
}

const dates = /^\d{4}-\d{2}-\d{2}|^\d{1,2}[./]\d{1,2}[./]\d{2,4}$|^\d{1,2}:\d{2}/;

/** Whether a token looks made up for opening something: long enough, with digits or parts, no date, no address. */
export function isCode(token: string): boolean {
  const letters = token.replace(/[^A-Za-z0-9]/g, '');
  if (letters.length < 6 || dates.test(token) || token.includes('://') || token.includes('@')) return false;
  if (token.split('/').length > 2) return false;
  return /\d/.test(letters) || (letters.length >= 10 && /[a-z][-_][a-z]/i.test(token)) || isMixed(letters);
}

/** Capitals and small letters inside, as no word has them, or digits among letters. */
function isMixed(token: string): boolean {
  return (/\d/.test(token) && /[a-z]/i.test(token)) || /[a-z][A-Z]+[a-z0-9]+[A-Z]/.test(token);
}

/** Letters of both cases and digits, none of them ruling; no hash, no number, no name of words. */
function isRandom(token: string): boolean {
  const kinds = [/[a-z]/g, /[A-Z]/g, /\d/g].map((each) => token.match(each)?.length ?? 0);
  return kinds.every((count) => count >= 3) && new Set(token).size >= 14;
}

/** ISO/IEC 7812: the digit sum by Luhn. */
function isCard(text: string): boolean {
  const digits = Array.from(text.replace(/\D/g, ''), Number).reverse();
  const sum = digits.reduce(
    (total, digit, at) => total + (at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)),
    0,
  );
  return /^[2-6]/.test(text) && new Set(digits).size > 2 && sum % 10 === 0;
}

/** ISO 13616: the remainder by 97. */
function isIban(text: string): boolean {
  const letters = text.replaceAll(' ', '');
  const turned = letters.slice(4) + letters.slice(0, 4);
  let rest = 0;
  for (const letter of turned) {
    const number = Number.parseInt(letter, 36);
    rest = (rest * (number > 9 ? 100 : 10) + number) % 97;
  }
  return rest === 1;
}
