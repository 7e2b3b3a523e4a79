/** Names of the schema as one writes them in a document. */

import { nameOfKey } from '../name-class';
import type { CheckedElement } from '../validate';

/** A name as one writes it inside of the element; with a namespace that is to be declared where nothing does. */
export function writtenName(
  key: string,
  { namespaces }: CheckedElement,
): { readonly name: string; readonly namespace: string | undefined } | undefined {
  const { ns, local } = nameOfKey(key);
  if (ns === '')
    return namespaces.elementKey(local) === local ? { name: local, namespace: undefined } : undefined;
  const prefix = namespaces.prefixOf(ns) ?? LIBVIRT_NAMESPACE.exec(ns)?.[1];
  if (prefix === undefined) return undefined;
  const name = prefix === '' ? local : `${prefix}:${local}`;
  return { name, namespace: namespaces.elementKey(name) === key ? undefined : ns };
}

/** Libvirt's own namespaces and the prefixes that it writes for them. */
const LIBVIRT_NAMESPACE = /^http:\/\/libvirt\.org\/schemas\/[a-z]+\/([a-z]+)\/1\.0$/;

/** As `writtenName`; an attribute without prefix is in no namespace. */
export function writtenAttribute(key: string, element: CheckedElement): string | undefined {
  if (!key.startsWith('{')) return key;
  const written = writtenName(key, element);
  return written?.namespace === undefined && written?.name.includes(':') === true ? written.name : undefined;
}
