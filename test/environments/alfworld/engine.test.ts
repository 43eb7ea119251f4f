import { describe, expect, test } from 'vitest';
import { openPlay } from '../../../src/environments/alfworld/engine/play.ts';
import { parseGrammar } from '../../../src/environments/alfworld/original/grammar.ts';
import { nameThings } from '../../../src/environments/alfworld/original/naming.ts';
import { parseDomain, parseProblem } from '../../../src/environments/alfworld/pddl/domain.ts';
import { parseExpression } from '../../../src/environments/alfworld/pddl/expression.ts';
import { UnfitGame } from '../../../src/environments/alfworld/pddl/unfit.ts';
import { domain, hotEggOnTable, problem, toyGame } from './fixture.ts';

function told(...commands: string[]): string[] {
  const play = openPlay(toyGame());
  return commands.map((command) => play.act(command).text);
}

const nothing = 'Nothing happens.';

describe('a game in the notation of the original', () => {
  test('opens with its receptacles, names counted down in the order of ids', () => {
    expect(openPlay(toyGame()).opening()).toBe(
      'You are in the middle of a room. Looking quickly around you, you see a microwave 1, a shelf 2, a shelf 1, and a table 1.\n' +
        'Your task is to: put a hot egg on the table.',
    );
  });

  test('tells what is in or on a receptacle', () => {
    expect(told('go to table 1', 'go to microwave 1', 'open microwave 1', 'examine microwave 1')).toEqual([
      'On the table 1, you see a lamp 1, a mug 2, and a mug 1.',
      'The microwave 1 is closed.',
      'You open the microwave 1. The microwave 1 is open. In it, you see nothing.',
      'The microwave 1 is open. In it, you see nothing.',
    ]);
  });

  test('does nothing at a command that does not apply', () => {
    expect(
      told(
        'open microwave 1',
        'go to shelf 3',
        'go to egg 1',
        'go to table 12',
        'Go to table 1',
        'take egg 1 from shelf 2',
        'dance',
        '',
      ),
    ).toEqual(Array(8).fill(nothing));
  });

  test('space around a command makes no difference', () => {
    expect(told(' go to microwave 1\n')).toEqual(['The microwave 1 is closed.']);
  });

  test('nobody goes to where they are, by whatever name', () => {
    expect(told('go to shelf 1', 'go to shelf 1', 'go to shelf 2')).toEqual([
      'On the shelf 1, you see nothing.',
      nothing,
      nothing,
    ]);
  });

  test('one thing is carried at a time, and put only where it belongs', () => {
    expect(
      told(
        'inventory',
        'go to table 1',
        'take mug 1 from table 1',
        'take mug 2 from table 1',
        'inventory',
        'go to microwave 1',
        'put mug 1 in/on microwave 1',
        'open microwave 1',
        'put mug 1 in/on microwave 1',
        'go to shelf 1',
        'put mug 1 in/on shelf 1',
      ),
    ).toEqual([
      'You are not carrying anything.',
      'On the table 1, you see a lamp 1, a mug 2, and a mug 1.',
      'You pick up the mug 1 from the table 1.',
      nothing,
      'You are carrying: a mug 1.',
      'The microwave 1 is closed.',
      nothing,
      'You open the microwave 1. The microwave 1 is open. In it, you see nothing.',
      nothing,
      'On the shelf 1, you see nothing.',
      'You put the mug 1 in/on the shelf 1.',
    ]);
  });

  test('a thing beside its receptacle is one that was taken from another at the same place', () => {
    expect(
      told(
        'go to shelf 2',
        'look',
        'take egg 1 from shelf 2',
        'put egg 1 in/on shelf 1',
        'look',
        'take egg 1 from shelf 1',
        'look',
        'put egg 1 in/on shelf 2',
        'look',
      ).filter((text) => text.startsWith('You are facing')),
    ).toEqual(
      ['nothing', 'a egg 1', 'nothing', 'a egg 1'].map(
        (beside) => `You are facing the shelf 2, and shelf 1. Next to it, you see ${beside}.`,
      ),
    );
  });

  test('different variables of a query stand for different things', () => {
    const pairs = "[{o.name + '/' + p.name | objecttype(o:object, t:otype) & objecttype(p:object, t:otype)}]";
    const game = toyGame(hotEggOnTable, (text) =>
      text.replace('feedback :: "#carry#"', `feedback :: "${pairs}"`),
    );
    expect(openPlay(game).act('inventory').text).toBe('mug 2/mug 1, and mug 1/mug 2');
  });

  test('a command is what its template says in the present state', () => {
    const game = toyGame(hotEggOnTable, (text) =>
      text.replace('"open {r}"', '"open [{r.name | opened(r:receptacle)}]"'),
    );
    const play = openPlay(game);
    play.act('go to microwave 1');
    expect(play.act('open microwave 1').text).toBe(nothing);
  });

  test('a lamp is turned on twice, as the original never takes that back', () => {
    const play = openPlay(toyGame());
    const on = (): boolean => play.facts.has({ predicate: 'ison', args: ['lamp_bar_1'] });
    play.act('go to table 1');
    expect(play.act('use lamp 1').text).toBe('You turn on the lamp 1.');
    expect(on()).toBe(true);
    expect(play.act('use lamp 1').text).toBe('You turn on the lamp 1.');
    expect(on()).toBe(false);
    expect(play.act('use mug 1').text).toBe(nothing);
  });

  test('an object is examined in the hand only: the type with a comma has no things', () => {
    expect(
      told('go to shelf 2', 'examine egg 1', 'take egg 1 from shelf 2', 'examine egg 1').slice(1),
    ).toEqual([nothing, 'You pick up the egg 1 from the shelf 2.', "There's nothing special about egg 1."]);
  });

  test('the goal holds when it is reached, not before', () => {
    const play = openPlay(toyGame());
    const steps = [
      'go to shelf 2',
      'take egg 1 from shelf 2',
      'go to microwave 1',
      'heat egg 1 with microwave 1',
      'examine egg 1',
      'go to table 1',
      'put egg 1 in/on table 1',
    ];
    const held = steps.map((step) => [play.act(step).kind, play.goalHolds()]);
    expect(held).toEqual(steps.map((_, at) => ['happened', at === steps.length - 1]));
  });

  test('plays of one game share nothing', () => {
    const game = toyGame();
    const [busy, idle] = [openPlay(game), openPlay(game)];
    busy.act('go to table 1');
    busy.act('take mug 1 from table 1');
    expect(idle.act('inventory').text).toBe('You are not carrying anything.');
    expect(idle.act('go to table 1').text).toContain('mug 1');
  });

  test('what nothing depends on is not kept', () => {
    const play = openPlay(toyGame());
    play.act('look');
    expect([...play.facts.of('checked')]).toEqual([]);
  });
});

