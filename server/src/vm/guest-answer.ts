/** What a guest says to the wish to unplug a device, as QEMU's events tell it. */

import type { Monitor } from '../qmp';
import { jsonMember } from '../qmp';
import { VmUnplugError } from './errors';

export interface GuestAnswer {
  /** Resolves when the device is gone. Rejects with VmUnplugError, and with the reason where the connection ends. */
  readonly promise: Promise<void>;
  /** Stops listening. */
  readonly end: () => void;
}

/** Listens from now on, so that an answer that comes before the reply to device_del is heard. */
export function guestAnswer(monitor: Monitor, device: string, wait: number): GuestAnswer {
  const stops: (() => void)[] = [];
  const promise = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(
          new VmUnplugError(
            `The guest was asked to let go of ${device} and has not within ${String(wait / 1000)} s. It may still do so; until then the disk works on.`,
            false,
          ),
        ),
      wait,
    );
    stops.push(
      () => clearTimeout(timer),
      monitor.onEvent(({ event, data }) => {
        if (jsonMember(data, 'device') !== device) return;
        if (event === 'DEVICE_DELETED') resolve();
        if (event === 'DEVICE_UNPLUG_GUEST_ERROR') {
          reject(new VmUnplugError(`The guest refused to let go of ${device}.`, true));
        }
      }),
      monitor.onClose(reject),
    );
  });
  // Where the command itself is refused, nobody waits for the answer.
  promise.catch(() => undefined);
  return { promise, end: () => stops.forEach(stop => stop()) };
}
