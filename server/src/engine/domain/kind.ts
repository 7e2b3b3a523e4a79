/** Which documents are libvirt's: told by the root element, apart from the `domain.xml` of other products. */

import {
  attributeNamed,
  attributeValue,
  childElements,
  firstChildElement,
  rootElement,
} from '../xml/navigate';
import type { Located, XmlDocument } from '../xml/tree';

export type DocumentKind = 'domain' | 'domainsnapshot' | 'domaincheckpoint' | 'domstatus';

/** Children of GlassFish's `<domain>` (its config/domain.xml); libvirt's has none of them. */
const GLASSFISH_CHILDREN: ReadonlySet<string> = new Set(['configs', 'servers', 'resources', 'applications']);
const GLASSFISH_ATTRIBUTES = ['log-root', 'application-root'];

/**
 * The kind of a libvirt document with a domain in it, or undefined for everything else. WildFly's `<domain>` has a
 * namespace, GlassFish's its own attributes and children; a root in a namespace is never libvirt's.
 */
export function libvirtKind(document: XmlDocument): DocumentKind | undefined {
  const root = rootElement(document);
  if (root === undefined || inNamespace(document.source.text, root)) return undefined;
  switch (root.node.name) {
    case 'domain':
      return isGlassFish(root) ? undefined : 'domain';
    case 'domainsnapshot':
    case 'domaincheckpoint':
    case 'domstatus':
      return root.node.name;
    default:
      return undefined;
  }
}

/** The roots of libvirt's other documents; `device` and `interface` for example are names that others use too. */
const OTHER_ROOTS: ReadonlySet<string> = new Set([
  'domainbackup',
  'network',
  'networkport',
  'pool',
  'volume',
  'filter',
  'filterbinding',
  'interface',
  'secret',
  'device',
  'capabilities',
  'storagepoolCapabilities',
  'domainCapabilities',
]);

/**
 * Whether the root element is called as one of libvirt's without a domain in it: network, pool, and so on. Other
 * products have such roots as well, so the name alone makes no document libvirt's.
 */
export function hasOtherLibvirtRoot(document: XmlDocument): boolean {
  const root = rootElement(document);
  return root !== undefined && OTHER_ROOTS.has(root.node.name) && !inNamespace(document.source.text, root);
}

/** The `<domain>` of a libvirt document: its root, or the one inside a snapshot, checkpoint or domstatus. */
export function domainElement(document: XmlDocument): Located | undefined {
  const root = rootElement(document);
  const kind = libvirtKind(document);
  if (root === undefined || kind === undefined) return undefined;
  return kind === 'domain' ? root : firstChildElement(root, 'domain');
}

function inNamespace(text: string, root: Located): boolean {
  const declaration = attributeNamed(root.node, 'xmlns');
  return declaration !== undefined && attributeValue(text, root, declaration).trim() !== '';
}

function isGlassFish(root: Located): boolean {
  if (GLASSFISH_ATTRIBUTES.some(name => attributeNamed(root.node, name) !== undefined)) return true;
  return childElements(root).some(
    child => GLASSFISH_CHILDREN.has(child.node.name) && firstChildElement(root, 'devices') === undefined,
  );
}
