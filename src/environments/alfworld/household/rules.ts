import { createRulebook, type Rulebook } from '../engine/game.ts';
import { parseDomain } from '../pddl/domain.ts';
import { readRules, type WrittenRules } from '../text/rules.ts';

/**
 * The rules of our own households. They use the predicates of the original, with these differences: every receptacle
 * has a place of its own, whether a receptacle washes, heats or cools is a fact and not a matter of its type, a lamp
 * or a device that is used twice is off again, and everything within reach can be examined.
 */
const domainText = `
(define (domain household)
  (:types agent location receptacle object rtype otype)
  (:action go
    :parameters (?a - agent ?from - location ?to - location ?r - receptacle)
    :precondition (and (atLocation ?a ?from) (receptacleAtLocation ?r ?to))
    :effect (and (atLocation ?a ?to) (not (atLocation ?a ?from))))
  (:action open
    :parameters (?a - agent ?l - location ?r - receptacle)
    :precondition (and (openable ?r) (not (opened ?r)) (receptacleAtLocation ?r ?l) (atLocation ?a ?l))
    :effect (opened ?r))
  (:action close
    :parameters (?a - agent ?l - location ?r - receptacle)
    :precondition (and (opened ?r) (receptacleAtLocation ?r ?l) (atLocation ?a ?l))
    :effect (not (opened ?r)))
  (:action take
    :parameters (?a - agent ?l - location ?o - object ?r - receptacle)
    :precondition (and (inReceptacle ?o ?r) (pickupable ?o) (receptacleAtLocation ?r ?l) (atLocation ?a ?l)
                       (not (holdsAny ?a)) (imply (openable ?r) (opened ?r)))
    :effect (and (holds ?a ?o) (holdsAny ?a) (not (inReceptacle ?o ?r))))
  (:action put
    :parameters (?a - agent ?l - location ?o - object ?r - receptacle ?ot - otype ?rt - rtype)
    :precondition (and (holds ?a ?o) (receptacleAtLocation ?r ?l) (atLocation ?a ?l)
                       (imply (openable ?r) (opened ?r))
                       (receptacleType ?r ?rt) (objectType ?o ?ot) (canContain ?rt ?ot))
    :effect (and (inReceptacle ?o ?r) (not (holds ?a ?o)) (not (holdsAny ?a))))
  (:action clean
    :parameters (?a - agent ?l - location ?o - object ?r - receptacle)
    :precondition (and (holds ?a ?o) (cleanable ?o) (washes ?r) (receptacleAtLocation ?r ?l) (atLocation ?a ?l))
    :effect (isClean ?o))
  (:action heat
    :parameters (?a - agent ?l - location ?o - object ?r - receptacle)
    :precondition (and (holds ?a ?o) (heatable ?o) (heats ?r) (receptacleAtLocation ?r ?l) (atLocation ?a ?l))
    :effect (and (isHot ?o) (not (isCool ?o))))
  (:action cool
    :parameters (?a - agent ?l - location ?o - object ?r - receptacle)
    :precondition (and (holds ?a ?o) (coolable ?o) (cools ?r) (receptacleAtLocation ?r ?l) (atLocation ?a ?l))
    :effect (and (isCool ?o) (not (isHot ?o))))
  (:action use
    :parameters (?a - agent ?l - location ?o - object ?r - receptacle)
    :precondition (and (toggleable ?o) (inReceptacle ?o ?r) (receptacleAtLocation ?r ?l) (atLocation ?a ?l))
    :effect (and (when (isOn ?o) (not (isOn ?o))) (when (not (isOn ?o)) (isOn ?o))))
  (:action slice
    :parameters (?a - agent ?l - location ?o - object ?k - object ?r - receptacle)
    :precondition (and (holds ?a ?k) (cuts ?k) (sliceable ?o) (inReceptacle ?o ?r) (receptacleAtLocation ?r ?l)
                       (atLocation ?a ?l) (imply (openable ?r) (opened ?r)))
    :effect (isSliced ?o))
  (:action look :parameters (?a - agent ?l - location) :precondition (atLocation ?a ?l) :effect (seen ?l))
  (:action inventory :parameters (?a - agent ?l - location) :precondition (atLocation ?a ?l) :effect (seen ?l))
  (:action examineplace
    :parameters (?a - agent ?l - location ?r - receptacle)
    :precondition (and (receptacleAtLocation ?r ?l) (atLocation ?a ?l))
    :effect (seen ?r))
  (:action examinething
    :parameters (?a - agent ?o - object)
    :precondition (or (holds ?a ?o)
                      (exists (?l - location ?r - receptacle)
                        (and (inReceptacle ?o ?r) (receptacleAtLocation ?r ?l) (atLocation ?a ?l)
                             (imply (openable ?r) (opened ?r)))))
    :effect (seen ?o)))
`;