describe('goals', () => {
  const holds = (goal: string): boolean => openPlay(toyGame(goal)).goalHolds();

  test.each([
    ['(and)', true],
    ['(or)', false],
    ['(forall (?r - receptacle) (not (opened ?r)))', true],
    ['(forall (?r - receptacle) (openable ?r))', false],
    ['(forall (?o - object) (imply (heatable ?o) (objectType ?o eggType)))', true],
    ['(exists (?o - object ?p - object) (and (objectType ?o mugType) (objectType ?p mugType)))', true],
    [
      '(exists (?o - object ?p - object) (and (objectType ?o eggType) (objectType ?p eggType) (not (= ?o ?p))))',
      false,
    ],
    [
      '(exists (?o - object ?p - object) (and (objectType ?o mugType) (objectType ?p mugType) (not (= ?o ?p))))',
      true,
    ],
    ['(exists (?o - object) (and (toggleable ?o) (exists (?o - object) (heatable ?o))))', true],
    ['(exists (?o - agent) (objectType ?o mugType))', false],
  ])('%s: %s', (goal, expected) => {
    expect(holds(goal)).toBe(expected);
  });
});

describe('what cannot be read', () => {
  test.each([
    ['', 'not one bracket'],
    ['(a', 'not one bracket'],
    ['(a))', 'not opened'],
    ['(a) (b)', 'not one bracket'],
    ['('.repeat(500), 'too deeply'],
  ])('%s', (text, reason) => {
    expect(() => parseExpression(text)).toThrow(UnfitGame);
    expect(() => parseExpression(text)).toThrow(reason);
  });

  test('a goal about things that cannot exist', () => {
    const goal = '(exists (?x - receptacleObject) (inReceptacle ?x ?x))';
    expect(() => parseProblem(problem(goal), parseDomain(domain))).toThrow('type receptacleobject');
  });

  test('an effect on all things of a type', () => {
    const text = '(define (domain d) (:action a :parameters () :effect (forall (?o - object) (seen ?o))))';
    expect(() => parseDomain(text)).toThrow(UnfitGame);
  });

  test.each([
    ['', 'no actions'],
    ['action a { template :: "a"; }', 'no feedback for the action a'],
    ['grammar :: """ { nonsense """; action a { template :: "a"; feedback :: "b"; }', 'cannot be read'],
    ['action a { template :: "a {x.color}"; feedback :: "b"; }', 'does not know'],
    ['action a { template :: "a {x | seen x}"; feedback :: "b"; }', 'cannot be read'],
  ])('the grammar %s', (text, reason) => {
    expect(() => parseGrammar(text)).toThrow(UnfitGame);
    expect(() => parseGrammar(text)).toThrow(reason);
  });
});

test('names: counted per kind, basins apart, what has no place is called by its id', () => {
  const ids = ['agent1', 'sink_bar_1', 'sink_bar_1_bar_sinkbasin', 'sink_bar_2', 'sink_bar_2_bar_sinkbasin'];
  expect([...nameThings(ids).values()]).toEqual(['agent1', 'sink 2', 'sinkbasin 2', 'sink 1', 'sinkbasin 1']);
});
