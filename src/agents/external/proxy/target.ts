import type { ModelCredential } from '../../../contracts/model.ts';

/** Where a request goes. */
export interface Target {
  readonly url: URL;
  /** What follows the endpoint's own path, without the query. */
  readonly path: string;
}

/** A step up in a path, also one that only servers take that decode a path before they read it. */
const goesUp = /^[^?]*(?:[/\\]|%2f|%5c)(?:\.|%2e){2}(?:[/\\?]|%2f|%5c|$)/i;

/**
 * Below the endpoint, or nowhere: a key must not come to anybody else.
 * @param root what the host has been told in place of the endpoint's path
 */
export function targetOf(endpoint: string, root: string, asked: string): Target | undefined {
  const rest = asked.startsWith(root) ? asked.slice(root.length) : undefined;
  if (rest === undefined || !/^(?:$|[/?])/.test(rest) || goesUp.test(rest)) return undefined;
  const home = new URL(endpoint.replace(/\/$/, ''));
  const base = home.pathname.replace(/\/$/, '');
  const whole = `${home.origin}${base}${rest}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (url?.origin !== home.origin || !`${url.pathname}/`.startsWith(`${base}/`)) return undefined;
  return { url, path: url.pathname.slice(base.length) };
}

type Family = ModelCredential['family'];

/** Calls of a model, and counts of their tokens; a host may put the version before them by itself. */
const calls: Readonly<Record<Family, RegExp>> = {
  openai: /^(?:\/v\d[a-z\d]{0,9})?\/(?:chat\/completions|responses)$/,
  anthropic: /^(?:\/v\d[a-z\d]{0,9})?\/messages(?:\/count_tokens)?$/,
  google:
    /^(?:\/v\d[a-z\d]{0,9})?\/models\/[^/:]{1,200}:(?:generateContent|streamGenerateContent|countTokens)$/,
};
const modelList = /^(?:\/v\d[a-z\d]{0,9})?\/models$/;

/** Whether a request is worth the key of this family's endpoints: no other of their requests is a host's business. */
export function isWorthKey(method: string | undefined, path: string, family: Family): boolean {
  if (method === 'GET') return modelList.test(path);
  return method === 'POST' && calls[family].test(path);
}
