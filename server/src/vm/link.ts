/** A connection to one VM that can be made anew: reading, sending one command, connecting again. */

import type { QmpCommand, VmState } from '../engine';
import type { ExecuteOptions, JsonValue, Monitor } from '../qmp';
import { QmpDisconnectedError } from '../qmp';
import { mayAnswerLater } from './errors';
import { guestAnswer } from './guest-answer';
import { readState } from './read';
import { DeviceFacts, isDeviceGone } from './read-devices';

/** Makes a connection that has been greeted and negotiated. Throws what `connectQmp` throws. */
export type Connect = (signal?: AbortSignal) => Promise<Monitor>;

/**
 * Milliseconds that a guest has to let go of a disk. A guest that is at work answers within one or two seconds; virsh
 * itself waits five. Before its system runs, a guest never answers (measured with virtio-blk).
 */
export const UNPLUG_WAIT = 20_000;

/** How often a lost VM is looked for again. A restarted reading costs nothing; more tries only make people wait. */
const TRIES = 3;

export class Link {
  private monitor: Monitor | undefined;
  /** Of the connection that is open. */
  private devices = new DeviceFacts();

  constructor(
    private readonly connect: Connect,
    /** Milliseconds to wait for each reply. */
    private readonly deadline: number,
    private readonly options: { readonly plugs?: boolean; readonly unplugWait?: number } = {},
  ) {}

  /** Connects where not connected. Throws what `connectQmp` throws. */
  async open(signal?: AbortSignal): Promise<Monitor> {
    if (this.monitor === undefined) {
      const monitor = await this.connect(signal);
      const devices = new DeviceFacts();
      monitor.onEvent(({ event }) => {
        if (isDeviceGone(event)) devices.forget();
      });
      this.monitor = monitor;
      this.devices = devices;
    }
    return this.monitor;
  }

  /** Sends one command of a step, once. Never aborted on the way: the reply tells whether it was done. */
  async send(command: QmpCommand): Promise<JsonValue> {
    const monitor = await this.open();
    return monitor.execute(command.execute, command.arguments ?? {}, { deadline: this.deadline });
  }

  /**
   * Sends a device_del, and waits until the guest has let go of the device. Throws what `send` throws, and
   * VmUnplugError where the guest refuses or does not answer.
   */
  async unplug(command: QmpCommand, device: string): Promise<void> {
    const monitor = await this.open();
    const wait = this.options.unplugWait ?? UNPLUG_WAIT;
    const answered = guestAnswer(monitor, device, wait);
    try {
      await monitor.execute(command.execute, command.arguments ?? {}, { deadline: this.deadline });
      await answered.promise;
    } finally {
      answered.end();
    }
  }

  /**
   * The state of the VM. A connection that turns out to be dead is made anew once: it may have died long ago.
   * Throws what `connectQmp` and `readState` throw.
   */
  async read(signal?: AbortSignal): Promise<VmState> {
    const options: ExecuteOptions = { deadline: this.deadline, ...(signal && { signal }) };
    const wasOpen = this.monitor !== undefined;
    try {
      return await this.readNow(options, signal);
    } catch (error) {
      if (!(error instanceof QmpDisconnectedError) || !wasOpen) throw error;
      await this.drop();
      return this.readNow(options, signal);
    }
  }

  /**
   * Reads over a connection that holds nothing of before, trying again where somebody may still answer. QEMU takes a
   * new client only when it is through with what the one before had sent, so nothing that was lost can come later.
   */
  async readAnew(): Promise<VmState> {
    for (let tries = 1; ; tries++) {
      await this.drop();
      try {
        return await this.readNow({ deadline: this.deadline });
      } catch (error) {
        if (tries >= TRIES || !mayAnswerLater(error)) throw error;
      }
    }
  }

  private async readNow(options: ExecuteOptions, signal?: AbortSignal): Promise<VmState> {
    const monitor = await this.open(signal);
    return readState(monitor, { ...options, plugs: this.options.plugs === true }, this.devices);
  }

  /** Ends the connection; the next use makes a new one. Never throws. */
  async drop(): Promise<void> {
    const { monitor } = this;
    this.monitor = undefined;
    await monitor?.close();
  }
}
