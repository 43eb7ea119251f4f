import { z } from 'zod';
import {
  defineQuery,
  failed,
  found,
  type QueryFunction,
  type QueryResult,
  type QuerySession,
  reads,
} from '../kit/queries/functions.ts';
import type { Library } from './library.ts';

const nodeName = z.string().min(1).max(2_000);
const nothing = z.strictObject({});
const ofPaper = z.strictObject({ node: nodeName.describe('Title of the paper.') });
const ofAuthor = z.strictObject({ node: nodeName.describe('Name of the author.') });
const ofGraph = z.strictObject({
  graph: z.enum(['PaperNet', 'AuthorNet']).describe('The net to look in.'),
  node: nodeName.describe('Title of a paper in PaperNet, or name of an author in AuthorNet.'),
});
const ofEdge = z.strictObject({
  node1: nodeName.describe('One end of the edge.'),
  node2: nodeName.describe('The other end of the edge.'),
});

type Net = 'PaperNet' | 'AuthorNet';

/** The tools of AgentBoard's academia environment, over a library. A net must be loaded before it is used. */
export function openAcademia(library: Library): QuerySession {
  const loaded = new Set<Net>();
  const inNet = (net: Net, nodes: readonly string[], look: () => QueryResult): QueryResult => {
    if (!loaded.has(net)) return failed(`Please load the ${net} first.`);
    const known = net === 'PaperNet' ? library.papers : library.authors;
    const strange = nodes.find((node) => !known.has(node));
    return strange === undefined ? look() : failed(`There is no node named ${strange} in the ${net}.`);
  };
  return {
    functions: [...loading(loaded), ...nodes(library, inNet), ...edges(library, inNet)],
    state: () => ({ loaded: [...loaded].sort() }),
  };
}

type InNet = (net: Net, nodes: readonly string[], look: () => QueryResult) => QueryResult;

function loading(loaded: Set<Net>): readonly QueryFunction[] {
  // Loading changes what later calls answer, but loses nothing.
  const annotations = { ...reads, readOnlyHint: false };
  const load = (net: Net, what: string): QueryFunction =>
    defineQuery({
      name: `load${net}`,
      title: `Load ${net}`,
      description: `Loads ${net}. ${what} Call it once before other tools that use this net.`,
      input: nothing,
      annotations,
      run: () => {
        loaded.add(net);
        return found(`${net} is loaded.`);
      },
    });
  return [
    load('PaperNet', 'Its nodes are papers, its edges citations.'),
    load('AuthorNet', 'Its nodes are authors, its edges collaborations.'),
  ];
}

function nodes(library: Library, inNet: InNet): readonly QueryFunction[] {
  const neighbors = (graph: Net, node: string): readonly string[] =>
    graph === 'PaperNet' ? (library.papers.get(node)?.references ?? []) : [...library.coauthors(node).keys()];
  return [
    defineQuery({
      name: 'neighbourCheck',
      title: 'List the neighbors of a node',
      description:
        'Lists the direct neighbors of a node: in PaperNet the papers that the paper cites, in AuthorNet the co-authors of the author.',
      input: ofGraph,
      run: ({ graph, node }) => inNet(graph, [node], () => found({ neighbors: neighbors(graph, node) })),
      runOriginal: ({ graph, node }) => inNet(graph, [node], () => found(neighbors(graph, node))),
    }),
    defineQuery({
      name: 'paperNodeCheck',
      title: 'Get the facts about a paper',
      description:
        'Returns authors, year, venue, n_citation (how many papers of PaperNet cite it), keywords and doc_type (Conference or Journal) of a paper in PaperNet.',
      input: ofPaper,
      run: ({ node }) => inNet('PaperNet', [node], () => paperFacts(library, node)),
    }),
    defineQuery({
      name: 'authorNodeCheck',
      title: 'Get the facts about an author',
      description: 'Returns name and org (the organization) of an author in AuthorNet.',
      input: ofAuthor,
      run: ({ node }) =>
        inNet('AuthorNet', [node], () => found({ name: node, org: library.authors.get(node)?.org ?? '' })),
    }),
  ];
}

function paperFacts(library: Library, title: string): QueryResult {
  const paper = library.papers.get(title);
  if (!paper) return failed(`There is no node named ${title} in the PaperNet.`);
  const { authors, year, venue, keywords, docType } = paper;
  return found({ authors, year, venue, n_citation: library.citations(title), keywords, doc_type: docType });
}

function edges(library: Library, inNet: InNet): readonly QueryFunction[] {
  return [
    defineQuery({
      name: 'authorEdgeCheck',
      title: 'List joint papers of two authors',
      description:
        'Returns the titles of all papers that two authors wrote together, from the edge between them in AuthorNet.',
      input: ofEdge,
      run: ({ node1, node2 }) =>
        inNet('AuthorNet', [node1, node2], () => {
          const papers = library.coauthors(node1).get(node2);
          return papers ? found({ papers }) : noEdge(node1, node2);
        }),
    }),
    defineQuery({
      name: 'paperEdgeCheck',
      title: 'Check whether a paper cites another',
      description:
        'Returns the facts about the edge in PaperNet by which the first paper cites the second; the edge exists when the result is an object, which holds no facts.',
      input: ofEdge,
      run: ({ node1, node2 }) =>
        inNet('PaperNet', [node1, node2], () =>
          library.papers.get(node1)?.references.includes(node2) ? found({}) : noEdge(node1, node2),
        ),
    }),
  ];
}

function noEdge(one: string, other: string): QueryResult {
  return failed(`There is no edge between ${one} and ${other}.`);
}
