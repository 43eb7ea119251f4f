import type { ServiceEntry } from '../../contracts/externalAgent.ts';
import type { JsonObject } from '../../contracts/json.ts';

/**
 * How hosts want to be told of MCP servers. They agree on `mcpServers` for commands and differ in how they name an
 * address: `url`, `httpUrl`, or `url` with a type.
 */
export const configurationFormats = [
  'mcpServers',
  'mcpServers/httpUrl',
  'mcpServers/type',
  'opencode',
  'codex',
] as const;
export type ConfigurationFormat = (typeof configurationFormats)[number];

/**
 * The text of a configuration file with these services.
 * @param base what else stands in the file
 */
export function configurationText(
  format: ConfigurationFormat,
  entries: readonly ServiceEntry[],
  base: JsonObject,
): string {
  if (format === 'codex') return codexToml(entries, base);
  const key = format === 'opencode' ? 'mcp' : 'mcpServers';
  const servers = Object.fromEntries(entries.map((entry) => [entry.service, serverOf(format, entry)]));
  return `${JSON.stringify({ ...base, [key]: servers }, null, 2)}\n`;
}

function serverOf(format: Exclude<ConfigurationFormat, 'codex'>, entry: ServiceEntry): JsonObject {
  if (format === 'opencode')
    return entry.kind === 'stdio'
      ? { type: 'local', command: [entry.command, ...entry.args], enabled: true }
      : { type: 'remote', url: entry.url, enabled: true };
  if (entry.kind === 'stdio') return { command: entry.command, args: entry.args };
  if (format === 'mcpServers/httpUrl') return { httpUrl: entry.url };
  return format === 'mcpServers/type' ? { type: 'http', url: entry.url } : { url: entry.url };
}

/** TOML, of which JSON strings and lists of them are a part. */
function codexToml(entries: readonly ServiceEntry[], base: JsonObject): string {
  const servers = entries.map((entry) => ({
    path: ['mcp_servers', entry.service],
    values: entry.kind === 'stdio' ? { command: entry.command, args: entry.args } : { url: entry.url },
  }));
  return [...tablesOf([], base), ...servers]
    .map(({ path, values }) => {
      const lines = Object.entries(values).map(
        ([key, value]) => `${tomlKey(key)} = ${JSON.stringify(value)}`,
      );
      return [...(path.length > 0 ? [`[${path.map(tomlKey).join('.')}]`] : []), ...lines, ''].join('\n');
    })
    .join('\n');
}

interface Table {
  readonly path: readonly string[];
  readonly values: JsonObject;
}

function tablesOf(path: readonly string[], object: JsonObject): Table[] {
  const isTable = (value: JsonObject[string]): value is JsonObject =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const values = Object.fromEntries(Object.entries(object).filter(([, value]) => !isTable(value)));
  const inner = Object.entries(object).flatMap(([key, value]) =>
    isTable(value) ? tablesOf([...path, key], value) : [],
  );
  return [...(Object.keys(values).length > 0 ? [{ path, values }] : []), ...inner];
}

function tomlKey(key: string): string {
  return JSON.stringify(key);
}
