/**
 * From one chain of an attached disk to another, by the algorithm of facts/qemu.md 3.2: the top node stays while there
 * is one, and order and groups change as attributes in one reopen, which takes all of its nodes or none.
 */

import { stacked } from '../guards';
import {
  addFilter,
  addPlaceholder,
  createGroup,
  deleteGroup,
  deleteNode,
  reopenFilters,
  setDrive,
  type FilterOptions,
} from '../qmp-commands';
import { NO_LIMITS } from '../../limits/values';
import type { QmpCommand } from '../types';
import type { FilterNode } from '../vm-state';
import type { FreeNames } from './free-names';

/** What a chain stands on and how new nodes come to it. */
export interface ChainPlace {
  readonly qdev: string;
  readonly base: string;
  /** Bytes of a placeholder to put each new filter over first; undefined where a filter may go straight over the base. */
  readonly placeholder: bigint | undefined;
  readonly names: FreeNames;
}

/** The commands; none where the chains are the same. Swapped arguments give the inverse. */
export function chainCommands(
  from: readonly FilterNode[],
  to: readonly FilterNode[],
  place: ChainPlace,
): readonly QmpCommand[] {
  if (from.length === 0) return to.length === 0 ? [] : inserted(to, place);
  return to.length === 0 ? removed(from, place) : changed(from, to, place);
}

/** A no-op reopen of a whole chain: it lets waiting requests look at their group's limits anew (F5). */
export const wakeCommand = (filters: readonly FilterNode[], base: string): QmpCommand =>
  reopenFilters(stacked(filters, base));

/** New filters on each other, where no request can wait yet, then the device on the top one. */
const inserted = (to: readonly FilterNode[], place: ChainPlace): readonly QmpCommand[] => [
  ...stacked(to, place.base).flatMap(filter => added(filter, place)),
  setDrive(place.qdev, to.at(-1)?.node ?? place.base),
];

function added(filter: FilterOptions, { placeholder, names }: ChainPlace): readonly QmpCommand[] {
  if (placeholder === undefined) return [addFilter(filter)];
  const node = names.placeholder();
  return [
    addPlaceholder(node, placeholder),
    addFilter({ ...filter, file: node }),
    reopenFilters([filter]),
    deleteNode(node),
  ];
}

/**
 * One filter can be taken away at once. From two on, requests may wait in a lower one, and the device's change would
 * freeze QEMU until they are through (F1): so each filter is first given a group of its own without limits.
 */
function removed(from: readonly FilterNode[], place: ChainPlace): readonly QmpCommand[] {
  const away = [setDrive(place.qdev, place.base), ...[...from].reverse().map(({ node }) => deleteNode(node))];
  if (from.length === 1) return away;
  const free = from.map(({ node }) => ({ node, group: place.names.group() }));
  return [
    ...free.map(({ group }) => createGroup(group, NO_LIMITS)),
    reopenFilters(stacked(free, place.base)),
    ...away,
    ...free.map(({ group }) => deleteGroup(group)),
  ];
}

/** New nodes over the base (F4), one reopen of all nodes from the image up (F2), then what fell out is deleted. */
function changed(
  from: readonly FilterNode[],
  to: readonly FilterNode[],
  place: ChainPlace,
): readonly QmpCommand[] {
  const [old, next] = [stacked(from, place.base), stacked(to, place.base)];
  const [before, after] = [new Set(from.map(nodeOf)), new Set(to.map(nodeOf))];
  const fresh = to.filter(({ node }) => !before.has(node));
  const gone = from.filter(({ node }) => !after.has(node));
  return [
    ...fresh.flatMap(({ node, group }) => added({ node, group, file: place.base }, place)),
    reopenFilters(merged(old, next)),
    ...[...gone].reverse().map(({ node }) => deleteNode(node)),
  ];
}

const nodeOf = ({ node }: FilterNode): string => node;

/** All nodes of both chains, each as it will be, in an order that goes from the image up in both. */
function merged(old: readonly FilterOptions[], next: readonly FilterOptions[]): readonly FilterOptions[] {
  const known = new Set(old.map(nodeOf));
  const all: FilterOptions[] = [];
  let at = 0;
  for (const filter of old) {
    const place = next.findIndex(({ node }) => node === filter.node);
    if (place < 0) {
      all.push(filter);
      continue;
    }
    for (; at < place; at++) all.push(...next.slice(at, at + 1).filter(({ node }) => !known.has(node)));
    all.push(...next.slice(place, place + 1));
    at = place + 1;
  }
  return [...all, ...next.slice(at)];
}
