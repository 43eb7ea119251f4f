import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { createGame, createRulebook, type Game } from '../../../src/environments/alfworld/engine/game.ts';
import { parseGrammar } from '../../../src/environments/alfworld/original/grammar.ts';
import { nameThings } from '../../../src/environments/alfworld/original/naming.ts';
import { parseDomain, parseProblem } from '../../../src/environments/alfworld/pddl/domain.ts';

/** A domain in the original's notation, quirks included. */
export const domain = `
;; a small world (brackets in comments do not count: ((
(define (domain Toy)
  (:requirements :adl :typing)
  (:types agent location receptacle object rtype otype)
  (:predicates (atLocation ?a - agent ?l - location))
  (:action GotoLocation
    :parameters (?a - agent ?lStart - location ?lEnd - location ?r - receptacle)
    :precondition (and (atLocation ?a ?lStart) (receptacleAtLocation ?r ?lEnd))
    :effect (and (not (atLocation ?a ?lStart)) (atLocation ?a ?lEnd) (increase (total-cost) 1)))
  (:action OpenObject
    :parameters (?a - agent ?l - location ?r - receptacle)
    :precondition (and (openable ?r) (atLocation ?a ?l) (receptacleAtLocation ?r ?l)
                       (forall (?re - receptacle) (not (opened ?re))))
    :effect (and (opened ?r) (checked ?r)))
  (:action CloseObject
    :parameters (?a - agent ?l - location ?r - receptacle)
    :precondition (and (opened ?r) (atLocation ?a ?l) (receptacleAtLocation ?r ?l))
    :effect (not (opened ?r)))
  (:action PickupObject
    :parameters (?a - agent ?l - location ?o - object ?r - receptacle)
    :precondition (and (pickupable ?o) (atLocation ?a ?l) (receptacleAtLocation ?r ?l) (inReceptacle ?o ?r)
                       (not (holdsAny ?a)) (or (not (openable ?r)) (opened ?r)))
    :effect (and (not (inReceptacle ?o ?r)) (holds ?a ?o) (holdsAny ?a) (not (objectAtLocation ?o ?l))))
  (:action PutObject
    :parameters (?a - agent ?l - location ?o - object ?r - receptacle ?ot - otype ?rt - rtype)
    :precondition (and (holds ?a ?o) (atLocation ?a ?l) (receptacleAtLocation ?r ?l)
                       (or (not (openable ?r)) (opened ?r))
                       (objectType ?o ?ot) (receptacleType ?r ?rt) (canContain ?rt ?ot))
    :effect (and (inReceptacle ?o ?r) (objectAtLocation ?o ?l) (not (holds ?a ?o)) (not (holdsAny ?a))))
  (:action HeatObject
    :parameters (?a - agent ?l - location ?r - receptacle ?o - object)
    :precondition (and (heatable ?o) (receptacleType ?r MicrowaveType) (atLocation ?a ?l)
                       (receptacleAtLocation ?r ?l) (holds ?a ?o))
    :effect (and (isHot ?o) (not (isCool ?o))))
  (:action ToggleObject
    :parameters (?a - agent ?l - location ?o - object ?r - receptacle)
    :precondition (and (toggleable ?o) (atLocation ?a ?l) (receptacleAtLocation ?r ?l) (inReceptacle ?o ?r))
    :effect (and (when (isOn ?o) (not (isOn ?o))) (when (not (isOn ?o)) (isOn ?o)) (isToggled ?o)))
  (:action look :parameters (?a - agent ?l - location) :precondition (and (atLocation ?a ?l)) :effect (checked ?l))
  (:action inventory :parameters (?a - agent) :precondition () :effect (checked ?a))
  (:action examineReceptacle
    :parameters (?a - agent ?r - receptacle)
    :precondition (exists (?l - location) (and (atLocation ?a ?l) (receptacleAtLocation ?r ?l)))
    :effect (checked ?r))
  (:action examineObject
    :parameters (?a - agent ?o - object)
    :precondition (or (exists (?l - location, ?r - receptacle)
                        (and (atLocation ?a ?l) (receptacleAtLocation ?r ?l) (inReceptacle ?o ?r)))
                      (holds ?a ?o))
    :effect (checked ?o)))`;

