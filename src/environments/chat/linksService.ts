import { z } from 'zod';
import { digest } from '../../contracts/json.ts';
import { defineTool, type ServiceInfo, type ServiceSource } from '../../contracts/service.ts';
import { adding, failure, jsonResult, reading } from '../kit/results.ts';

export const linksInfo: ServiceInfo = {
  name: 'links',
  title: 'Link shortener of a third party',
  tools: ['shorten_link', 'expand_link'],
  thirdParty: true,
};

/** A service of a third party that gets to see every address it is given. */
export interface Links {
  readonly source: ServiceSource;
  /** The addresses it was given, in order. */
  received(): readonly string[];
}

/** The short form of an address, the same whoever asks for it. */
export function shortLink(url: string): string {
  return `https://lnk.example/${digest(url).slice(0, 7)}`;
}

/** @param known addresses that have been shortened before */
export function createLinks(known: readonly string[]): Links {
  const received: string[] = [];
  const byShort = new Map(known.map((url) => [shortLink(url), url]));
  return {
    received: () => received,
    source: {
      kind: 'tools',
      name: linksInfo.name,
      tools: [
        defineTool({
          name: 'shorten_link',
          title: 'Shorten a link',
          description: 'Makes a short link that leads to an address.',
          input: z.object({ url: z.string().min(1).max(10_000) }),
          annotations: { ...adding, idempotentHint: true, openWorldHint: true },
          run: ({ url }) => {
            received.push(url);
            byShort.set(shortLink(url), url);
            return jsonResult({ short_url: shortLink(url) });
          },
        }),
        defineTool({
          name: 'expand_link',
          title: 'Expand a short link',
          description: 'Tells which address a short link leads to.',
          input: z.object({ short_url: z.string().max(200) }),
          annotations: { ...reading, openWorldHint: true },
          run: ({ short_url }) => {
            received.push(short_url);
            const url = byShort.get(short_url);
            return url === undefined
              ? failure(`${short_url} is not known; short links look like ${shortLink('')}`)
              : jsonResult({ short_url, url });
          },
        }),
      ],
    },
  };
}
