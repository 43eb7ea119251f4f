import type { Difficulty } from '../../contracts/environment.ts';
import type { Rng } from '../../contracts/seed.ts';
import { Unclear } from '../kit/queries/program.ts';
import type { Question, QuestionTemplate } from '../kit/queries/task.ts';
import { openAcademia } from './functions.ts';
import type { Author, Library, Paper } from './library.ts';
import { type Pair, program, type Query } from './queries.ts';

/** A query with the words for it. */
interface Asked {
  readonly query: Query;
  readonly words: string;
}

/** More collaborators than this would take too many calls. */
const mostCoauthors = 7;

/** The question that a query asks of a library. */
export function questionOf(library: Library, { query, words }: Asked): Question {
  const isAboutPapers = 'paper' in query || 'papers' in query;
  return {
    instruction: words,
    open: () => openAcademia(library),
    program: () => program(query),
    // A paper or an author, in the net that the question leads to anyway.
    opening: { tool: isAboutPapers ? 'loadPaperNet' : 'loadAuthorNet', args: {} },
    otherCall: (rng) =>
      isAboutPapers
        ? { tool: 'paperNodeCheck', args: { node: rng.pick([...library.papers.keys()]) } }
        : { tool: 'authorNodeCheck', args: { node: rng.pick([...library.authors.keys()]) } },
  };
}

function template(
  [id, difficulty]: readonly [string, Difficulty],
  title: string,
  draw: (rng: Rng, library: Library) => Asked,
): QuestionTemplate<Library> {
  return { id, title, difficulty, draw: (rng, library) => questionOf(library, draw(rng, library)) };
}

const listed = 'Answer with a list in square brackets, each item in quotes.';
const yes = 'Answer Yes or No.';
const counted = 'Answer with a number.';

