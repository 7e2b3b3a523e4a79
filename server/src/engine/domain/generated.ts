/** Files that libvirt writes itself: `/etc/libvirt/qemu/NAME.xml` and, of running domains, `/run/libvirt/qemu/NAME.xml`. */

import { topNodes } from '../xml/navigate';
import type { XmlDocument } from '../xml/tree';

/**
 * Whether the document begins with libvirt's AUTO-GENERATED comment: libvirt keeps the domain in its memory, writes
 * such files over, and never reads what somebody changed in them while it runs (virXMLSaveFile, measured).
 */
export function isGeneratedByLibvirt(document: XmlDocument): boolean {
  for (const { node, start } of topNodes(document)) {
    if (node.kind === 'element') return false;
    if (node.kind !== 'comment') continue;
    const comment = document.source.text.slice(start, start + node.length);
    if (/AUTO-GENERATED[^]*OVERWRITTEN/.test(comment)) return true;
  }
  return false;
}
