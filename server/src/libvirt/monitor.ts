/**
 * QEMU's monitor behind libvirt: commands go as JSON through `virsh qemu-monitor-command`, one virsh process for all.
 * Every command taints the domain, a query too, so one is made only where the user allowed that.
 */

import type { ExecuteOptions, JsonObject, JsonValue, Monitor, QemuVersion } from '../qmp';
import {
  formatJson,
  isJsonObject,
  jsonMember,
  parseJson,
  QmpAbortedError,
  QmpCommandError,
  QmpDisconnectedError,
  QmpProtocolError,
  QmpTimeoutError,
} from '../qmp';
import {
  VirshAbortedError,
  VirshArgumentError,
  VirshCommandError,
  VirshEndedError,
  VirshTimeoutError,
  DomainGoneError,
} from './errors';
import { option } from './quote';
import type { VirshRunner } from './options';

/**
 * A monitor of a running domain over a connection that may change it. Asks for QEMU's version: the first command that
 * taints. Closing the monitor leaves the connection open. Throws what `execute` throws.
 */
export async function monitorOf(
  virsh: VirshRunner,
  uuid: string,
  options: ExecuteOptions = {},
): Promise<Monitor> {
  const monitor = new LibvirtMonitor(virsh, uuid);
  const answer = await monitor.execute('query-version', {}, options);
  const version = isJsonObject(answer) ? jsonMember(answer, 'qemu') : undefined;
  const part = (name: string): number => {
    const value = version !== undefined && isJsonObject(version) ? jsonMember(version, name) : undefined;
    if (typeof value !== 'number') throw new QmpProtocolError('QEMU does not tell its version.', true);
    return value;
  };
  monitor.qemu = { major: part('major'), minor: part('minor'), micro: part('micro') };
  return monitor;
}

class LibvirtMonitor implements Monitor {
  qemu: QemuVersion = { major: 0, minor: 0, micro: 0 };
  private closed = false;

  constructor(
    private readonly virsh: VirshRunner,
    private readonly uuid: string,
  ) {}

  async execute(command: string, args: JsonObject = {}, options: ExecuteOptions = {}): Promise<JsonValue> {
    if (this.closed) throw new QmpDisconnectedError('The monitor was closed.', false);
    const argv = [
      'qemu-monitor-command',
      option('--domain', this.uuid),
      formatJson({ execute: command, arguments: args }),
    ];
    const answer = await this.virsh.run(argv, options).catch((error: unknown) => {
      throw asQmpError(error, command, options.signal);
    });
    return returnOf(answer, command);
  }

  /** Libvirt keeps QEMU's events to itself. */
  onEvent(): () => void {
    return () => undefined;
  }

  /** Each command has a process of its own to fail with. */
  onClose(): () => void {
    return () => undefined;
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

function returnOf(text: string, command: string): JsonValue {
  let answer: JsonValue;
  try {
    answer = parseJson(text.trim());
  } catch (error) {
    throw new QmpProtocolError(`What libvirt gave as QEMU's answer to ${command} is no JSON.`, true, {
      cause: error,
    });
  }
  const error = isJsonObject(answer) ? jsonMember(answer, 'error') : undefined;
  if (error !== undefined && isJsonObject(error)) {
    const said = (key: string): string => {
      const value = jsonMember(error, key);
      return typeof value === 'string' ? value : '';
    };
    throw new QmpCommandError(command, said('class'), said('desc'));
  }
  const value = isJsonObject(answer) ? jsonMember(answer, 'return') : undefined;
  if (value === undefined) throw new QmpProtocolError(`QEMU's answer to ${command} has no result.`, true);
  return value;
}

/**
 * The same errors as on a socket of QEMU's, so that who uses a monitor need not know of libvirt. Libvirt refuses a command
 * before it sends it (the domain is off, the monitor is held by another job), so nothing was executed then.
 */
function asQmpError(error: unknown, command: string, signal: AbortSignal | undefined): unknown {
  if (error instanceof VirshTimeoutError) return new QmpTimeoutError(command, error.deadline);
  if (error instanceof VirshAbortedError || signal?.aborted === true) {
    return new QmpAbortedError(command, error instanceof VirshAbortedError && error.sent);
  }
  if (error instanceof VirshEndedError)
    return new QmpDisconnectedError(error.message, error.sent, { cause: error });
  if (error instanceof VirshArgumentError)
    return new QmpProtocolError(error.message, false, { cause: error });
  if (error instanceof VirshCommandError || error instanceof DomainGoneError) {
    const lost = /End of file|monitor (?:was closed|I\/O error)|guest (?:crashed|unexpectedly quit)/i.test(
      error.message,
    );
    return new QmpDisconnectedError(error.message, lost, { cause: error });
  }
  return error;
}
