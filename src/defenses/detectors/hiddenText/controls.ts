import type { TextFinding } from '../../textDetector.ts';

const esc = String.raw`\u001b`;
const sequences = new RegExp(
  String.raw`(?:${esc}\[|\u009b(?=[\d;:?]{0,60}[@-~]))([\d;:?]{0,60})([@-~]?)|${esc}`,
  'g',
);
/** Control characters besides tab, line ends, form feed, escape and the ones that wrongly decoded letters become. */
const ranges = ['\\u0000-\\u0007', '\\u000e-\\u001a', '\\u001c-\\u001f', '\\u007f'];
const controls = new RegExp(`[${ranges.join('')}]|\\u0008{2}`);

/** A color of the 256 or of all, for letters (3) or ground (4). */
const extendedColor = /([34])8[;:]((?:5[;:]\d{1,3})|(?:2(?:[;:]\d{0,3}){3}))/g;

/** Sequences by which a terminal conceals, moves or erases text, and other control characters. Plain colors pass. */
export function findControls(text: string): TextFinding | undefined {
  for (const match of text.matchAll(sequences)) {
    const [, codes = '', final = ''] = match;
    if (final === 'm' ? showsText(codes) : final === 'K' && /^0?$/.test(codes)) continue;
    return finding('a terminal sequence that hides text or more', text, match.index, 1);
  }
  const at = text.search(controls);
  return at < 0 ? undefined : finding('control characters', text, at, 0.6);
}

function finding(reason: string, text: string, at: number, score: number): TextFinding {
  return { score, reason, excerpt: text.slice(Math.max(0, at - 20), at + 100) };
}

/** Whether a text remains visible under a "select graphic rendition": not concealed, not on its own color. */
function showsText(codes: string): boolean {
  const colors: Record<string, string> = {};
  const plain = codes.replace(extendedColor, (_, plane: string, color: string) => {
    colors[plane] = color;
    return '';
  });
  for (const code of plain.split(/[;:]/)) {
    if (Number(code) === 8) return false;
    const [, plane, color] = /^([34])([0-7])$/.exec(code) ?? [];
    if (plane !== undefined && color !== undefined) colors[plane] = color;
  }
  return colors['3'] === undefined || colors['3'] !== colors['4'];
}
