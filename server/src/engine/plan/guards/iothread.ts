import type { QmpCommand } from '../types';
import { disksOfCommand, isOverPlaceholder } from './disks-of-command';
import type { Guard } from './guard';
import type { Model, ModelDisk } from './model';
import { driveOf } from './model';

/**
 * K2 and K5: a filter that is put straight over a node in an iothread ends QEMU (7.2, 10.0, 11.1); on 7.2 a reopen
 * into an iothread does too. With a placeholder it is safe on 10 and 11; on 7 for virtio-blk while the guest is paused,
 * since its nodes are in the main loop then. Everything else was not measured, and is not done (facts/qemu.md 3.4).
 */
export const iothread: Guard = {
  id: 'K2',
  prevents: 'QEMU ends where a filter is put straight over a node that an iothread serves (K2, K5).',
  check(command, model) {
    for (const disk of disksOfCommand(command, model)) {
      const words = refusalFor(command, model, disk);
      if (words !== undefined) return words;
    }
    return undefined;
  },
};

function refusalFor(command: QmpCommand, model: Model, disk: ModelDisk): string | undefined {
  switch (disk.thread.kind) {
    case 'main':
      return undefined;
    case 'mapped':
      return `${disk.path} is served by several iothreads, for which changing the chain was not measured`;
    case 'unreadable':
      return `it could not be read which thread serves ${disk.path}`;
    case 'iothread':
      if (model.major === 7 && disk.device === 'virtio-blk' && !model.running) return undefined;
      if (model.major !== 10 && model.major !== 11) {
        return `${disk.path} is served by an iothread, and QEMU ${String(model.major)} could end over it`;
      }
      return driveOf(command) === undefined && !isOverPlaceholder(command, model)
        ? `a filter straight over a node in an iothread (${disk.path}) would end QEMU`
        : undefined;
  }
}
