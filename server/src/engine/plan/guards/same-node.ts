import type { Guard } from './guard';
import { driveOf } from './model';

/** K1: QEMU aborts where a device is given the node that it has (bdrv_replace_child_noperm; 7.2, 10.0, 11.1). */
export const sameNode: Guard = {
  id: 'K1',
  prevents: 'QEMU aborts where a device is told to use the node that it uses already.',
  check(command, model) {
    const drive = driveOf(command);
    return drive !== undefined && model.disks.get(drive.path)?.root === drive.node
      ? `${drive.path} uses ${drive.node} already, and setting it again would abort QEMU`
      : undefined;
  },
};
