/** Enough signs for a few words; tables and rulers are shorter, or of one sign alone. */
export const morseRuns = /(?:\^?[.\-\u00b7\u2013]{1,6}[ /|\n]{1,3}){16,}/g;

/** Distinct signs that a few words have at least. */
const fewestSigns = 7;
const mostLooked = 400;

/** Whether a run of dots and dashes has the variety of a text. */
export function isMorse(run: string): boolean {
  const signs = new Set(
    run
      .slice(0, mostLooked * 7)
      .split(/[ /|\n^]+/)
      .filter(Boolean),
  );
  const both = [...signs].filter((sign) => /[.\u00b7]/.test(sign) && /[-\u2013]/.test(sign));
  return signs.size >= fewestSigns && both.length >= fewestSigns - 3;
}
