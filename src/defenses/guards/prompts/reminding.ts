import type { Marking } from '../../marking.ts';

/** Puts the same words around every text; `reveal` takes them away again wherever they stand. */
export function createReminding({ before = '', after = '' }: { before?: string; after?: string }): Marking {
  const [head, tail] = [before === '' ? '' : `${before}\n\n`, after === '' ? '' : `\n\n${after}`];
  return {
    mark: (text) => text,
    wrap: (text) => head + text + tail,
    reveal: (text) => [head, tail].filter(Boolean).reduce((seen, words) => seen.replaceAll(words, ''), text),
  };
}
