import type { Guard } from './guard';
import { chainIn, driveOf } from './model';

/**
 * F1: with two filters or more, a backlog under the lower one freezes monitor and guest while the device is given
 * another node: 7.9 to 29.9 s were measured. So there must be one filter at most, or none that holds anything back.
 */
export const backlogDrive: Guard = {
  id: 'F1',
  prevents:
    'Monitor and guest freeze where the device of a chain of two filters or more is given another node.',
  check(command, model) {
    const drive = driveOf(command);
    const disk = drive === undefined ? undefined : model.disks.get(drive.path);
    if (drive === undefined || disk === undefined) return undefined;
    const { filters } = chainIn(model, disk);
    const holds = filters.some(({ group }) => model.groups.get(group) !== false);
    return filters.length >= 2 && holds
      ? `requests may wait in the ${String(filters.length)} filters of ${drive.path}, and QEMU would freeze until they are through`
      : undefined;
  },
};
