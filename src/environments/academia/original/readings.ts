import { type Pattern, pattern, readQuestion } from '../../kit/queries/wording.ts';
import type { Query } from '../queries.ts';

/** `kinds` of queries about one thing or two, from the groups `one` and `other`. */
const patterns: readonly Pattern<Query>[] = [
  pattern(
    /how many (?:mutual|common|shared) (?:collaborators|co-?authors) do (?<one>.+?) and (?<other>.+?) (?:share|have)\b/i,
    ({ one = '', other = '' }) => ({
      kind: 'mutual',
      authors: [one, other],
    }),
  ),
  pattern(/how many (?:different )?(?:collaborators|co-?authors) does (?<one>.+?) have/i, ({ one = '' }) => ({
    kind: 'coauthor-count',
    author: one,
  })),
  pattern(
    /co-?authors with whom (?<one>.+?) (?:has written|wrote) the paper\b.*\b(?:highest|most)\b.*citations/i,
    ({ one = '' }) => ({
      kind: 'top-paper-coauthors',
      author: one,
    }),
  ),
  pattern(
    /which (?:paper|article|work) (?:by|of|from) (?<one>.+?) (?:has|received) the (?:most|highest number of) citations/i,
    ({ one = '' }) => ({
      kind: 'top-paper',
      author: one,
    }),
  ),
  pattern(
    /which venue has the most (?:publications|papers) (?:by|of|from) (?<one>.+?)\?/i,
    ({ one = '' }) => ({
      kind: 'top-venue',
      author: one,
    }),
  ),
  pattern(
    /how many citations do (?:the )?papers (?:co-?authored|written) by (?<one>.+?) and (?<other>.+?) have/i,
    ({ one = '', other = '' }) => ({
      kind: 'joint-citations',
      authors: [one, other],
    }),
  ),
  pattern(/who has the most collaborations with (?<one>.+?)\?/i, ({ one = '' }) => ({
    kind: 'top-coauthor',
    author: one,
  })),
  pattern(
    /which keyword does (?<one>.+?) (?:emphasi[sz]e|use) most (?:frequently|often)/i,
    ({ one = '' }) => ({
      kind: 'top-keyword',
      author: one,
    }),
  ),
  pattern(
    /which organi[sz]ations? (?:were|was|are|is) involved in the \w+ titled ['"](?<one>.+)['"]\?/i,
    ({ one = '' }) => ({
      kind: 'orgs',
      paper: one,
    }),
  ),
  pattern(/who (?:wrote|are the authors of) the \w+(?: titled)? ['"](?<one>.+)['"]\?/i, ({ one = '' }) => ({
    kind: 'writers',
    paper: one,
  })),
  pattern(
    /do the authors of ['"](?<one>.+?)['"] and ['"](?<other>.+?)['"] have any overlap/i,
    ({ one = '', other = '' }) => ({
      kind: 'overlap',
      papers: [one, other],
    }),
  ),
  pattern(
    /is (?<one>.+?) affiliated with the same organi[sz]ation as (?<other>.+?)\?/i,
    ({ one = '', other = '' }) => ({
      kind: 'same-org',
      authors: [one, other],
    }),
  ),
  pattern(/which organi[sz]ations? is (?<one>.+?) affiliated with/i, ({ one = '' }) => ({
    kind: 'org',
    author: one,
  })),
  pattern(
    /how many papers .*?(?:reference|cite) the (?:\w+ )?titled ['"](?<one>.+)['"]\?/i,
    ({ one = '' }) => ({
      kind: 'citers',
      paper: one,
    }),
  ),
  pattern(
    /which (?:paper|article|work) has (?:received )?more citations: ['"](?<one>.+?)['"] or ['"](?<other>.+?)['"]\?/i,
    ({ one = '', other = '' }) => ({
      kind: 'more-cited',
      papers: [one, other],
    }),
  ),
  pattern(
    /which (?:paper|article|work) was published (?:first|earlier): ['"](?<one>.+?)['"] or ['"](?<other>.+?)['"]\?/i,
    ({ one = '', other = '' }) => ({
      kind: 'earlier',
      papers: [one, other],
    }),
  ),
  pattern(
    /['"](?<one>.+?)['"] and ['"](?<other>.+?)['"] published in the same venue and in the same year/i,
    ({ one = '', other = '' }) => ({
      kind: 'same-venue-year',
      papers: [one, other],
    }),
  ),
  pattern(
    /is the \w+ ['"](?<one>.+?)['"] from the same (?:publication )?venue as ['"](?<other>.+?)['"]\?/i,
    ({ one = '', other = '' }) => ({
      kind: 'same-venue',
      papers: [one, other],
    }),
  ),
  pattern(
    /are ['"](?<one>.+?)['"] and ['"](?<other>.+?)['"] both (?<type>conference|journal) (?:papers|articles)/i,
    ({ one = '', other = '', type = '' }) => ({
      kind: 'both-type',
      papers: [one, other],
      docType: type.toLowerCase() === 'journal' ? 'Journal' : 'Conference',
    }),
  ),
  pattern(/(?:collaborators|co-?authors) of (?<one>.+?) from the same organi[sz]ation/i, ({ one = '' }) => ({
    kind: 'org-coauthors',
    author: one,
    same: true,
  })),
  pattern(
    /of (?<one>.+?)['’]s? (?:collaborators|co-?authors), who (?:are|is) from (?:different organi[sz]ations|another organi[sz]ation)/i,
    ({ one = '' }) => ({
      kind: 'org-coauthors',
      author: one,
      same: false,
    }),
  ),
  pattern(/(?:when was|in which year was) the \w+ ['"]?(?<one>.+?)['"]? published\?/i, ({ one = '' }) => ({
    kind: 'year',
    paper: one,
  })),
];

/** What a question of the original asks for. */
export function readAcademia(text: string): ReturnType<typeof readQuestion<Query>> {
  const plain = text
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/ (?:in|within) the DBLP citation network/gi, '');
  return readQuestion(plain, patterns);
}
