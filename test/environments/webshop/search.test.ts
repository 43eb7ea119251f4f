import { describe, expect, test } from 'vitest';
import { createIndex } from '../../../src/environments/webshop/search/index.ts';
import { stem } from '../../../src/environments/webshop/search/stem.ts';
import { termsOf } from '../../../src/environments/webshop/search/terms.ts';

describe('stems', () => {
  // The examples of Porter's paper, with all steps applied.
  const stems =
    'caresses caress, ponies poni, ties ti, caress caress, cats cat, feed feed, agreed agre, plastered plaster, ' +
    'bled bled, motoring motor, sing sing, conflated conflat, troubled troubl, sized size, hopping hop, tanned tan, ' +
    'falling fall, hissing hiss, fizzed fizz, failing fail, filing file, happy happi, sky sky, relational relat, ' +
    'conditional condit, rational ration, valenci valenc, hesitanci hesit, digitizer digit, conformabli conform, ' +
    'radicalli radic, differentli differ, vileli vile, analogousli analog, vietnamization vietnam, ' +
    'predication predic, operator oper, feudalism feudal, decisiveness decis, hopefulness hope, ' +
    'callousness callous, formaliti formal, sensitiviti sensit, sensibiliti sensibl, triplicate triplic, ' +
    'formative form, formalize formal, electriciti electr, electrical electr, hopeful hope, goodness good, ' +
    'revival reviv, allowance allow, inference infer, airliner airlin, gyroscopic gyroscop, adjustable adjust, ' +
    'defensible defens, irritant irrit, replacement replac, adjustment adjust, dependent depend, adoption adopt, ' +
    'homologou homolog, communism commun, activate activ, angulariti angular, effective effect, ' +
    'bowdlerize bowdler, probate probat, rate rate, cease ceas, controll control, roll roll, by by, ' +
    'possibly possibl, analogy analog, apology apolog';

  test.each(stems.split(', ').map((pair) => pair.split(' ')))('%s: %s', (word, expected) => {
    expect(stem(word ?? '')).toBe(expected);
  });
});

describe('terms', () => {
  test.each([
    ["Men's T-shirts for the garden", ['men', 't', 'shirt', 'garden']],
    ['28" x 28.5 inch, 1,000 pieces', ['28', 'x', '28.5', 'inch', '1,000', 'piec']],
    ['Is it not such a NIGHT', ['night']],
    ['blue | white (pack of 2)', ['blue', 'white', 'pack', '2']],
    ['  ', []],
  ])('%s', (text, expected) => {
    expect(termsOf(text)).toEqual(expected);
  });
});

describe('the index', () => {
  const index = createIndex([
    'red lamp',
    'red red lamp lamp lamp lamp',
    'blue chair',
    'green lamp shade table',
  ]);

  test('ranks by how often and how rarely a term occurs, and by length', () => {
    expect(index.search('lamp', 10)).toEqual([1, 0, 3]);
    expect(index.search('shade lamps', 10)[0]).toBe(3);
    expect(index.search('sofa', 10)).toEqual([]);
  });

  test('gives the first of equals first, and no more than asked for', () => {
    const same = createIndex(['one cup', 'two cups', 'cup three']);
    expect(same.search('cups', 2)).toEqual([0, 1]);
  });

  test('weighs with k1 0.9 and b 0.4', () => {
    const cups = createIndex(['cup cup w x y z', 'cup saucer', 'pan']);
    // Two in six terms weigh 2 / (2 + 1.26), one in two 1 / (1 + 0.78); with 1.2 and 0.75 the second would win.
    expect(cups.search('cup', 3)).toEqual([0, 1]);
    // A rare term counts ln(1 + 2.5 / 1.5), the frequent one ln(1 + 1.5 / 2.5).
    expect(cups.search('cup pan', 3)).toEqual([2, 0, 1]);
  });
});
