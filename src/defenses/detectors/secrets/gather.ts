import { isJsonObject } from '../../../contracts/json.ts';
import { withoutEscapes } from '../escapes.ts';
import { isCode, labelIn, type SensitiveValue, valuesIn } from './values.ts';

/** Values that one message of a service is searched for. */
const mostStrings = 20_000;

/** Sensitive values in a body that a service sends: by their shape, by the words before them, by the names of members. */
export function gatherValues(body: unknown): SensitiveValue[] {
  const found: SensitiveValue[] = [];
  let strings = 0;
  const walk = (node: unknown, label: string | undefined): void => {
    if (typeof node === 'string') {
      if (++strings > mostStrings) return;
      if (label !== undefined && node.length <= 200 && isCode(node))
        found.push({ kind: 'credential', label, value: node });
      found.push(...valuesIn(withoutEscapes(node)));
    } else if (Array.isArray(node)) for (const item of node) walk(item, label);
    else if (isJsonObject(node)) {
      const named = labelOfEntry(node);
      for (const [member, item] of Object.entries(node))
        walk(item, labelIn(member) ?? (member === 'value' ? named : undefined));
    }
  };
  walk(body, undefined);
  return found;
}

/** What an entry such as `{ key: "DEPLOY_TOKEN", value: "..." }` calls its value. */
function labelOfEntry({
  key,
  name,
}: {
  readonly key?: unknown;
  readonly name?: unknown;
}): string | undefined {
  return [key, name].map((each) => (typeof each === 'string' ? labelIn(each) : undefined)).find(Boolean);
}
