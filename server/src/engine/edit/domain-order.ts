/** Puts elements into a domain where libvirt writes them. */

import type { SourceText, TextEdit } from '../text';
import { childElements } from '../xml/navigate';
import type { Located } from '../xml/tree';
import { insertElement, LAST } from './elements';
import type { Markup } from './markup';

/** The first children of a domain in the order of virDomainDefFormatInternalSetRootName (libvirt 11.3). */
const ORDER = [
  'name',
  'uuid',
  'title',
  'description',
  'metadata',
  'maxMemory',
  'memory',
  'currentMemory',
  'blkiotune',
  'memtune',
  'memoryBacking',
  'vcpu',
  'vcpus',
  'iothreads',
  'iothreadids',
] as const;

/** Inserts the element behind the last of those that libvirt writes before it; as the last child where none is there. */
export function insertInOrder(
  source: SourceText,
  domain: Located,
  element: Markup & { readonly name: (typeof ORDER)[number] },
): TextEdit[] {
  const earlier = new Set<string>(ORDER.slice(0, ORDER.indexOf(element.name)));
  const behind = childElements(domain)
    .filter(({ node }) => earlier.has(node.name))
    .at(-1);
  return insertElement(source, domain, behind === undefined ? LAST : { behind }, element);
}
