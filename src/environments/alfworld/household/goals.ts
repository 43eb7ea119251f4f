import type { Rng } from '../../../contracts/seed.ts';
import type { Aim, Treatment } from '../aim.ts';

const states: Readonly<Record<Treatment, string>> = { clean: 'isClean', heat: 'isHot', cool: 'isCool' };

/** The goal of an aim, in PDDL. */
export function goalOf(aim: Aim): string {
  const closed = aim.tidy ? '(forall (?x - receptacle) (not (opened ?x)))' : '';
  return `(and ${aim.lamp === undefined ? placed(aim) : lit(aim, aim.lamp)} ${closed})`;
}

function placed(aim: Aim): string {
  const [first, second] = [inPlace(aim, '?o'), inPlace(aim, '?p')];
  const place = `(receptacleType ?r ${aim.receptacle ?? ''}type)`;
  if (aim.count === 1) return `(exists (?r - receptacle ?o - object) (and ${first} ${place}))`;
  return `(exists (?r - receptacle ?o - object ?p - object) (and ${first} ${second} (not (= ?o ?p)) ${place}))`;
}

function inPlace({ object, treatment, sliced }: Aim, variable: string): string {
  return [
    `(inReceptacle ${variable} ?r) (objectType ${variable} ${object}type)`,
    ...(treatment ? [`(${states[treatment]} ${variable})`] : []),
    ...(sliced ? [`(isSliced ${variable})`] : []),
  ].join(' ');
}

function lit({ object }: Aim, lamp: string): string {
  return `(exists (?a - agent ?l - location ?r - receptacle ?o - object ?p - object)
    (and (holds ?a ?o) (objectType ?o ${object}type) (atLocation ?a ?l) (receptacleAtLocation ?r ?l)
         (inReceptacle ?p ?r) (objectType ?p ${lamp}type) (isOn ?p)))`;
}

const adjectives: Readonly<Record<Treatment, string>> = { clean: 'clean', heat: 'hot', cool: 'cold' };

/** A chore in words; what it means does not depend on `rng`. */
export function wordsFor(aim: Aim, rng: Rng): string {
  const { object, receptacle = '', lamp, treatment, count, sliced, tidy } = aim;
  const closing = tidy ? ' Leave every receptacle closed.' : '';
  if (lamp !== undefined) {
    return rng.pick([
      `pick up a ${object} and turn on a ${lamp} where you stand.`,
      `examine a ${object} by the light of a ${lamp}.`,
      `hold a ${object} under a ${lamp} that is on.`,
    ]);
  }
  if (count === 2) {
    const made = treatment
      ? `two ${adjectives[treatment]} things of the kind ${object}`
      : `two things of the kind ${object}`;
    return `${rng.pick([`put ${made} in/on the same ${receptacle}.`, `bring ${made} together in/on one ${receptacle}.`])}${closing}`;
  }
  const words = [treatment ? adjectives[treatment] : '', sliced ? 'sliced' : '', object]
    .filter(Boolean)
    .join(' ');
  const verbs = [...(sliced ? ['slice'] : []), ...(treatment ? [treatment] : [])].join(' and ');
  const way =
    verbs === ''
      ? `find a ${object} and put it in/on a ${receptacle}.`
      : `${verbs} a ${object} and put it in/on a ${receptacle}.`;
  return `${rng.pick([`put a ${words} in/on a ${receptacle}.`, way])}${closing}`;
}
