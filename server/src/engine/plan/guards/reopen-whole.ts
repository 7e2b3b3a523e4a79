import { filtersIn } from './disks-of-command';
import type { Guard } from './guard';
import { advance, chainIn, copied } from './model';

/** F2: a reopen that names the top filter alone, or first, freezes QEMU 10 until the backlog is through (7.9 s). */
export const reopenWhole: Guard = {
  id: 'F2',
  prevents: 'QEMU freezes where filters are reopened without those below them, or before them.',
  check(command, model) {
    if (command.execute !== 'blockdev-reopen') return undefined;
    const listed = filtersIn(command).map(({ node }) => node);
    const named = new Set(listed);
    const then = copied(model);
    advance(then, command);
    for (const disk of model.disks.values()) {
      const chain = chainIn(model, disk).filters.map(({ node }) => node);
      if (!chain.some(node => named.has(node))) continue;
      const missing = chain.find(node => !named.has(node));
      if (missing !== undefined)
        return `the reopen leaves out ${missing}, a filter of the same disk (${disk.path})`;
      const next = chainIn(then, disk).filters.map(({ node }) => node);
      if (!isInOrder(chain, listed) || !isInOrder(next, listed)) {
        return `the reopen does not name the filters of ${disk.path} from the image up`;
      }
    }
    return undefined;
  },
};

const isInOrder = (nodes: readonly string[], listed: readonly string[]): boolean =>
  nodes.every((node, index) => index === 0 || listed.indexOf(nodes[index - 1] ?? '') < listed.indexOf(node));
