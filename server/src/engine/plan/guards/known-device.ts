import type { Guard } from './guard';
import { driveOf } from './model';

/** W1: on a path that is not the one of query-block (usb-storage), success is reported and nothing has changed. */
export const knownDevice: Guard = {
  id: 'W1',
  prevents:
    'QEMU reports success and changes nothing where a device is addressed by another path than its own.',
  check(command, model) {
    const drive = driveOf(command);
    return drive === undefined || model.disks.has(drive.path)
      ? undefined
      : `${drive.path} is not the path of a disk that the VM named`;
  },
};