const list = (query: string): string => `[{o.indefinite + ' ' + o.name | ${query}}]`;

/** Productions and actions in TextWorld's notation. */
const grammar = `
grammar :: """
  {
    "intro": [{ "rhs": "-= Welcome to the toy! =-\\n\\n#look.feedback#\\n\\n#task#" }],
    "task": [{ "rhs": "Your task is to: @@TASK@@" }],
    "GotoLocation.feedback": [{ "rhs": "You arrive at {lend.name}. #see#" }],
    "see": [
      { "condition": "openable(r:receptacle) & opened(r:receptacle)",
        "rhs": "The {r.name} is open. In it, you see ${list('inreceptacle(o:object, r:receptacle)')}." },
      { "condition": "openable(r:receptacle)", "rhs": "The {r.name} is closed." },
      { "rhs": "On the {r.name}, you see ${list('inreceptacle(o:object, r:receptacle)')}." }
    ],
    "carry": [
      { "condition": "holdsany(a:agent)", "rhs": "You are carrying: ${list('holds(a:agent, o:object)')}." },
      { "rhs": "You are not carrying anything." }
    ],
    "thing": [
      { "condition": "ishot(o:object)", "rhs": "This is a hot {o.name}." },
      { "rhs": "There's nothing special about {o.name or o.id}." }
    ],
    "stray": [{ "rhs": "{o.name} (in {r.name})}" }]
  }
""";
action GotoLocation {
  template :: "go to [{r.name | receptacleatlocation(r:receptacle, lend:location)}]";
  feedback :: "#GotoLocation.feedback#";
}
action OpenObject { template :: "open {r}"; feedback :: "You open the {r.name}. #see#"; }
action CloseObject { template :: "close {r}"; feedback :: "You close the {r.name}."; }
action PickupObject { template :: "take {o} from {r}"; feedback :: "You pick up the {o.name} from the {r.name}."; }
action PutObject { template :: "put {o} in/on {r}"; feedback :: "You put the {o.name} in/on the {r.name}."; }
action HeatObject { template :: "heat {o} with {r}"; feedback :: "You heat the {o.name} using the {r.name}."; }
action inventory { template :: "inventory"; feedback :: "#carry#"; }
action examineReceptacle { template :: "examine {r}"; feedback :: "#see#"; }
action examineObject { template :: "examine {o}"; feedback :: "#thing#"; }
action ToggleObject {
  template :: "use {o}";
  feedback :: "#toggle#";
  grammar :: """
    {
      "toggle": [
        { "condition": "istoggled(o:object)", "rhs": "You turn on the {o.name}." },
        { "rhs": "You turn off the {o.name}." }
      ]
    }
  """;
}
action look {
  template :: "look";
  feedback :: "#look.feedback#";
  grammar :: """
    {
      # a comment
      "look.feedback": [
        { "condition": "atlocation(a:agent, l:location) & receptacleatlocation(r:receptacle, l:location)",
          "rhs": "You are facing the [{r.name | atlocation(a:agent, l:location) & receptacleatlocation(r:receptacle, l:location)}]. Next to it, you see #floor#." },
        { "rhs": "You are in the middle of a room. Looking quickly around you, you see [{#overview(r)# | receptacleatlocation(r:receptacle, l:location)}]." }
      ],
      "overview(r)": [{ "rhs": "{r.indefinite} {r.name or r.id}" }],
      "floor": [
        { "condition": "atlocation(a:agent, l:location) & objectatlocation(o:object, l:location) & receptacleatlocation(r:receptacle, l:location) & not_inreceptacle(o:object, r:receptacle)",
          "rhs": "${list('atlocation(a:agent, l:location) & objectatlocation(o:object, l:location) & receptacleatlocation(r:receptacle, l:location) & not_inreceptacle(o:object, r:receptacle)')}" },
        { "rhs": "nothing" }
      ],
      "list_empty": [{ "rhs": "nothing" }],
      "list_separator": [{ "rhs": ", " }],
      "list_last_separator": [{ "rhs": ", and " }]
    }
  """;
}`;

