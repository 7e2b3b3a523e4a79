/** The plan that detaches one disk from a libvirt domain, by virsh, on each side that is asked for. Pure. */

import type { PlanResult, PlugChange, PluggedDisk, VirshStep, VmDisk, VmState } from '../engine';
import { listed, shown, refused } from '../engine';
import type { Plane } from '../libvirt';
import { attachDevice, detachDisk } from '../libvirt';
import { stepOn, diskOn, planesInOrder, planOfSides, refusalOf, type Side } from './libvirt-plug';
import { namesOf, placeOf } from './libvirt-steps';

/** Detaches a disk by its target, where a side has it; on none that is refused. */
export function planLibvirtDetach(state: VmState, target: string, planes: readonly Plane[]): PlanResult {
  const refusal = refusalOf(state, planes, false);
  if (refusal !== undefined) return { kind: 'refusal', refusal };
  const sides: Side[] = [];
  const missing: string[] = [];
  for (const plane of planesInOrder(planes)) {
    const disk = diskOn(plane, state, target);
    if (disk === undefined) {
      missing.push(plane === 'live' ? 'the running VM' : 'the persistent definition');
      continue;
    }
    const why = plane === 'live' ? whyNotDetached(disk, state, target) : undefined;
    if (why !== undefined)
      return refused('disk', `${shown(target)} is not detached: ${why}. Nothing was sent.`);
    sides.push(detachedOn(plane, disk, target, state));
  }
  if (sides.length === 0) {
    return refused(
      'no-such-disk',
      `There is no disk ${shown(target)} in ${missing.join(' or ')}. Nothing was sent.`,
    );
  }
  return {
    kind: 'plan',
    plan: planOfSides(state, { planes }, sides, {
      asked: ['detach', target],
      notes: [
        ...missing.map(
          place => `There is no disk ${shown(target)} in ${place}: nothing is to be done there.`,
        ),
        ...(planes.includes('live')
          ? [
              `The guest is asked to let go of ${shown(target)}. Unmount what is on it in the guest first.`,
              ...(state.declared === undefined ? [UNSEEN] : []),
              ...backlogNotes(diskOn('live', state, target), target),
            ]
          : []),
      ],
      consequences: [],
    }),
  };
}

/** As QEMU's own way would be; libvirt sends its device_del and nothing before it. */
const backlogNotes = (disk: VmDisk | undefined, target: string): readonly string[] =>
  disk === undefined || disk.bus !== 'scsi' || disk.filters.length < 2
    ? []
    : [
        `${shown(target)} has ${disk.filters.length} filters: where requests wait in a lower one, QEMU and the guest stand still until they are through. Raise the limits of ${listed(namesOf(disk).slice(0, -1).map(shown))} first.`,
      ];

const UNSEEN =
  "If filters of this disk were changed in QEMU behind libvirt's back, give it libvirt's own back first (--return): libvirt would leave its image open.";

/** N2 and N4: libvirt reports success, and QEMU keeps the image open with its lock. */
function whyNotDetached(declared: VmDisk, state: VmState, target: string): string | undefined {
  if (state.declared === undefined) return undefined;
  const disk = state.disks.find(one => one.target === target);
  if (disk === undefined) return 'libvirt shows it on the running VM and QEMU does not have it';
  if (disk.job !== null) return `block job ${shown(disk.job)} works on it`;
  const isLibvirts =
    disk.filters.length === declared.filters.length &&
    disk.filters.every(
      ({ node, group }, index) => !node.startsWith('domxml-') && group === declared.filters[index]?.group,
    );
  return isLibvirts
    ? undefined
    : "its filters in QEMU are not those that libvirt put there, and libvirt would leave its image open; give it libvirt's filters back first (--return)";
}

function detachedOn(plane: Plane, disk: VmDisk, target: string, state: VmState): Side {
  const uuid = state.target.uuid ?? '';
  const before: PluggedDisk = { image: disk.sources[0] ?? null, filters: disk.filters, nodes: [] };
  const plug: PlugChange = { title: target, alias: target, before, after: null };
  const step: VirshStep = {
    ...stepOn(plane, plug),
    kind: 'detach-disk',
    summary: `Detach ${shown(target)} (${shown(before.image ?? 'no image')})${placeOf(plane)}`,
    commands: [detachDisk(uuid, target, plane)],
    // A disk that a guest let go of is not given back unasked; the definition can be as it was.
    inverse: plane === 'config' && disk.xml !== undefined ? [attachDevice(uuid, `${disk.xml}\n`, plane)] : [],
  };
  return { groups: [], plug, steps: [step] };
}
