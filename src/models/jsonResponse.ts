const headers = { 'content-type': 'application/json' };
const encoder = new TextEncoder();

/**
 * A response that has its text at hand. A `Response` of a text sets up a stream for it, which takes a good part of the
 * processor time of a call; all that is done with that is to take the text out again.
 */
export function jsonResponse(text: string, status: number): Response {
  return Object.defineProperties(new Response(null, { status, headers }), {
    body: { get: () => ({ getReader: () => readerOf(text) }) },
    text: { value: async () => text },
    json: { value: async (): Promise<unknown> => JSON.parse(text) },
  });
}

/** Reads the text as one chunk. */
function readerOf(text: string): Pick<ReadableStreamDefaultReader, 'read' | 'cancel' | 'releaseLock'> {
  const left = [encoder.encode(text)];
  return {
    async read() {
      const value = left.pop();
      return value ? { done: false, value } : { done: true, value };
    },
    async cancel() {
      left.length = 0;
    },
    releaseLock: () => undefined,
  };
}
