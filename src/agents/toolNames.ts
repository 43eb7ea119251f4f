import { digest } from '../contracts/json.ts';

/** What providers take as the name of a tool: letters, digits, `_` and `-`, at most 64. */
const maxLength = 64;
const hashLength = 8;

/** Gives the tools of all services names that a model can use, and keeps them for an episode. */
export interface ToolNames {
  /**
   * `SERVICE__TOOL`, with `_` for characters that are not allowed, cut to 64 characters. A name that is cut or taken
   * ends with a hash of the service and the tool instead. Which names are taken depends on the order of asking.
   */
  nameOf(service: string, tool: string): string;
  /** The way back; undefined for a name that was never given. */
  find(name: string): ToolAddress | undefined;
}

export interface ToolAddress {
  readonly service: string;
  readonly tool: string;
}

export function createToolNames(): ToolNames {
  const names = new Map<string, string>();
  const addresses = new Map<string, ToolAddress>();
  return {
    nameOf(service, tool) {
      const key = JSON.stringify([service, tool]);
      const known = names.get(key);
      if (known !== undefined) return known;
      const name = freeName(service, tool, (taken) => addresses.has(taken));
      names.set(key, name);
      addresses.set(name, { service, tool });
      return name;
    },
    find: (name) => addresses.get(name),
  };
}

function freeName(service: string, tool: string, isTaken: (name: string) => boolean): string {
  const plain = allowed(`${service}__${tool}`);
  if (plain.length <= maxLength && !isTaken(plain)) return plain;
  for (let round = 0; ; round++) {
    const hash = digest([service, tool, round]).slice(0, hashLength);
    const name = `${plain.slice(0, maxLength - hashLength - 1)}_${hash}`;
    if (!isTaken(name)) return name;
  }
}

/** Some providers want a letter or `_` first. */
function allowed(text: string): string {
  const replaced = text.replace(/[^a-zA-Z0-9_-]/g, '_');
  return /^[a-zA-Z_]/.test(replaced) ? replaced : `_${replaced}`;
}
