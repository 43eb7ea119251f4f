import type { Exchange, McpRequest } from '../../../contracts/wire.ts';

/** The requests of the host that a service has not answered yet, oldest first. */
export interface InFlight {
  readonly step: (next: Exchange) => Exchange;
  requests(): readonly McpRequest[];
}

/** What a service asks, it asks while it works on a request: this tells on which. */
export function createInFlight(): InFlight {
  const open = new Set<McpRequest>();
  return {
    requests: () => [...open],
    step: (next) => async (request, context) => {
      open.add(request);
      try {
        return await next(request, context);
      } finally {
        open.delete(request);
      }
    },
  };
}
