/**
 * What changes behind libvirt's back do to a VM that libvirt manages, until it is started anew (facts/libvirt.md 9: N2 to
 * N6, measured with libvirt 11.3 and 12.8).
 */

import { isLibvirts } from './chains/next-chain';
import type { PlannedChanges } from './consequences';
import type { ChainChange, Consequence } from './types';
import type { VmState } from './vm-state';
import { listedBriefly, shown } from './words';

/** None where libvirt does not manage the VM. */
export function libvirtConsequences(
  {
    groups,
    chains,
    plugs = [],
  }: Pick<PlannedChanges, 'groups' | 'chains'> & Partial<Pick<PlannedChanges, 'plugs'>>,
  state: VmState,
): readonly Consequence[] {
  if (state.target.managedBy !== 'libvirt') return [];
  const deleted = groups.filter(({ after }) => after === undefined).map(({ name }) => shown(name));
  const covered = chains.filter(({ before }) => before.length === 0);
  const taken = chains.filter(losesLibvirtsNode);
  const grown = chains.filter(
    change =>
      change.before.length > 0 && change.after.length > change.before.length && !losesLibvirtsNode(change),
  );
  const swapped = chains.filter(change => ![covered, taken, grown].some(list => list.includes(change)));
  return [
    ...told(
      deleted,
      'breaks-libvirt',
      titles =>
        `Libvirt goes on believing in ${titles}: changing or deleting it through libvirt fails until the VM is started anew.`,
    ),
    ...told(
      plugs.filter(({ after }) => after !== null).map(({ title }) => shown(title)),
      'breaks-libvirt',
      titles =>
        `Libvirt does not learn of ${titles}: its XML goes without, and attaching a disk of that name through libvirt fails (Duplicate device ID) until the VM is started anew. By the address libvirt:${shown(state.target.name ?? 'DOMAIN')} libvirt itself attaches it.`,
    ),
    ...told(
      titlesOf(covered),
      'breaks-libvirt',
      titles =>
        `Libvirt does not know of filters put on ${titles}: until the VM is started anew, blockcommit and blockcopy fail (Need a root block node), and detach-disk reports success while QEMU keeps the image open and locked, so that it cannot be attached again: return to libvirt's chain before a detach. Save, restore and migration lose the filters.`,
    ),
    ...told(
      titlesOf(taken),
      'breaks-libvirt',
      titles =>
        `A filter that libvirt made goes from ${titles}, and libvirt goes on using its name: until the VM is started anew, blockcommit and blockcopy fail (its device is not found). Save, restore and migration silently bring the filter back, as libvirt's XML says.`,
    ),
    ...told(
      titlesOf(grown),
      'lost-at-restart',
      titles =>
        `Libvirt does not know of the filters added to ${titles}: its own top filter stays, so snapshots, blockcommit and blockcopy work, but detach-disk leaves the added filters and the image open in QEMU, so that it cannot be attached again: return to libvirt's chain before a detach. Save, restore and migration silently return to the chain of libvirt's XML.`,
    ),
    ...told(
      titlesOf(swapped),
      'lost-at-restart',
      titles =>
        `Libvirt's XML goes on showing the old filters of ${titles}: save, restore and migration silently return to them.`,
    ),
  ];
}

const titlesOf = (changes: readonly ChainChange[]): readonly string[] =>
  changes.map(({ title }) => shown(title));

const told = (
  titles: readonly string[],
  kind: Consequence['kind'],
  words: (titles: string) => string,
): readonly Consequence[] => (titles.length === 0 ? [] : [{ kind, text: words(listedBriefly(titles)) }]);

const losesLibvirtsNode = ({ before, after }: ChainChange): boolean =>
  before.some(({ node }) => isLibvirts(node) && !after.some(filter => filter.node === node));
