/** Which nodes make up the chain that is wanted: as many as possible of those that are there. */

import type { FilterNode } from '../vm-state';
import type { FreeNames } from './free-names';

/**
 * The wanted groups on nodes. A chain that is not empty keeps its top node, whatever becomes of its groups: the device
 * is then never given another node, which can freeze QEMU (F1), and libvirt's own top node stays, without which its
 * storage operations fail (facts/libvirt.md N2 to N4). What must go goes from the middle, our own nodes first.
 */
export function nextChain(
  now: readonly FilterNode[],
  groups: readonly string[],
  names: FreeNames,
): readonly FilterNode[] {
  if (groups.length === 0) return [];
  const nodes = now.map(({ node }) => node);
  const [top] = nodes.slice(-1);
  const lower = kept(nodes.slice(0, -1), Math.max(0, groups.length - 1));
  const missing = groups.length - lower.length - (top === undefined ? 0 : 1);
  const added = Array.from({ length: Math.max(0, missing) }, () => names.filter());
  const next = [...lower, ...added, ...(top === undefined ? [] : [top])];
  return groups.map((group, index) => ({ node: next[index] ?? '', group }));
}

/** So many of the nodes in their order: ours go first, then the others, each from the top. */
function kept(nodes: readonly string[], count: number): readonly string[] {
  const surplus = nodes.length - count;
  if (surplus <= 0) return nodes;
  const ranked = [...nodes].reverse();
  const going = new Set(
    [...ranked.filter(isOurs), ...ranked.filter(node => !isOurs(node))].slice(0, surplus),
  );
  return nodes.filter(node => !going.has(node));
}

/** Whether a node was made by this product. */
export const isOurs = (node: string): boolean => node.startsWith('domxml-');

/** Whether a node is a filter that libvirt made: it knows the node by this name, and needs it. */
export const isLibvirts = (node: string): boolean => /^libvirt-\d+-filter$/.test(node);
