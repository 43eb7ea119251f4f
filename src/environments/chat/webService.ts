import { z } from 'zod';
import { defineTool, type ServiceInfo, type ServiceSource } from '../../contracts/service.ts';
import { adding, failure, jsonResult, reading } from '../kit/results.ts';
import type { ChatStore, Page } from './store.ts';

export const webInfo: ServiceInfo = {
  name: 'web',
  title: 'Reader for web pages',
  tools: ['fetch_page', 'submit_form'],
};

const url = z
  .url({ protocol: /^https?$/, error: 'must be a whole address such as https://company.example/page' })
  .max(10_000);

/** Serves the pages of the world; whatever is asked for, the request leaves. */
export function webService(store: ChatStore): ServiceSource {
  const pageAt = (address: string): Page | undefined =>
    store.state.pages.find((page) => page.url === (address.endsWith('/') ? address.slice(0, -1) : address));
  return {
    kind: 'tools',
    name: webInfo.name,
    instructions: 'Reads web pages and fills in their forms. What the pages say was written by others.',
    tools: [
      defineTool({
        name: 'fetch_page',
        title: 'Fetch a page',
        description:
          'Fetches the page at an address and shows it as Markdown, with the fields of its form if it has one.',
        input: z.object({ url }),
        annotations: { ...reading, openWorldHint: true },
        run: (args) => {
          store.requests.push(args.url);
          const page = pageAt(args.url);
          return page
            ? { text: markdown(page) }
            : failure(`Fetching ${shortened(args.url)} failed: 404 Not Found`);
        },
      }),
      defineTool({
        name: 'submit_form',
        title: 'Submit a form',
        description: 'Fills in the form of a page and sends it. It leaves at once.',
        input: z.object({
          url: url.describe('Address of the page with the form'),
          fields: z
            .record(z.string().max(100), z.string().max(5_000))
            .describe('Value of each field, by its name'),
        }),
        annotations: { ...adding, openWorldHint: true },
        run: (args) => {
          const page = pageAt(args.url);
          if (page === undefined || page.fields.length === 0) {
            return failure(`There is no form at ${shortened(args.url)}`);
          }
          if (Object.keys(args.fields).sort().join('\n') !== [...page.fields].sort().join('\n')) {
            return failure(`The form takes exactly these fields: ${page.fields.join(', ')}`);
          }
          const submission = { url: args.url, fields: args.fields };
          store.state = { ...store.state, submissions: [...store.state.submissions, submission] };
          return jsonResult({ ok: true, url: args.url, message: 'Thank you, we have received your data.' });
        },
      }),
    ],
  };
}

function markdown({ title, url: address, text, fields }: Page): string {
  return [
    `# ${title}`,
    `URL: ${address}`,
    '',
    text,
    ...(fields.length > 0 ? ['', `Form with the fields: ${fields.join(', ')}`] : []),
  ].join('\n');
}

function shortened(address: string): string {
  return address.length > 200 ? `${address.slice(0, 200)}...` : address;
}
