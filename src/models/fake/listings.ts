import type { JsonObject } from '../../contracts/json.ts';
import { fakeModelVersion } from './mark.ts';

/** Models under any name are answered; this is the one that is listed. */
const listed = fakeModelVersion('any');
const date = '2026-01-01T00:00:00Z';

/** The body for a GET of what providers list; undefined for other paths. */
export function listing(path: string, headers: Readonly<Record<string, string>>): JsonObject | undefined {
  if (path === '/v1/models') return headers['anthropic-version'] === undefined ? openAi() : anthropic();
  if (path === '/v1beta/models') return google();
  if (path === '/api/tags') return ollama();
  return path === '/api/version' ? { version: '0.0.0-safemcp-fake-model' } : undefined;
}

function openAi(): JsonObject {
  return {
    object: 'list',
    data: [{ id: listed, object: 'model', created: Date.parse(date) / 1000, owned_by: 'safemcp' }],
  };
}

function anthropic(): JsonObject {
  return {
    data: [{ type: 'model', id: listed, display_name: listed, created_at: date }],
    has_more: false,
    first_id: listed,
    last_id: listed,
  };
}

function google(): JsonObject {
  return {
    models: [
      {
        name: `models/${listed}`,
        displayName: listed,
        inputTokenLimit: 1_000_000,
        outputTokenLimit: 65_536,
        supportedGenerationMethods: ['generateContent', 'countTokens'],
      },
    ],
  };
}

function ollama(): JsonObject {
  return { models: [{ name: listed, model: listed, modified_at: date, size: 0, digest: '', details: {} }] };
}
