import { isQueueCount } from '../plug/disk-to-attach';
import type { QmpCommand } from '../types';
import type { Guard } from './guard';
import { chainIn, pathsOf, textOf, type Model } from './model';

/**
 * A device comes with nodes that were opened for it, and goes only where nothing works on it. QEMU would refuse most of
 * the rest, but not a node that another disk shares (two writers), nor filters in an iothread before 10, which end it
 * later (7.2 aborts in `stop`: measured). A SCSI disk goes at once, and QEMU waits for its requests (F1: 8.5 s measured).
 */
export const plug: Guard = {
  id: 'plug',
  prevents:
    'A device is plugged in over a node that is not its own, or unplugged under a block job or a backlog.',
  check(command, model) {
    switch (command.execute) {
      case 'device_add':
        return againstPlugging(command, model);
      case 'device_del':
        return againstUnplugging(textOf(command.arguments?.['id']), model);
      default:
        return undefined;
    }
  },
};

const DRIVERS: ReadonlySet<string> = new Set(['virtio-blk-pci', 'scsi-hd']);

function againstPlugging({ arguments: given = {} }: QmpCommand, model: Model): string | undefined {
  const [driver, id, drive] = [given['driver'], given['id'], given['drive']].map(textOf);
  if (driver === undefined || !DRIVERS.has(driver)) return 'a plan plugs in no other device than a disk';
  if (id === undefined || id === '' || pathsOf(id).some(path => model.disks.has(path))) {
    return `there is a disk ${id ?? ''} already`;
  }
  const node = model.nodes.get(drive ?? '');
  if (node === undefined) return `there is no node ${drive ?? ''} that was opened for it`;
  const isUsed = [...model.disks.values()].some(
    disk =>
      disk.root === drive ||
      disk.base === drive ||
      chainIn(model, disk).filters.some(filter => filter.node === drive),
  );
  if (isUsed) return `node ${drive ?? ''} is used by another disk`;
  const queues = given['num-queues'];
  if (queues !== undefined && !isQueueCount(Number(queues))) return 'so many queues would end QEMU';
  return node.driver === 'throttle' && given['iothread'] !== undefined && model.major < 10
    ? `filters in an iothread can abort QEMU ${String(model.major)}`
    : undefined;
}

function againstUnplugging(id: string, model: Model): string | undefined {
  const disk = pathsOf(id)
    .map(path => model.disks.get(path))
    .find(one => one !== undefined);
  if (disk === undefined) return `${id} is no disk of the VM`;
  if (disk.job !== null) return `block job ${disk.job} works on ${disk.path}`;
  const { filters } = chainIn(model, disk);
  const holds = filters.some(({ group }) => model.groups.get(group) !== false);
  return disk.device !== 'virtio-blk' && filters.length >= 2 && holds
    ? `requests may wait in the ${String(filters.length)} filters of ${disk.path}, and QEMU would freeze until they are through`
    : undefined;
}
