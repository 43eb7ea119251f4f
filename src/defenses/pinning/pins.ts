import { canonicalJson, digest, type JsonValue } from '../../contracts/json.ts';
import {
  type ListedTool,
  type Objection,
  type ToolObjection,
  type ToolPage,
  type ToolRules,
  theTool,
  toolKey,
} from '../toolGuard.ts';
import { diff } from './diff.ts';

/** Definitions pinned per connection; a tool beyond this number counts as added later. */
const maxPins = 1000;
/** Longest canonical definition that is kept to show a difference; of a longer one only the digest is. */
const maxKept = 20_000;

interface Pin {
  readonly digest: string;
  /** Absent when too long to keep. */
  readonly definition?: JsonValue;
}

/**
 * Definitions of one service's tools, fixed at first sight: in its first listing. Later listings are held against
 * it. A pin stays when its tool vanishes, so a definition cannot be changed by taking the tool away for a while.
 */
export function createPins(service: string): ToolRules {
  const pins = new Map<string, Pin>();
  const flagged = new Map<string, Objection>();
  let seen = new Set<string>();
  let vanished = new Set<string>();
  let firstListing: 'not-begun' | 'open' | 'over' = 'not-begun';

  const examine = (tool: ListedTool): ToolObjection | undefined => {
    const key = toolKey(tool.name);
    seen.add(key);
    const pin = pins.get(key);
    if (pin === undefined) {
      if (firstListing === 'over' || pins.size >= maxPins) return added(tool, service);
      pins.set(key, pinOf(tool.definition));
      return undefined;
    }
    const gone = vanished.delete(key);
    if (digest(tool.definition) !== pin.digest) return changed(tool, pin, service);
    return gone ? returned(tool, service) : undefined;
  };

  return {
    inspect(page: ToolPage) {
      if (page.first) {
        // A listing that the service never ends does not keep first sight open.
        firstListing = firstListing === 'not-begun' ? 'open' : 'over';
        seen = new Set();
      }
      const objections = page.tools.map(examine).filter((each) => each !== undefined);
      for (const { name } of page.tools) flagged.delete(toolKey(name));
      for (const { withhold, tool, score, reason } of objections)
        if (withhold && flagged.size < maxPins) flagged.set(toolKey(tool), { score, reason });
      if (page.last) {
        firstListing = 'over';
        vanished = new Set([...pins.keys()].filter((key) => !seen.has(key)));
      }
      return objections;
    },
    refusal: 'The call was refused: this tool is not as it was when it was first listed',
    judge: (tool) => flagged.get(toolKey(tool)),
  };
}

function pinOf(definition: JsonValue): Pin {
  const canonical = canonicalJson(definition);
  return {
    digest: digest(definition),
    ...(canonical.length <= maxKept && { definition }),
  };
}

function added({ name, definition, path }: ListedTool, service: string): ToolObjection {
  return {
    tool: name,
    withhold: true,
    score: 1,
    reason: `${theTool(name, service)} was not there at first sight`,
    spans: [{ path, text: canonicalJson(definition) }],
  };
}

function returned({ name, path }: ListedTool, service: string): ToolObjection {
  return {
    tool: name,
    withhold: false,
    score: 0.5,
    reason: `${theTool(name, service)} had vanished and is back as it was`,
    spans: [{ path, text: name }],
  };
}

function changed(tool: ListedTool, pin: Pin, service: string): ToolObjection {
  const shown = pin.definition === undefined ? [] : diff(pin.definition, tool.definition);
  const [first = { path: '', text: 'in a part too long to show' }, ...others] = shown;
  const more = others.length > 0 ? ` (and ${others.length} more fields)` : '';
  return {
    tool: tool.name,
    withhold: true,
    score: 1,
    reason: `${theTool(tool.name, service)} has changed since first sight: ${first.path} ${first.text}${more}`,
    spans: [first, ...others].map(({ path, text }) => ({ path: tool.path + path, text })),
  };
}
