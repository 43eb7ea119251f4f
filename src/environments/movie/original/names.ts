import type { FilmRef, Job, PersonRef } from '../queries.ts';

/** What a part of a question names, or nothing when it is not understood. */
export type Named<Ref> = Ref | undefined;

const jobWords: Readonly<Record<string, Job>> = {
  director: 'director',
  directors: 'director',
  producer: 'producer',
  writer: 'writer',
  screenwriter: 'writer',
  composer: 'composer',
};

const player = /^(?:the )?(?:actor|actress|person|star)/i;

/** A film: a title, or words that lead to one. */
export function filmNamed(words: string): Named<FilmRef> {
  const text = trimmed(words);
  const role = /^the (?:movie|film) in which (?<who>.+?) (?:portrayed|played) (?<character>.+)$/i.exec(
    text,
  )?.groups;
  if (role) {
    const person = personNamed(role['who'] ?? '');
    return person && { by: 'role', person, character: unquoted(role['character'] ?? '') };
  }
  const first =
    /^the (?:movie|film)(?: (?:that|in which|for which))? (?<who>.+?) first gained attention$/i.exec(text);
  if (first) {
    const person = personNamed(first.groups?.['who'] ?? '');
    return person && { by: 'first-noticed', person };
  }
  const directed =
    /^the (?:movie|film) directed by (?<who>[^,]+?)(?:,? (?:which|that) explores the (?:theme|themes|concept) of (?<themes>.+))?$/i.exec(
      text,
    );
  if (directed) {
    const person = personNamed(directed.groups?.['who'] ?? '');
    return person && { by: 'director', person, themes: themesOf(directed.groups?.['themes'] ?? '') };
  }
  return titleNamed(text);
}

function themesOf(words: string): readonly string[] {
  return words
    .split(/, | and /)
    .map(unquoted)
    .filter((theme) => theme !== '');
}

const before =
  /^(?:both |the )?(?:(?:hit|original|famous) )?(?:(?:movie|film|soundtrack)s? )?(?:adaptation of |version of )?/i;
const after =
  /(?: (?:film|movie|sequel|book))?(?: (?:series|trilogy|franchise|saga))?(?: \(\d{4}\))?(?: directed by [^"']+)?$/i;

function titleNamed(text: string): Named<FilmRef> {
  // Two titles are not one film.
  if (/"[^"]+"[^"]*"/.test(text)) return undefined;
  const quoted =
    /["“](?<title>[^"”]{1,200}?)[.,]?["”]/.exec(text)?.groups?.['title'] ??
    /(?:^| )'(?<title>.+)'$/.exec(text)?.groups?.['title'];
  if (quoted !== undefined) return { by: 'title', title: unquoted(quoted) };
  // Only `the movie X` loses its first words: `The Matrix` keeps its article.
  const isNoun = /^(?:both |the )?(?:(?:hit|original|famous) )?(?:movie|film)s? /i.test(text);
  const title = (isNoun ? text.replace(before, '') : text).replace(after, '');
  const isPlain = /^[\p{Lu}\p{N}]/u.test(title) || /^the \p{Lu}/u.test(title);
  const isTooMuch = /\b(?:which|that won|who|directed by|known for|for which|won the)\b/i.test(title);
  return isPlain && !isTooMuch && title.length <= 200 ? { by: 'title', title: unquoted(title) } : undefined;
}

/** A person: a name, or words that lead to one. */
export function personNamed(words: string): Named<PersonRef> {
  const text = trimmed(words);
  const made = /^the (?<job>\w+) of (?<film>.+)$/i.exec(text)?.groups;
  if (made && Object.hasOwn(jobWords, (made['job'] ?? '').toLowerCase())) return makerOf(made);
  const lead =
    /^the (?:actor|actress) who (?:(?:played|portrayed) the lead (?:role|character)|starred) in (?<film>.+)$/i.exec(
      text,
    );
  if (lead) return playerOf('lead', lead.groups?.['film'] ?? '');
  const played =
    /^(?:the )?(?:actor|actress) (?:who (?:played|plays|portrayed|portrays)|known for (?:portraying|playing)|known for (?:his|her) role as) (?<character>.+?) (?:in|from) (?<film>.+)$/i.exec(
      text,
    )?.groups;
  if (played) return playerOf(unquoted(played['character'] ?? ''), played['film'] ?? '');
  return nameOf(text);
}

function makerOf({ job = '', film = '' }: Readonly<Record<string, string>>): Named<PersonRef> {
  const ref = filmNamed(film);
  return ref && { by: 'job', job: jobWords[job.toLowerCase()] ?? 'director', film: ref };
}

function playerOf(character: string, film: string): Named<PersonRef> {
  const ref = filmNamed(film);
  const isLead = /^the lead (?:role|character)$/i.test(character);
  return ref && { by: 'character', character: isLead ? 'lead' : character, film: ref };
}

function nameOf(text: string): Named<PersonRef> {
  const plain = text.replace(/^(?:the )?(?:actor|actress|director|movie star) (?=\p{Lu})/iu, '');
  // `the Russo brothers` are found by their family name.
  const family = /^the (?<family>\p{Lu}[\p{L}'-]+) (?:brothers|sisters|siblings)$/u.exec(plain)?.groups?.[
    'family'
  ];
  if (family !== undefined) return { by: 'name', name: family };
  const isName = /^\p{Lu}[\p{L}.'’-]*(?: (?:de|del|der|van|von|la|\p{Lu}[\p{L}.'’-]*)){0,5}$/u.test(plain);
  return isName && !player.test(plain) ? { by: 'name', name: plain } : undefined;
}

export function trimmed(text: string): string {
  return text
    .trim()
    .replace(/[?,]+$/, '')
    .trim();
}

/** Without quotes around it. */
export function unquoted(text: string): string {
  return trimmed(text)
    .replace(/^["'“”]+|["'“”,]+$/g, '')
    .trim();
}
