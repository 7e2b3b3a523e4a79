/** Namespaces in scope at an element, and names in documents resolved by them. */

import { nameKey } from './name-class';
import { splitName } from './rng-file';

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

/**
 * The declarations in force; immutable. Those with the same declarations around each other are one object, for what is
 * known of an element is kept by them.
 */
export class Namespaces {
  /** Nothing declared but `xml`. */
  static readonly none = new Namespaces(new Map([['xml', XML_NAMESPACE]]));

  private readonly elementKeys = new Map<string, string | undefined>();
  private readonly attributeKeys = new Map<string, string | undefined>();
  private readonly inner = new Map<string, Namespaces>();

  private constructor(private readonly byPrefix: ReadonlyMap<string, string>) {}

  /** The scope inside of an element that declares these, each as prefix ('' for the default) and namespace. */
  with(declared: readonly (readonly [string, string])[]): Namespaces {
    const key = JSON.stringify(declared);
    const known = this.inner.get(key);
    if (known !== undefined) return known;
    const made = new Namespaces(new Map([...this.byPrefix, ...declared]));
    if (this.inner.size >= MOST_KEPT) this.inner.clear();
    this.inner.set(key, made);
    return made;
  }

  /** The `nameKey` of an element's name as written; undefined where its prefix is not declared. */
  elementKey(name: string): string | undefined {
    if (this.elementKeys.has(name)) return this.elementKeys.get(name);
    const [prefix, local] = splitName(name);
    const ns = this.byPrefix.get(prefix) ?? (prefix === '' ? '' : undefined);
    return keep(this.elementKeys, name, ns === undefined ? undefined : nameKey({ ns, local }));
  }

  /** As `elementKey`; an attribute without prefix is in no namespace. */
  attributeKey(name: string): string | undefined {
    if (this.attributeKeys.has(name)) return this.attributeKeys.get(name);
    const [prefix, local] = splitName(name);
    const ns = prefix === '' ? '' : this.byPrefix.get(prefix);
    return keep(this.attributeKeys, name, ns === undefined ? undefined : nameKey({ ns, local }));
  }

  /** The prefix that stands for a namespace here, if any. */
  prefixOf(ns: string): string | undefined {
    for (const [prefix, bound] of this.byPrefix) if (bound === ns) return prefix;
    return undefined;
  }
}

/** Whether an attribute declares a namespace, and so is none for the schema. */
export const declaresNamespace = (attribute: string): boolean =>
  attribute.startsWith('xmlns') && (attribute.length === 5 || attribute.charCodeAt(5) === COLON);

const COLON = 58;

/** Names come from documents: they must not pile up while somebody types. */
const MOST_KEPT = 512;

function keep<V>(memo: Map<string, V>, key: string, value: V): V {
  if (memo.size >= MOST_KEPT) memo.clear();
  memo.set(key, value);
  return value;
}