const thingsIn = "[{o.indefinite + ' ' + o.name | inreceptacle(o:object, r:receptacle)}]";
const here = 'atlocation(a:agent, l:location) & receptacleatlocation(r:receptacle, l:location)';

/** Commands and observations have the form of the original, so that prompts written for it fit. */
const written: WrittenRules = {
  commands: {
    go: { template: 'go to {r}', feedback: '#contents#' },
    open: { template: 'open {r}', feedback: 'You open the {r}. #contents#' },
    close: { template: 'close {r}', feedback: 'You close the {r}.' },
    take: { template: 'take {o} from {r}', feedback: 'You pick up the {o} from the {r}.' },
    put: { template: 'put {o} in/on {r}', feedback: 'You put the {o} in/on the {r}.' },
    clean: { template: 'clean {o} with {r}', feedback: 'You clean the {o} using the {r}.' },
    heat: { template: 'heat {o} with {r}', feedback: 'You heat the {o} using the {r}.' },
    cool: { template: 'cool {o} with {r}', feedback: 'You cool the {o} using the {r}.' },
    use: { template: 'use {o}', feedback: '#used#' },
    slice: { template: 'slice {o} with {k}', feedback: 'You sliced the {o} with the {k}.' },
    look: { template: 'look', feedback: '#surroundings#' },
    inventory: { template: 'inventory', feedback: '#carried#' },
    examineplace: { template: 'examine {r}', feedback: '#contents#' },
    examinething: { template: 'examine {o}', feedback: '#thing#' },
  },
  productions: {
    intro: [{ rhs: '#surroundings#\nYour task is to: @@TASK@@' }],
    surroundings: [
      { condition: here, rhs: `You are facing the [{r.name | ${here}}]. Next to it, you see nothing.` },
      {
        rhs: "You are in the middle of a room. Looking quickly around you, you see [{r.indefinite + ' ' + r.name | receptacleatlocation(r:receptacle, l:location)}].",
      },
    ],
    contents: [
      {
        condition: 'openable(r:receptacle) & opened(r:receptacle)',
        rhs: `The {r} is open. In it, you see ${thingsIn}.`,
      },
      { condition: 'openable(r:receptacle)', rhs: 'The {r} is closed.' },
      { rhs: `On the {r}, you see ${thingsIn}.` },
    ],
    carried: [
      {
        condition: 'holdsany(a:agent)',
        rhs: "You are carrying: [{o.indefinite + ' ' + o.name | holds(a:agent, o:object)}].",
      },
      { rhs: 'You are not carrying anything.' },
    ],
    used: [{ condition: 'ison(o:object)', rhs: 'You turn on the {o}.' }, { rhs: 'You turn off the {o}.' }],
    thing: [
      { condition: 'toggleable(o:object) & ison(o:object)', rhs: 'This {o} is on.' },
      { condition: 'toggleable(o:object)', rhs: 'This {o} is off.' },
      { rhs: 'This is a #warmth##cleanness##cut#{o}.' },
    ],
    warmth: [
      { condition: 'ishot(o:object)', rhs: 'hot ' },
      { condition: 'iscool(o:object)', rhs: 'cold ' },
      { rhs: '' },
    ],
    cleanness: [{ condition: 'isclean(o:object)', rhs: 'clean ' }, { rhs: '' }],
    cut: [{ condition: 'issliced(o:object)', rhs: 'sliced ' }, { rhs: '' }],
    list_empty: [{ rhs: 'nothing' }],
    list_separator: [{ rhs: ', ' }],
    list_last_separator: [{ rhs: ', and ' }],
  },
};

let loaded: Rulebook | undefined;

/** The rules of our households, read once per process. */
export function householdRules(): Rulebook {
  loaded ??= createRulebook(parseDomain(domainText), readRules(written));
  return loaded;
}
