import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FetchLike, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import {
  type FetchLikeMcpHandler,
  localhostHostValidation,
  localhostOriginValidation,
  type NodeIncomingMessageLike,
  toNodeHandler,
} from '@modelcontextprotocol/node';
import { messageOf, SafeMcpError } from '../contracts/errors.ts';
import { LimitExceeded, maxFrameBytes } from './lines.ts';

/** An MCP endpoint on the loopback. */
export interface HttpEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

const usualPath = '/mcp';

/**
 * Listens on 127.0.0.1 and hands what comes to `path` to `handler`. Requests whose Host or Origin is not local
 * are refused, against DNS rebinding (specification, basic/transports).
 * @param port 0 for any free one
 * @throws PORT_IN_USE
 */
export async function listenOnLoopback(
  handler: FetchLikeMcpHandler,
  port: number,
  path = usualPath,
): Promise<HttpEndpoint> {
  const server = createServer(onLoopbackOnly(handler, path));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function onLoopbackOnly(handler: FetchLikeMcpHandler, path: string): RequestListener {
  const handle = toNodeHandler(handler);
  const validHost = localhostHostValidation();
  const validOrigin = localhostOriginValidation();
  return (request, response) => {
    if (!validHost(request, response) || !validOrigin(request, response)) return;
    if (request.url?.split('?')[0] === path) void handle(request as NodeIncomingMessageLike, response);
    else response.writeHead(404).end();
  };
}

function listenError(error: NodeJS.ErrnoException, port: number): SafeMcpError {
  if (error.code === 'EADDRINUSE')
    return new SafeMcpError('PORT_IN_USE', `Port ${port} is already in use`, {
      hint: 'Choose another port, or 0 for any free one.',
      cause: error,
    });
  return new SafeMcpError('SERVICE_START', `Cannot listen on port ${port}: ${messageOf(error)}`, {
    cause: error,
  });
}

/**
 * The host's end of a service reached by Streamable HTTP; no single response may exceed the limit.
 * @throws SERVICE_START when `url` is none
 */
export function createHttpTransport(url: string, fetchLike: FetchLike = fetch): Transport {
  if (!URL.canParse(url) || !/^https?:/i.test(url))
    throw new SafeMcpError('SERVICE_START', `Not an http or https address: ${url}`);
  return new StreamableHTTPClientTransport(new URL(url), { fetch: boundedFetch(fetchLike) });
}

function boundedFetch(fetchLike: FetchLike): FetchLike {
  return async (url, init) => {
    const response = await fetchLike(url, init);
    if (response.body === null) return response;
    let size = 0;
    const bounded = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > maxFrameBytes)
          controller.error(new LimitExceeded('A response of the service', maxFrameBytes));
        else controller.enqueue(chunk);
      },
    });
    return new Response(response.body.pipeThrough(bounded), response);
  };
}
