/** Reads a schema file of RELAX NG's XML syntax into plain nodes, with what they inherit written into each. */

import { SourceText } from '../text';
import { parseXml } from '../xml/parse';
import { attributeValue, rootElement, textContent } from '../xml/navigate';
import type { Located } from '../xml/tree';

/** What a node hands down to those in it. */
interface Inherited {
  readonly ns: string;
  readonly datatypeLibrary: string;
  /** Namespaces by prefix, for names such as `v:bond`. */
  readonly prefixes: ReadonlyMap<string, string>;
}

/** The root of a schema file, or undefined where it holds none. `ns` is what an include hands down. */
export function readRngFile(text: string, ns: string): RngNode | undefined {
  const source = SourceText.of(text);
  const document = parseXml(source);
  const root = rootElement(document);
  if (root === undefined || document.problemCount > 0) return undefined;
  const node = new RngNode(text, root, { ns, datatypeLibrary: '', prefixes: NO_PREFIXES });
  return node.name === '' ? undefined : node;
}

const RNG = 'http://relaxng.org/ns/structure/1.0';
const NO_PREFIXES: ReadonlyMap<string, string> = new Map();

/** An element of RELAX NG; its children are read when they are first asked for, as most of a schema never is. */
export class RngNode implements Inherited {
  /** `element`, `zeroOrMore`, ...; '' for an element of another namespace, which is an annotation. */
  readonly name: string;
  /** The `ns` in force, and whether this node itself sets it. */
  readonly ns: string;
  readonly ownNs: boolean;
  readonly datatypeLibrary: string;
  readonly prefixes: ReadonlyMap<string, string>;
  private readChildren: readonly RngNode[] | undefined;

  constructor(
    private readonly file: string,
    private readonly located: Located,
    around: Inherited,
  ) {
    let { ns, datatypeLibrary, prefixes } = around;
    let ownNs = false;
    for (const attribute of located.node.attributes) {
      const { name } = attribute;
      if (name === 'ns') {
        ns = attributeValue(file, located, attribute);
        ownNs = true;
      } else if (name === 'datatypeLibrary') datatypeLibrary = attributeValue(file, located, attribute);
      else if (name.startsWith('xmlns')) {
        prefixes = new Map([...prefixes, [name.slice(6), attributeValue(file, located, attribute)]]);
      }
    }
    const [prefix, local] = splitName(located.node.name);
    this.name = prefixes.get(prefix) === RNG ? local : '';
    this.ns = ns;
    this.ownNs = ownNs;
    this.datatypeLibrary = datatypeLibrary;
    this.prefixes = prefixes;
  }

  /** The value of an attribute without the blanks around it (RELAX NG 4.2); undefined where it is not there. */
  attribute(name: string): string | undefined {
    for (const attribute of this.located.node.attributes) {
      if (attribute.name === name) return attributeValue(this.file, this.located, attribute).trim();
    }
    return undefined;
  }

  /** Elements of RELAX NG in it; annotations are left out. */
  get children(): readonly RngNode[] {
    if (this.readChildren !== undefined) return this.readChildren;
    const { node, start } = this.located;
    const children: RngNode[] = [];
    for (let index = 0; index < node.children.length; index++) {
      const child = node.children[index];
      if (child?.kind !== 'element') continue;
      const at = start + (node.childStarts[index] ?? 0);
      const read = new RngNode(this.file, { node: child, start: at, parent: undefined }, this);
      if (read.name !== '') children.push(read);
    }
    return (this.readChildren = children);
  }

  /** All text inside, decoded. */
  get text(): string {
    return textContent(this.file, this.located);
  }
}

/** Prefix ('' for none) and local part of a name. */
export function splitName(name: string): readonly [string, string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}
