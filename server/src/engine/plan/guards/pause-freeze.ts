import type { Guard } from './guard';

/**
 * F3: pausing the guest freezes QEMU 10 and 11 while requests wait in the lower filter of a chain (7.9 s). Only on 7
 * is a pause ever needed (facts/qemu.md 3.4), where it takes a millisecond; so nowhere else is the guest paused.
 */
export const pauseFreeze: Guard = {
  id: 'F3',
  prevents: 'QEMU freezes where the guest is paused while requests wait in a lower filter.',
  check: (command, model) =>
    command.execute === 'stop' && model.major !== 7
      ? `pausing the guest can freeze QEMU ${String(model.major)}, and no change of a chain needs it there`
      : undefined,
};
