/** Reads a schema file of RELAX NG's XML syntax into plain nodes, with what they inherit written into each. */

import { SourceText } from '../text';
import { decodeEntities } from '../xml/entities';
import { parseXml } from '../xml/parse';
import { attributeValue, isElement, childNodes, rootElement, textContent } from '../xml/navigate';
import type { Located } from '../xml/tree';

/** An element of RELAX NG; elements of other namespaces are annotations and left out. */
export interface RngNode {
  /** `element`, `zeroOrMore`, ... */
  readonly name: string;
  /** Attributes without a namespace, blanks around them taken off. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly RngNode[];
  /** All text inside, as written. */
  readonly text: string;
  /** The `ns` in force, and whether this node itself sets it. */
  readonly ns: string;
  readonly ownNs: boolean;
  readonly datatypeLibrary: string;
  /** Namespaces by prefix, for names such as `v:bond`. */
  readonly prefixes: ReadonlyMap<string, string>;
}

const RNG = 'http://relaxng.org/ns/structure/1.0';

/** The root of a schema file, or undefined where it holds none. `ns` is what an include hands down. */
export function readRngFile(text: string, ns: string): RngNode | undefined {
  const source = SourceText.of(text);
  const document = parseXml(source);
  const root = rootElement(document);
  if (root === undefined || document.problemCount > 0) return undefined;
  const node = readNode(source.text, root, { ns, datatypeLibrary: '', prefixes: new Map() });
  return node?.name === undefined ? undefined : node;
}

type Inherited = Pick<RngNode, 'ns' | 'datatypeLibrary' | 'prefixes'>;

function readNode(text: string, located: Located, inherited: Inherited): RngNode | undefined {
  const attributes = new Map<string, string>();
  let prefixes = inherited.prefixes;
  for (const attribute of located.node.attributes) {
    const value = attributeValue(text, located, attribute);
    if (attribute.name === 'xmlns') prefixes = new Map([...prefixes, ['', value]]);
    else if (attribute.name.startsWith('xmlns:')) {
      prefixes = new Map([...prefixes, [attribute.name.slice(6), value]]);
    } else if (!attribute.name.includes(':')) {
      // RELAX NG 4.2: blanks around name, type and combine don't count; ns and the library are taken as they are.
      attributes.set(attribute.name, attribute.name === 'ns' ? value : value.trim());
    }
  }
  const [prefix, name] = splitName(located.node.name);
  if (prefixes.get(prefix) !== RNG) return undefined;
  const own = attributes.get('ns');
  const passedOn: Inherited = {
    ns: own ?? inherited.ns,
    datatypeLibrary: attributes.get('datatypeLibrary') ?? inherited.datatypeLibrary,
    prefixes,
  };
  const children = childNodes(located).flatMap(child => {
    const node = isElement(child) ? readNode(text, child, passedOn) : undefined;
    return node === undefined ? [] : [node];
  });
  const holdsText = name === 'value' || name === 'param' || name === 'name';
  return {
    name,
    attributes,
    children,
    text: holdsText ? innerText(text, located) : '',
    ...passedOn,
    ownNs: own !== undefined,
  };
}

function innerText(text: string, located: Located): string {
  const only = located.node.children[0];
  if (located.node.children.length !== 1 || only?.kind !== 'text') return textContent(text, located);
  const start = located.start + located.node.openEnd;
  return decodeEntities(text.slice(start, start + only.length));
}

/** Prefix ('' for none) and local part of a name. */
export function splitName(name: string): readonly [string, string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}
