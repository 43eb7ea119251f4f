import { UnfitWorkbook } from './unfit.ts';

export type XmlToken =
  | {
      readonly kind: 'open';
      /** Without its namespace. */
      readonly name: string;
      /** By name without namespace. */
      readonly attributes: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

/**
 * The tokens of an XML text, in one pass that looks at each character a constant number of times. An empty element
 * gives an open and a close token. Document types, and with them entities of a text's own, are refused.
 * @throws UnfitWorkbook
 */
export function* xmlTokens(xml: string): Generator<XmlToken> {
  let at = 0;
  while (at < xml.length) {
    const start = xml.indexOf('<', at);
    if (start !== at) yield { kind: 'text', text: decoded(xml.slice(at, start < 0 ? xml.length : start)) };
    if (start < 0) return;
    if (xml.startsWith('<!--', start)) {
      at = after(xml, '-->', start + 4);
    } else if (xml.startsWith('<![CDATA[', start)) {
      at = after(xml, ']]>', start + 9);
      yield { kind: 'text', text: xml.slice(start + 9, at - 3) };
    } else if (xml.startsWith('<?', start)) {
      at = after(xml, '?>', start + 2);
    } else if (xml.startsWith('<!', start)) {
      throw new UnfitWorkbook('it declares a document type');
    } else {
      at = endOfTag(xml, start);
      yield* tagTokens(xml.slice(start + 1, at - 1));
    }
  }
}

function after(xml: string, mark: string, from: number): number {
  const place = xml.indexOf(mark, from);
  if (place < 0) throw new UnfitWorkbook('its XML is cut off');
  return place + mark.length;
}

/** The place after the `>` that ends a tag; one inside quotes does not. */
function endOfTag(xml: string, start: number): number {
  let quote = '';
  for (let at = start + 1; at < xml.length; at++) {
    const letter = xml.charAt(at);
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '>') return at + 1;
  }
  throw new UnfitWorkbook('its XML is cut off');
}

function* tagTokens(tag: string): Generator<XmlToken> {
  if (tag.startsWith('/')) {
    yield { kind: 'close', name: localName(tag.slice(1).trim()) };
    return;
  }
  const isEmpty = tag.endsWith('/');
  const body = isEmpty ? tag.slice(0, -1) : tag;
  const nameEnd = body.search(/[\s]/);
  const name = localName(nameEnd < 0 ? body : body.slice(0, nameEnd));
  yield { kind: 'open', name, attributes: attributesIn(nameEnd < 0 ? '' : body.slice(nameEnd)) };
  if (isEmpty) yield { kind: 'close', name };
}

function attributesIn(text: string): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  let at = 0;
  for (;;) {
    const equals = text.indexOf('=', at);
    if (equals < 0) return attributes;
    const name = localName(text.slice(at, equals).trim());
    let start = equals + 1;
    while (start < text.length && text.charAt(start).trim() === '') start++;
    const quote = text.charAt(start);
    const end = quote === '"' || quote === "'" ? text.indexOf(quote, start + 1) : -1;
    if (end < 0) throw new UnfitWorkbook('an attribute in its XML is damaged');
    attributes.set(name, decoded(text.slice(start + 1, end)));
    at = end + 1;
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[a-z]{2,4});/g, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? whole;
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
