import type { Guard } from './guard';
import { driveOf } from './model';

/** K4: QEMU ends where an empty drive (a CD-ROM without a medium) is given a node (7.2, 10.0). */
export const medium: Guard = {
  id: 'K4',
  prevents: 'QEMU ends where a drive without a medium is given a node.',
  check(command, model) {
    const drive = driveOf(command);
    if (drive === undefined) return undefined;
    const disk = model.disks.get(drive.path);
    return disk?.root === null ? `${drive.path} has no medium, or nodes that are not understood` : undefined;
  },
};