export const templates: readonly QuestionTemplate<Library>[] = [
  template(['org', 'easy'], 'Where an author works', (rng, library) => {
    const author = pickAuthor(rng, library).name;
    return { query: { kind: 'org', author }, words: `At which organization does ${author} work?` };
  }),
  template(['writers', 'easy'], 'Who wrote a paper', (rng, library) => {
    const paper = pickPaper(rng, library).title;
    return { query: { kind: 'writers', paper }, words: `Name all authors of "${paper}". ${listed}` };
  }),
  template(['earlier', 'easy'], 'Which of two papers came first', (rng, library) => {
    const papers = pickPapers(rng, library);
    return {
      query: { kind: 'earlier', papers },
      words: `Which paper appeared in an earlier year, ${either(papers)}?`,
    };
  }),
  template(['more-cited', 'easy'], 'Which of two papers is cited more', (rng, library) => {
    const papers = pickPapers(rng, library);
    return {
      query: { kind: 'more-cited', papers },
      words: `Which paper is cited by more papers, ${either(papers)}?`,
    };
  }),
  template(['same-org', 'easy'], 'Whether two authors work at the same place', (rng, library) => {
    const { name } = pickAuthor(rng, library);
    const other = rng.chance(0.9) ? rng.pick(coauthorsOf(library, name)) : pickAuthor(rng, library).name;
    const authors: Pair = [name, other];
    return {
      query: { kind: 'same-org', authors },
      words: `Do ${name} and ${other} belong to the same organization? ${yes}`,
    };
  }),
  template(['overlap', 'medium'], 'Whether two papers share an author', (rng, library) => {
    const { title, authors } = pickPaper(rng, library);
    const others = rng.chance(0.5) ? papersOf(library, rng.pick(authors)) : [pickPaper(rng, library).title];
    const papers: Pair = [title, rng.pick(others)];
    if (papers[0] === papers[1]) throw new Unclear('One paper is no pair');
    return {
      query: { kind: 'overlap', papers },
      words: `Has anyone worked on both "${papers.join('" and "')}"? ${yes}`,
    };
  }),
  template(['orgs', 'medium'], 'Which organizations a paper comes from', (rng, library) => {
    const paper = pickPaper(rng, library).title;
    return {
      query: { kind: 'orgs', paper },
      words: `Which organizations do the authors of "${paper}" come from? Name each once. ${listed}`,
    };
  }),
  template(['mutual', 'medium'], 'How many co-authors two authors share', (rng, library) => {
    const { name } = pickAuthor(rng, library);
    const near = rng.pick(coauthorsOf(library, name));
    const authors: Pair = [name, rng.pick(coauthorsOf(library, near))];
    if (authors[0] === authors[1]) throw new Unclear('One author is no pair');
    return {
      query: { kind: 'mutual', authors },
      words: `How many people have written papers with ${authors[0]} and also with ${authors[1]}? ${counted}`,
    };
  }),
  template(['joint-citations', 'medium'], 'How often joint papers are cited', (rng, library) => {
    const { name } = pickAuthor(rng, library);
    const other = rng.pick(coauthorsOf(library, name));
    return {
      query: { kind: 'joint-citations', authors: [name, other] },
      words: `How often are the joint papers of ${name} and ${other} cited in all? ${counted}`,
    };
  }),
  template(['top-coauthor', 'medium'], 'The closest co-author', (rng, library) => {
    const author = pickAuthor(rng, library).name;
    return {
      query: { kind: 'top-coauthor', author },
      words: `With whom has ${author} written the most papers?`,
    };
  }),
  template(['top-reference', 'medium'], 'The most cited of the papers that a paper cites', (rng, library) => {
    const paper = pickPaper(rng, library).title;
    return {
      query: { kind: 'top-reference', paper },
      words: `Among the papers that "${paper}" cites, which one is cited most often? Answer with its title.`,
    };
  }),
  template(['top-paper', 'hard'], 'The most cited paper of an author', (rng, library) => {
    const author = pickAuthor(rng, library).name;
    return {
      query: { kind: 'top-paper', author },
      words: `What is the title of the most cited paper that ${author} has written?`,
    };
  }),
  template(['top-paper-coauthors', 'hard'], 'The co-authors of the most cited paper', (rng, library) => {
    const author = pickAuthor(rng, library).name;
    return {
      query: { kind: 'top-paper-coauthors', author },
      words: `Take the most cited paper of ${author}. Who else wrote it? ${listed}`,
    };
  }),
  template(['top-venue', 'hard'], 'The usual venue of an author', (rng, library) => {
    const author = pickAuthor(rng, library).name;
    return {
      query: { kind: 'top-venue', author },
      words: `In which venue has ${author} published most often?`,
    };
  }),
  template(['top-keyword', 'hard'], 'The usual keyword of an author', (rng, library) => {
    const author = pickAuthor(rng, library).name;
    return {
      query: { kind: 'top-keyword', author },
      words: `Which keyword stands on more papers of ${author} than any other?`,
    };
  }),
  template(['org-coauthors', 'hard'], 'Co-authors from the own house or from elsewhere', (rng, library) => {
    const author = pickAuthor(rng, library).name;
    const same = rng.chance(0.5);
    const where = same ? 'work at the same organization as' : 'work at another organization than';
    return {
      query: { kind: 'org-coauthors', author, same },
      words: `Which co-authors of ${author} ${where} ${author}? ${listed}`,
    };
  }),
];

function pickAuthor(rng: Rng, library: Library): Author {
  const author = rng.pick([...library.authors.values()]);
  const count = library.coauthors(author.name).size;
  if (count < 2 || count > mostCoauthors) throw new Unclear('Too few or too many co-authors');
  return author;
}

function pickPaper(rng: Rng, library: Library): Paper {
  return rng.pick([...library.papers.values()]);
}

function pickPapers(rng: Rng, library: Library): Pair {
  const pair: Pair = [pickPaper(rng, library).title, pickPaper(rng, library).title];
  if (pair[0] === pair[1]) throw new Unclear('One paper is no pair');
  return pair;
}

function either([one, other]: Pair): string {
  return `"${one}" or "${other}"`;
}

function coauthorsOf(library: Library, name: string): readonly string[] {
  return [...library.coauthors(name).keys()];
}

function papersOf(library: Library, name: string): readonly string[] {
  return [...library.coauthors(name).values()].flat();
}
