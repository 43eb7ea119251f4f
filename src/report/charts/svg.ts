import { escaped, Markup } from '../html/markup.ts';

/** As much of a DOM node as drawings need. */
export interface DrawnNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<DrawnNode>;
  readonly attributes?: Iterable<{ readonly name: string; readonly value: string }>;
}

const elements = new Set(['svg', 'g', 'path', 'line', 'rect', 'circle', 'text', 'tspan', 'title']);
const attributes = new Set(
  (
    'viewBox width height class transform d x y x1 x2 y1 y2 cx cy r rx dx dy fill fill-opacity stroke stroke-width ' +
    'stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin opacity text-anchor font-size font-weight ' +
    'font-variant aria-label aria-hidden role paint-order'
  ).split(' '),
);
const [elementNode, textNode] = [1, 3];

/** Writes a drawing with known elements and attributes only; whatever a library adds besides is left out. */
export function svgMarkup(node: DrawnNode): Markup {
  return new Markup(written(node));
}

function written(node: DrawnNode): string {
  if (node.nodeType === textNode) return escaped(node.textContent ?? '');
  const name = node.nodeName.toLowerCase();
  if (node.nodeType !== elementNode || !elements.has(name)) return '';
  const known = [...(node.attributes ?? [])]
    .filter((attribute) => attributes.has(attribute.name))
    .map((attribute) => ` ${attribute.name}="${escaped(attribute.value)}"`);
  return `<${name}${known.join('')}>${[...node.childNodes].map(written).join('')}</${name}>`;
}
