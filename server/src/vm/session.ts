/** One VM that somebody is connected to: what it is, its state, and changing it safely. */

import type { Outcome, VmState } from '../engine';
import type { QmpAddress, TranscriptListener } from '../qmp';
import { connectQmp } from '../qmp';
import type { VmAddress } from './address';
import { formatVmAddress, isLoopback } from './address';
import type { ApplyRequest } from './apply';
import { applyPlan } from './apply';
import { VmAddressError } from './errors';
import { connectLibvirt } from './libvirt-session';
import type { Connect } from './link';
import { Link } from './link';
import { oneAtATime } from './one-at-a-time';

export interface VmOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for a connection, a greeting and each reply; 5000 where absent. */
  readonly deadline?: number;
  /** QMP over TCP to another host. */
  readonly allowRemoteTcp?: boolean;
  /** For libvirt: the argv prefix that starts virsh; `["virsh"]` where absent. */
  readonly virshCommand?: readonly string[];
  /** For libvirt: QEMU itself may be asked and changed, which taints the domain. */
  readonly allowTaint?: boolean;
  /** Sees all messages, secrets hidden. */
  readonly onTranscript?: TranscriptListener;
  /** Milliseconds that a guest has to let go of a disk; 20 000 where absent. */
  readonly unplugWait?: number;
  /** Another way to connect: for tests. */
  readonly connect?: Connect;
}

export interface VmSession {
  /** In its one spelling: `unix:/run/db01.sock`. */
  readonly address: string;
  /** As read last; the first reading is made while connecting. */
  readonly state: VmState;
  /** Reads the state anew. Throws QmpError, VmUnreadableError. */
  read(signal?: AbortSignal): Promise<VmState>;
  /**
   * Applies what the plan function makes of a fresh reading, if it is the plan that was shown. Never throws; the
   * outcome says what is true now. On one VM one at a time: others wait.
   */
  apply(request: ApplyRequest): Promise<Outcome>;
  /** Ends the connection, so that others can use the socket. Never throws. */
  close(): Promise<void>;
}

/**
 * Connects and reads who is there. Throws VmAddressError (not to be opened), QmpError (no connection, busy, not QMP, too
 * old, ...), LibvirtError (no virsh, no connection, no such domain, ...), VmUnreadableError. After an error nothing stays
 * open.
 */
export async function connectVm(address: VmAddress, options: VmOptions = {}): Promise<VmSession> {
  if (address.kind === 'libvirt') return connectLibvirt(address, options);
  const deadline = options.deadline ?? DEADLINE;
  const link = new Link(options.connect ?? connector(address, options), deadline, {
    plugs: true,
    ...(options.unplugWait !== undefined && { unplugWait: options.unplugWait }),
  });
  try {
    const state = await link.read(options.signal);
    return new Session(formatVmAddress(address), link, state);
  } catch (error) {
    await link.drop();
    throw error;
  }
}

const DEADLINE = 5000;

class Session implements VmSession {
  private latest: VmState;

  constructor(
    readonly address: string,
    private readonly link: Link,
    state: VmState,
  ) {
    this.latest = state;
  }

  get state(): VmState {
    return this.latest;
  }

  /** What tells this VM from others: a VM may have two sockets, and two VMs one address, one after the other. */
  private get keys(): readonly string[] {
    const { process, target } = this.latest;
    const identity = JSON.stringify([target.name, target.uuid, process]);
    return process === null ? [this.address] : [this.address, identity];
  }

  async read(signal?: AbortSignal): Promise<VmState> {
    return oneAtATime(this.keys, async () => (this.latest = await this.link.read(signal)));
  }

  async apply(request: ApplyRequest): Promise<Outcome> {
    return oneAtATime(this.keys, async () => {
      const outcome = await applyPlan(this.link, request, this.address);
      if (outcome.state !== undefined) this.latest = outcome.state;
      return outcome;
    });
  }

  async close(): Promise<void> {
    await this.link.drop();
  }
}

function connector(address: QmpAddress, options: VmOptions): Connect {
  if (address.kind === 'tcp' && options.allowRemoteTcp !== true && !isLoopback(address.host)) {
    throw new VmAddressError(
      `${formatVmAddress(address)} is on another host. QMP has no password and no encryption: whoever reads along can take over the VM. Forward the socket through ssh instead (ssh -L /tmp/vm.sock:/run/vm.sock ${address.host}), or allow remote TCP in the user settings.`,
    );
  }
  const deadline = options.deadline ?? DEADLINE;
  return signal =>
    connectQmp(address, {
      connectDeadline: deadline,
      greetingDeadline: deadline,
      commandDeadline: deadline,
      ...(signal && { signal }),
      ...(options.onTranscript && { onTranscript: options.onTranscript }),
    });
}
