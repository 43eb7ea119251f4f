import { describe, expect, test } from 'vitest';
import { openAcademia } from '../../../src/environments/academia/functions.ts';
import { createLibrary } from '../../../src/environments/academia/library.ts';
import { said, saidOriginally } from '../kit/queries/support.ts';

const library = createLibrary(
  [
    { name: 'Ada', org: 'North' },
    { name: 'Bo', org: 'South' },
    { name: 'Cy', org: 'North' },
  ],
  [
    {
      title: 'Old',
      authors: ['Ada', 'Bo'],
      year: 2011,
      venue: 'Letters',
      keywords: ['ice'],
      docType: 'Journal',
      references: [],
    },
    {
      title: 'New',
      authors: ['Bo', 'Ada', 'Cy'],
      year: 2015,
      venue: 'Forum',
      keywords: [],
      docType: 'Conference',
      references: ['Old'],
    },
  ],
);

function loaded() {
  const session = openAcademia(library);
  said(session, 'loadPaperNet', {});
  said(session, 'loadAuthorNet', {});
  return session;
}

describe('the tools', () => {
  test('show the nets', () => {
    const session = loaded();
    expect(said(session, 'paperNodeCheck', { node: 'Old' })).toEqual({
      authors: ['Ada', 'Bo'],
      year: 2011,
      venue: 'Letters',
      n_citation: 1,
      keywords: ['ice'],
      doc_type: 'Journal',
    });
    expect(said(session, 'authorNodeCheck', { node: 'Cy' })).toEqual({ name: 'Cy', org: 'North' });
    expect(said(session, 'neighbourCheck', { graph: 'PaperNet', node: 'New' })).toEqual({
      neighbors: ['Old'],
    });
    expect(said(session, 'neighbourCheck', { graph: 'PaperNet', node: 'Old' })).toEqual({ neighbors: [] });
    expect(said(session, 'neighbourCheck', { graph: 'AuthorNet', node: 'Ada' })).toEqual({
      neighbors: ['Bo', 'Cy'],
    });
    expect(said(session, 'authorEdgeCheck', { node1: 'Bo', node2: 'Ada' })).toEqual({
      papers: ['Old', 'New'],
    });
    expect(said(session, 'paperEdgeCheck', { node1: 'New', node2: 'Old' })).toEqual({});
  });

  test('list neighbors plainly in the original form', () => {
    expect(saidOriginally(loaded(), 'neighbourCheck', { graph: 'AuthorNet', node: 'Cy' })).toEqual([
      'Bo',
      'Ada',
    ]);
  });

  test.each([
    ['paperNodeCheck', { node: 'Ada' }, 'There is no node named Ada in the PaperNet.'],
    ['authorNodeCheck', { node: 'Old' }, 'There is no node named Old in the AuthorNet.'],
    ['paperEdgeCheck', { node1: 'Old', node2: 'New' }, 'There is no edge between Old and New.'],
    ['authorEdgeCheck', { node1: 'Ada', node2: 'Zed' }, 'There is no node named Zed in the AuthorNet.'],
  ])('%s refuses %j', (name, args, text) => {
    expect(said(loaded(), name, args)).toBe(`error: ${text}`);
  });

  test('need their net, and remember it', () => {
    const session = openAcademia(library);
    expect(session.state()).toEqual({ loaded: [] });
    expect(said(session, 'neighbourCheck', { graph: 'AuthorNet', node: 'Ada' })).toBe(
      'error: Please load the AuthorNet first.',
    );
    expect(said(session, 'loadPaperNet', {})).toBe('PaperNet is loaded.');
    expect(said(session, 'authorNodeCheck', { node: 'Ada' })).toBe('error: Please load the AuthorNet first.');
    expect(session.state()).toEqual({ loaded: ['PaperNet'] });
    expect(openAcademia(library).state()).toEqual({ loaded: [] });
  });
});