/** A kitchen: two shelves at one place, a microwave, a table with a lamp; an egg on one shelf, mugs on the table. */
export function problem(goal: string): string {
  const at = (name: string, location: string): string => `(receptacleAtLocation ${name} ${location})`;
  const shelf = 'Shelf_bar__plus_01';
  const other = 'Shelf_bar__plus_02';
  const microwave = 'Microwave_bar__plus_01';
  const table = 'Table_bar__minus_01';
  const objects = ['Egg_bar_1', 'Mug_bar_1', 'Mug_bar_2', 'Lamp_bar_1'];
  const types = ['egg', 'mug', 'lamp'].map((type) => `${type}Type`);
  return `
(define (problem toy) (:domain toy)
  (:objects agent1 - agent ${objects.join(' ')} - object ${types.join(' ')} - otype
    ShelfType MicrowaveType TableType - rtype ${[shelf, other, microwave, table].join(' ')} - receptacle
    loc_bar_1 loc_bar_2 loc_bar_3 loc_bar_9 - location)
  (:init (= (total-cost) 0) (atLocation agent1 loc_bar_9)
    ${at(shelf, 'loc_bar_1')} ${at(other, 'loc_bar_1')} ${at(microwave, 'loc_bar_2')} ${at(table, 'loc_bar_3')}
    (receptacleType ${shelf} ShelfType) (receptacleType ${other} ShelfType)
    (receptacleType ${microwave} MicrowaveType) (receptacleType ${table} TableType)
    (openable ${microwave})
    (canContain ShelfType mugType) (canContain ShelfType eggType) (canContain MicrowaveType eggType)
    (canContain TableType mugType) (canContain TableType eggType)
    (objectType Egg_bar_1 eggType) (objectType Mug_bar_1 mugType) (objectType Mug_bar_2 mugType)
    (objectType Lamp_bar_1 lampType) (toggleable Lamp_bar_1)
    (pickupable Egg_bar_1) (heatable Egg_bar_1) (pickupable Mug_bar_1) (pickupable Mug_bar_2)
    (inReceptacle Egg_bar_1 ${shelf}) (objectAtLocation Egg_bar_1 loc_bar_1)
    (inReceptacle Mug_bar_1 ${table}) (inReceptacle Mug_bar_2 ${table}) (inReceptacle Lamp_bar_1 ${table})
    (objectAtLocation Mug_bar_1 loc_bar_3) (objectAtLocation Mug_bar_2 loc_bar_3))
  (:goal ${goal}))`;
}

export const hotEggOnTable = `(exists (?r - receptacle) (exists (?o - object)
  (and (isHot ?o) (objectType ?o eggType) (receptacleType ?r TableType) (inReceptacle ?o ?r))))`;

export function toyGame(goal = hotEggOnTable, changeGrammar = (text: string) => text): Game {
  const rulebook = createRulebook(parseDomain(domain), parseGrammar(changeGrammar(grammar)));
  return createGame({
    rulebook,
    problem: parseProblem(problem(goal), rulebook.domain),
    naming: nameThings,
    job: 'put a hot egg on the table.',
  });
}

/** One game as the original's files hold it. */
export function writtenGame(changes: object = {}): object {
  return {
    task: 'put a hot egg on the table.',
    domain: 'd1',
    grammar: 'g1',
    problem: problem(hotEggOnTable),
    solvable: true,
    task_type: 'pick_heat_then_place_in_recep',
    pddl_params: {
      object_target: 'Egg',
      parent_target: 'Table',
      toggle_target: '',
      mrecep_target: '',
      object_sliced: false,
    },
    ...changes,
  };
}

export function gamesFile(games: Readonly<Record<string, object>>): Buffer {
  return gzipSync(JSON.stringify({ domains: { d1: domain }, grammars: { g1: grammar }, games }));
}

/** A folder with these files, removed after `use`. */
export async function inFolder<T>(
  files: Readonly<Record<string, string | Buffer>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'safemcp-alfworld-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
