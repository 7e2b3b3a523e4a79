/** One domain of libvirt's that somebody is connected to. */

import type { Outcome, VirshCommand, VmState } from '../engine';
import type { VirshOptions } from '../libvirt';
import {
  DomainGoneError,
  findDomain,
  monitorOf,
  openVirsh,
  readLibvirtDomain,
  runOnce,
  VirshEndedError,
  type Virsh,
} from '../libvirt';
import type { LibvirtAddress } from './address';
import { formatVmAddress } from './address';
import type { ApplyRequest } from './apply';
import type { LibvirtPeer } from './libvirt-apply';
import { applyThroughLibvirt } from './libvirt-apply';
import { libvirtState, withQemuState } from './libvirt-state';
import { toldChange, toldMonitor } from './libvirt-transcript';
import { Link, UNPLUG_WAIT } from './link';
import { oneAtATime } from './one-at-a-time';
import { readState } from './read';
import type { VmOptions, VmSession } from './session';

/**
 * Connects to libvirt, finds the domain and reads it: read-only, from its XML, which marks nothing. Where the user allowed
 * taint on this domain, QEMU itself is asked too, and values are QEMU's.
 * Throws LibvirtError (no connection, no such domain, ...), QmpError, VmUnreadableError. After an error nothing stays open.
 */
export async function connectLibvirt(address: LibvirtAddress, options: VmOptions): Promise<VmSession> {
  const peer = new Peer(address, options);
  try {
    const state = await peer.read(options.signal);
    return new LibvirtSession(formatVmAddress(address), peer, state);
  } catch (error) {
    await peer.close();
    throw error;
  }
}

class LibvirtSession implements VmSession {
  private latest: VmState;

  constructor(
    readonly address: string,
    private readonly peer: Peer,
    state: VmState,
  ) {
    this.latest = state;
  }

  get state(): VmState {
    return this.latest;
  }

  async read(signal?: AbortSignal): Promise<VmState> {
    return oneAtATime(
      [this.latest.target.uuid ?? ''],
      async () => (this.latest = await this.peer.read(signal)),
    );
  }

  async apply(request: ApplyRequest): Promise<Outcome> {
    return oneAtATime([this.latest.target.uuid ?? ''], async () => {
      const outcome = await applyThroughLibvirt(this.peer, request, this.address);
      if (outcome.state !== undefined) this.latest = outcome.state;
      return outcome;
    });
  }

  async close(): Promise<void> {
    await this.peer.close();
  }
}

/** Up to two virsh processes: one that can only look, and one that can change, made when it is first needed. */
class Peer implements LibvirtPeer {
  readonly mayTaint: boolean;
  readonly unplugWait: number;
  private looker: Virsh | undefined;
  private changer: Virsh | undefined;
  private uuid: string | undefined;

  constructor(
    private readonly address: LibvirtAddress,
    private readonly options: VmOptions,
  ) {
    this.mayTaint = options.allowTaint === true;
    this.unplugWait = options.unplugWait ?? UNPLUG_WAIT;
  }

  /** A connection that turns out to be dead is made anew once: it may have died long ago. */
  async read(signal?: AbortSignal): Promise<VmState> {
    const wasOpen = (this.looker ?? this.changer) !== undefined;
    try {
      return await this.readNow(signal);
    } catch (error) {
      if (!(error instanceof VirshEndedError) || !wasOpen) throw error;
      await this.close();
      return this.readNow(signal);
    }
  }

  async change(command: VirshCommand): Promise<void> {
    await toldChange(this.options.onTranscript, command, async () => {
      if (command.input !== undefined) await runOnce(this.virshOptions('change'), command);
      else await (await this.virsh('change')).run(command.argv, this.running());
    });
  }

  qemu(): Link {
    return new Link(async signal => {
      const virsh = await this.virsh('change', signal);
      const monitor = await monitorOf(virsh, this.domain(), this.running(signal));
      return toldMonitor(monitor, this.options.onTranscript);
    }, this.deadline());
  }

  async close(): Promise<void> {
    const open = [this.looker, this.changer].filter(virsh => virsh !== undefined);
    this.looker = this.changer = undefined;
    await Promise.all(open.map(virsh => virsh.close()));
  }

  /** QEMU is asked on the connection that can change something: a read-only one may send it nothing. */
  private async readNow(signal: AbortSignal | undefined): Promise<VmState> {
    const virsh = await this.virsh(this.mayTaint ? 'change' : 'look', signal);
    const running = this.running(signal);
    this.uuid ??= (await findDomain(virsh, this.address.domain, running)).uuid;
    const domain = await readLibvirtDomain(virsh, this.uuid, running);
    const state = libvirtState(domain);
    if (!this.mayTaint || domain.live === undefined) return state;
    const monitor = await monitorOf(virsh, this.uuid, running);
    return withQemuState(state, await readState(monitor, running));
  }

  private async virsh(access: 'look' | 'change', signal?: AbortSignal): Promise<Virsh> {
    const known = access === 'look' ? this.looker : this.changer;
    if (known !== undefined && !known.closed) return known;
    const virsh = await openVirsh({ ...this.virshOptions(access), ...(signal && { signal }) });
    if (access === 'look') this.looker = virsh;
    else this.changer = virsh;
    return virsh;
  }

  private virshOptions(access: 'look' | 'change'): VirshOptions {
    const { virshCommand } = this.options;
    return { access, uri: this.address.uri, ...(virshCommand && { command: virshCommand }) };
  }

  private running(signal?: AbortSignal): { readonly signal?: AbortSignal; readonly deadline: number } {
    return { deadline: this.deadline(), ...(signal && { signal }) };
  }

  private deadline(): number {
    return this.options.deadline ?? DEADLINE;
  }

  private domain(): string {
    if (this.uuid === undefined) throw new DomainGoneError('The domain was not read yet.');
    return this.uuid;
  }
}

/** Libvirt itself waits up to 30 s for another job on the same domain. */
const DEADLINE = 35_000;
