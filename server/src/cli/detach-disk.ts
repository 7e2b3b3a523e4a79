import { UsageError, type Arguments } from './arguments';
import type { Command } from './command';
import { ACCEPT_OPTIONS, PLANE_OPTIONS, VM_DETAILS, VM_OPTION, WAIT_OPTION } from './vm/options';
import { allowedOf, wishPlanner } from './vm/planner';
import { writeToVm } from './vm/write';

/** `domxml detach-disk`: takes a disk from a VM, waits until the guest has let go of it, and closes its image. */
export const detachDiskCommand: Command = {
  syntax: {
    name: 'detach-disk',
    summary: 'Detach a disk from a VM and close its image.',
    operand: { label: 'TARGET', completes: 'nothing', least: 1, most: 1 },
    options: [VM_OPTION, ...PLANE_OPTIONS, WAIT_OPTION, ...ACCEPT_OPTIONS],
    usageExit: 2,
    details: [
      'TARGET is the name as in <target dev> (vdb) or, on a QMP socket, the alias (virtio-disk1): domxml disks shows them.',
      'The guest is asked to let go of the disk, and may refuse or not answer: then the outcome says so, and what is true. When it has let go, filters and image are closed, so that others can open the image.',
      "A disk of a libvirt domain whose filters were changed behind its back is refused: libvirt would report success and leave the image open and locked. domxml apply --return gives it libvirt's filters back first.",
      'Exit code: 0 detached and read back; 1 every other outcome; 2 a mistake in the arguments.',
      ...VM_DETAILS,
    ],
  },
  run: (given, terminal) => {
    requireWait(given);
    const [disk = ''] = given.operands;
    return writeToVm(given, terminal, {
      planner: address => Promise.resolve(wishPlanner(given, address)({ kind: 'detach-disk', disk })),
      allow: allowedOf(given),
      expect: given.value('--expect'),
      stdinTaken: false,
    });
  },
};

function requireWait(given: Arguments): void {
  const wait = given.value('--wait');
  if (wait !== undefined && !/^\d{1,4}$/.test(wait)) {
    throw new UsageError('--wait takes seconds, in digits: --wait 60');
  }
}
