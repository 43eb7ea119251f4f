import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import {
  type ModelProxy,
  type ModelProxyOptions,
  openModelProxy,
} from '../../../src/agents/external/proxy/index.ts';
import type { HostModelCall } from '../../../src/contracts/externalAgent.ts';
import type { JsonObject } from '../../../src/contracts/json.ts';

/** What is closed after each test, the last first. */
export const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** What the host has for a key; nobody records it. */
export const key = 'sk-very-secret-key';

export interface Bench {
  readonly proxy: ModelProxy;
  readonly calls: HostModelCall[];
  readonly reads: string[];
  readonly stops: Error[];
  post(path: string, body: JsonObject): Promise<{ status: number; text: string }>;
}

/** A proxy before an endpoint, for a host that was told to ask the model `m`. */
export async function bench(endpoint: string, options: Partial<ModelProxyOptions> = {}): Promise<Bench> {
  const [calls, reads]: [HostModelCall[], string[]] = [[], []];
  const session = {
    reads: (text: string) => void reads.push(text),
    modelCalled: (call: HostModelCall) => void calls.push(call),
  };
  const stops: Error[] = [];
  const proxy = await openModelProxy({
    endpoint,
    model: 'm',
    session: { admitModelCall: () => undefined, ...session },
    redact: (text) => text.replaceAll(key, '[redacted]'),
    onStop: (reason) => void stops.push(reason),
    ...options,
  });
  closers.push(() => proxy.close());
  return {
    proxy,
    calls,
    reads,
    stops,
    async post(path, body) {
      const response = await fetch(`${proxy.url}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${key}`,
          'x-api-key': key,
          'x-goog-api-key': key,
          'anthropic-version': '2023-06-01',
        },
        body: JSON.stringify(body),
      });
      return { status: response.status, text: await response.text() };
    },
  };
}

/** A server on the loopback, and its address. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface Posted {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Posts without `fetch`, and gives the answer with its body still to come. */
export function postPlain(url: string, { headers = {}, body }: Posted): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(url, { method: 'POST', headers }, resolve);
    asked.on('error', reject);
    asked.end(body);
  });
}

export async function textOf(message: IncomingMessage): Promise<string> {
  return Buffer.concat(await message.toArray()).toString('utf8');
}
