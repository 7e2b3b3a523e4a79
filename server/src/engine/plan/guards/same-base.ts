import { disksOfCommand } from './disks-of-command';
import type { Guard } from './guard';
import { advance, chainIn, copied } from './model';

/** W2: QEMU takes the node of another disk, of another size too: writes would go to the wrong image. */
export const sameBase: Guard = {
  id: 'W2',
  prevents: 'Writes go to the wrong image where a chain ends in another node than before.',
  check(command, model) {
    if (command.execute === 'blockdev-add') return undefined;
    const disks = disksOfCommand(command, model);
    if (disks.length === 0) return undefined;
    const then = copied(model);
    advance(then, command);
    for (const { path } of disks) {
      const disk = then.disks.get(path);
      if (disk === undefined || disk.root === null) continue;
      const { base } = chainIn(then, disk);
      if (base !== disk.base)
        return `the chain of ${path} would end in ${base ?? 'nothing'} instead of ${disk.base ?? 'nothing'}`;
    }
    return undefined;
  },
};
