import { disksOfCommand } from './disks-of-command';
import type { Guard } from './guard';
import { advance, chainIn, copied } from './model';

/** K3: changing the group in a chain where a group occurs twice aborts QEMU 10 and 11 under I/O, and halves its limit. */
export const groupOnce: Guard = {
  id: 'K3',
  prevents: 'QEMU aborts where the groups of a chain that holds one of them twice are changed.',
  check(command, model) {
    if (command.execute !== 'blockdev-reopen') return undefined;
    const then = copied(model);
    advance(then, command);
    for (const disk of disksOfCommand(command, model)) {
      for (const [when, seen] of [
        ['has', model],
        ['would have', then],
      ] as const) {
        const groups = chainIn(seen, disk).filters.map(({ group }) => group);
        const twice = groups.find((group, index) => groups.indexOf(group) !== index);
        if (twice !== undefined) return `the chain of ${disk.path} ${when} group ${twice} twice`;
      }
    }
    return undefined;
  },
};
