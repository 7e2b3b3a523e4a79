/** What went to virsh, and through it to QEMU, while something is changed; and what came of it. */

import type { VirshCommand } from '../engine';
import type { JsonObject, Monitor, TranscriptEntry, TranscriptListener } from '../qmp';
import { redacted } from '../qmp';
import { errorWords } from './errors';

/** Does `work`, which sends `command`, and tells the listener of both ends of it. Throws what `work` throws. */
export async function toldChange(
  listener: TranscriptListener | undefined,
  { argv, input }: VirshCommand,
  work: () => Promise<void>,
): Promise<void> {
  await told(listener, { argv, ...(input !== undefined && { input }) }, async () => {
    await work();
    return {};
  });
}

/** A monitor of QEMU's whose commands are told, as those on a socket of QEMU's are. */
export function toldMonitor(monitor: Monitor, listener: TranscriptListener | undefined): Monitor {
  if (listener === undefined) return monitor;
  return {
    qemu: monitor.qemu,
    execute: (command, args = {}, options) =>
      told(listener, { execute: command, arguments: args }, () => monitor.execute(command, args, options)),
    onEvent: use => monitor.onEvent(use),
    onClose: use => monitor.onClose(use),
    close: () => monitor.close(),
  };
}

async function told<Value extends JsonObject[string]>(
  listener: TranscriptListener | undefined,
  message: JsonObject,
  work: () => Promise<Value>,
): Promise<Value> {
  const tell = (direction: TranscriptEntry['direction'], what: JsonObject): void =>
    listener?.({ direction, text: redacted(what), time: Date.now() });
  tell('sent', message);
  try {
    const value = await work();
    tell('received', { return: value });
    return value;
  } catch (error) {
    tell('received', { error: errorWords(error) });
    throw error;
  }
}
