import { disksOfCommand } from './disks-of-command';
import type { Guard } from './guard';

/** A block job works on nodes of the disk, and moves them when it ends: changing the chain meanwhile was not measured. */
export const blockJob: Guard = {
  id: 'block-job',
  prevents: 'The nodes of a disk change under a block job.',
  check(command, model) {
    const busy = disksOfCommand(command, model).find(({ job }) => job !== null);
    // A filter over the base that no device uses yet disturbs nobody, but nothing could come of it either.
    return busy === undefined ? undefined : `block job ${busy.job ?? ''} works on ${busy.path}`;
  },
};
