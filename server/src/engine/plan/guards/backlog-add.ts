import { filtersIn } from './disks-of-command';
import type { Guard } from './guard';
import { chainIn } from './model';

/** F4: a filter added over a filter that requests wait in freezes QEMU 7 (1.3 to 7.9 s): new ones go over the base. */
export const backlogAdd: Guard = {
  id: 'F4',
  prevents: 'QEMU freezes where a filter is added over one in which requests wait.',
  check(command, model) {
    if (command.execute !== 'blockdev-add') return undefined;
    const files = new Set(filtersIn(command).map(({ file }) => file));
    if (files.size === 0) return undefined;
    for (const disk of model.disks.values()) {
      if (disk.root === disk.base) continue;
      const below = chainIn(model, disk).filters.find(({ node }) => files.has(node));
      if (below !== undefined)
        return `requests may wait in ${below.node}, over which the filter would be added`;
    }
    return undefined;
  },
};
