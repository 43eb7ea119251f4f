import type { Rng, Seed } from '../../contracts/seed.ts';
import { differentNames, personName, placeName } from '../kit/queries/names.ts';
import { type Author, createLibrary, type Library, type Paper } from './library.ts';
import { fields, methods, qualities, topics } from './words.ts';

const authorCount = 2_000;
const paperCount = 3_000;
const labSize = 8;
const firstYear = 2009;
const lastYear = 2030;

/** A library of 2,000 authors in labs of eight and 3,000 papers; two thirds of a paper's authors share a lab. */
export function makeLibrary(seed: Seed): Library {
  const authors = makeAuthors(seed.child('authors').rng());
  return createLibrary(authors, makePapers(seed.child('papers').rng(), authors));
}

function makeAuthors(rng: Rng): readonly Author[] {
  const orgs = differentNames(140, () => makeOrg(rng));
  const namesakes = new Map<string, number>();
  return [...Array(authorCount).keys()].map((place) => {
    const plain = personName(rng);
    const count = (namesakes.get(plain) ?? 0) + 1;
    namesakes.set(plain, count);
    // A lab belongs to one organization, but for a guest now and then.
    const home = orgs[Math.floor(place / labSize) % orgs.length] ?? plain;
    return { name: count === 1 ? plain : `${plain}_${count}`, org: rng.chance(0.15) ? rng.pick(orgs) : home };
  });
}

export function makeOrg(rng: Rng): string {
  const place = placeName(rng);
  return rng.pick([
    `University of ${place}`,
    `${place} Institute of Technology`,
    `${place} Polytechnic`,
    `${place} Research`,
  ]);
}

function makePapers(rng: Rng, authors: readonly Author[]): readonly Paper[] {
  const titles = differentNames(paperCount, () => makeTitle(rng));
  const venues = makeVenues();
  const papers: Paper[] = [];
  for (const [place, title] of titles.entries()) {
    const lead = place < authors.length ? place : rng.int(0, authors.length - 1);
    const venue = rng.pick(venues);
    papers.push({
      title,
      authors: makeTeam(rng, authors, lead),
      // Papers cite what stands before them, so years must not fall.
      year: firstYear + Math.floor((place / titles.length) * (lastYear - firstYear + 1)),
      venue: venue.name,
      docType: venue.docType,
      keywords: makeKeywords(rng, lead),
      references: makeReferences(rng, titles, place),
    });
  }
  return papers;
}

export function makeTitle(rng: Rng): string {
  const [quality, method, field] = [rng.pick(qualities), rng.pick(methods), rng.pick(fields)];
  return rng.pick([
    `${quality} ${method} for ${field}`,
    `${method} in ${field}: ${/^[AEIO]/.test(quality) ? 'An' : 'A'} ${quality} Approach`,
    `On ${quality} ${method} and Its Use in ${field}`,
  ]);
}

/** The lead, up to two from the same lab, and sometimes a guest: never fewer than two. */
function makeTeam(rng: Rng, authors: readonly Author[], lead: number): readonly string[] {
  const lab = Math.floor(lead / labSize) * labSize;
  const guest = rng.chance(0.3) ? [rng.int(0, authors.length - 1)] : [];
  const own = [1, 2].map((step) => lab + ((lead - lab + step * rng.int(1, 3)) % labSize));
  const team = [lead, ...own.slice(0, rng.int(1, 2)), ...guest];
  return [...new Set(team)].flatMap((place) => authors[place]?.name ?? []);
}

function makeVenues(): readonly { readonly name: string; readonly docType: Paper['docType'] }[] {
  return topics.flatMap((topic) => [
    { name: `Journal of ${topic}`, docType: 'Journal' as const },
    { name: `Symposium on ${topic}`, docType: 'Conference' as const },
    { name: `Workshop on ${topic}`, docType: 'Conference' as const },
  ]);
}

/** A lab keeps to a few methods, so that keywords come back. */
function makeKeywords(rng: Rng, lead: number): readonly string[] {
  const habit = methods[Math.floor(lead / labSize) % methods.length] ?? '';
  const more = [rng.pick(methods), rng.pick(fields), rng.pick(topics)].slice(0, rng.int(1, 3));
  return [...new Set([...(rng.chance(0.6) ? [habit] : []), ...more])].map((word) => word.toLowerCase());
}

/** Up to eight earlier papers; a small part of them is cited often. */
function makeReferences(rng: Rng, titles: readonly string[], place: number): readonly string[] {
  const wanted = Math.min(rng.int(0, 8), place);
  const chosen = [...Array(wanted).keys()].map(() => {
    const any = rng.int(0, place - 1);
    return rng.chance(0.5) ? any : any - (any % 16);
  });
  return [...new Set(chosen)].flatMap((at) => titles[at] ?? []);
}
