/** From what libvirt tells of a domain to the state of a VM, as plans are made from. */

import type { Source, VmDisk, VmGroup, VmState } from '../engine';
import { groupObjectId } from '../engine';
import type { DomainView, LibvirtDisk, LibvirtDomain } from '../libvirt';

/**
 * The domain as its live XML shows it, with the persistent definition beside it; a domain that does not run is as its
 * definition says. Node names, sizes and jobs of single disks are not seen there.
 */
export function libvirtState(domain: LibvirtDomain): VmState {
  const { live, config } = domain;
  const definition = config && viewState(domain, config, 'libvirt-config');
  const view = live ?? config;
  if (view === undefined) throw new TypeError('a domain has at least one definition');
  if (live === undefined) {
    return { ...viewState(domain, view, 'libvirt-config'), runState: OFF, ...(definition && { definition }) };
  }
  return { ...viewState(domain, view, 'libvirt-live'), ...(definition && { definition }) };
}

/**
 * What QEMU itself says, with what only libvirt knows: names of the disks, versions, both definitions. Objects that are
 * called without libvirt's prefix are not libvirt's groups and are left out: through libvirt they are never meant.
 */
export function withQemuState(libvirt: VmState, qemu: VmState): VmState {
  const byAlias = new Map(libvirt.disks.map(disk => [disk.alias, disk]));
  const { definition, ...declared } = libvirt;
  return {
    ...qemu,
    target: { ...libvirt.target, qemu: qemu.target.qemu },
    migrating: libvirt.migrating || qemu.migrating,
    groups: qemu.groups.filter(({ naming }) => naming === 'prefixed'),
    disks: qemu.disks.map(disk => {
      const known = byAlias.get(disk.alias);
      return known === undefined ? disk : { ...disk, target: known.target };
    }),
    declared,
    ...(definition && { definition }),
  };
}

/** A domain that does not run: only its definition can be changed. */
export const OFF = 'shutoff';

function viewState(domain: LibvirtDomain, view: DomainView, source: Source): VmState {
  const { versions, name, uuid } = domain;
  return {
    target: { name, uuid, qemu: versions.qemu, libvirt: versions.libvirt, managedBy: 'libvirt' },
    // Libvirt numbers the starts of its domains. A definition has no process and no run state.
    process: source === 'libvirt-live' && view.id !== undefined ? `libvirt domain ${view.id}` : null,
    migrating: source === 'libvirt-live' && isMoving(domain.job),
    runState: source === 'libvirt-live' ? runState(domain.state) : 'unknown',
    groups: view.groups.map((group): VmGroup => ({
      name: group.name,
      objectId: groupObjectId(group.name),
      naming: 'prefixed',
      limits: group.limits,
      usedBy: [],
      source,
    })),
    disks: view.disks.map(disk => diskState(disk, source)),
    filters: [],
    ownNodes: [],
    jobs: [],
    iothreads: [],
  };
}

function diskState(disk: LibvirtDisk, source: Source): VmDisk {
  return {
    qdev: disk.alias ?? disk.target,
    alias: disk.alias ?? disk.target,
    target: disk.target,
    bus: disk.bus ?? null,
    serial: disk.serial ?? null,
    sources: disk.sources,
    filters: disk.filters.map(group => ({ node: '', group: groupObjectId(group) })),
    base: null,
    size: null,
    shape: disk.empty ? 'empty' : 'unseen',
    readonly: disk.readonly || disk.device === 'cdrom',
    device: disk.bus === 'virtio' ? 'virtio-blk' : 'other',
    thread: disk.mapped
      ? { kind: 'mapped' }
      : disk.iothread === undefined
        ? { kind: 'main' }
        : { kind: 'iothread', name: disk.iothread },
    job: null,
    iotuneGroup: disk.iotune?.group ?? null,
    iotune: disk.iotune?.limits ?? null,
    source,
    ...(source === 'libvirt-config' && !disk.hidesSecrets && { xml: disk.xml }),
  };
}

/** Libvirt's words for what the whole domain is busy with; a backup moves nothing (virsh domjobinfo). */
const isMoving = (job: string | undefined): boolean => job !== undefined && !/backup/i.test(job);

/** Libvirt's words for run states in QEMU's. */
function runState(word: string): string {
  switch (word) {
    case 'idle':
    case 'no state':
    case 'running':
      return 'running';
    case 'shut off':
      return OFF;
    case 'in shutdown':
      return 'shutdown';
    case 'pmsuspended':
      return 'suspended';
    default:
      return word;
  }
}
