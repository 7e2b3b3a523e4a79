/**
 * The VM sessions that the user's commands opened: one per address, since a QMP socket serves one client, and let go
 * when nobody used it for a while, so that others can have the socket.
 */

import { connectVm, formatVmAddress, isAborted } from '../vm';
import type { VmAddress, VmOptions, VmSession } from '../vm';
import { DETACH_SECONDS } from '../protocol';
import type { TranscriptEntry, TranscriptListener } from '../qmp';

/** Milliseconds that an unused session is kept. */
export const IDLE_MILLIS = 30_000;

export interface SessionOptions {
  /** Read anew for each connection: settings may have changed. */
  readonly options: () => Pick<VmOptions, 'deadline' | 'allowRemoteTcp' | 'virshCommand' | 'connect'>;
  readonly idleMillis?: number;
}

/** Whom to reach, and whether QEMU may be asked behind libvirt's back: that is a session of its own. */
export interface Reach {
  readonly address: VmAddress;
  readonly mayTaint: boolean;
}

/** What a use of a session is given. */
export interface Use {
  readonly session: VmSession;
  /** Aborted when the request is cancelled, and when the server ends. */
  readonly signal: AbortSignal;
  /** Everything said on this connection since the use began, secrets hidden. */
  readonly transcript: readonly TranscriptEntry[];
}

export class VmSessions {
  private readonly byAddress = new Map<string, Opened>();
  private readonly ending = new AbortController();

  constructor(private readonly how: SessionOptions) {}

  /** Runs `work` with the session of the address, which is opened where it is not. Throws what `connectVm` and `work` throw. */
  async use<T>(
    { address, mayTaint }: Reach,
    signal: AbortSignal,
    work: (use: Use) => Promise<T>,
  ): Promise<T> {
    const key = keyOf({ address, mayTaint });
    const both = AbortSignal.any([signal, this.ending.signal]);
    for (;;) {
      const opened = this.opened(key, { address, mayTaint }, both);
      const transcript: TranscriptEntry[] = [];
      const listener: TranscriptListener = entry => transcript.push(entry);
      clearTimeout(opened.idle);
      opened.users++;
      opened.listeners.add(listener);
      try {
        const session = await opened.session.catch((error: unknown) => {
          // Whoever asked first was cancelled while connecting; we were not.
          if (isAborted(error) && !both.aborted) return undefined;
          throw error;
        });
        if (session !== undefined) return await work({ session, signal: both, transcript });
      } finally {
        opened.listeners.delete(listener);
        opened.users--;
        if (opened.users === 0) this.unused(key, opened);
      }
    }
  }

  /** Lets go of one VM: at once, or when the command that is using it is through. */
  async release(address: VmAddress): Promise<void> {
    for (const mayTaint of [false, true]) {
      const key = keyOf({ address, mayTaint });
      const opened = this.byAddress.get(key);
      if (opened !== undefined) await this.let(key, opened);
    }
  }

  async releaseAll(): Promise<void> {
    await Promise.all([...this.byAddress].map(([key, opened]) => this.let(key, opened)));
  }

  /** Cancels what is running (a half-way apply is undone), then lets go of everything. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.releaseAll();
  }

  private opened(key: string, { address, mayTaint }: Reach, signal: AbortSignal): Opened {
    const known = this.byAddress.get(key);
    if (known !== undefined) return known;
    const listeners = new Set<TranscriptListener>();
    const { deadline, ...options } = this.how.options();
    const session = connectVm(address, {
      ...options,
      // Libvirt itself waits for other jobs on a domain, longer than a monitor is waited for.
      ...(address.kind !== 'libvirt' && deadline !== undefined && { deadline }),
      allowTaint: mayTaint,
      unplugWait: DETACH_SECONDS * 1000,
      signal,
      onTranscript: entry => listeners.forEach(listener => listener(entry)),
    });
    const opened: Opened = { session, listeners, users: 0, idle: undefined, closed: newClosed() };
    this.byAddress.set(key, opened);
    // One who could not connect tells so to whoever waited, and is not kept: the next one tries again.
    session.catch(() => {
      if (this.byAddress.get(key) === opened) this.byAddress.delete(key);
    });
    return opened;
  }

  private unused(key: string, opened: Opened): void {
    if (this.byAddress.get(key) !== opened) {
      void close(opened);
      return;
    }
    opened.idle = setTimeout(() => void this.let(key, opened), this.how.idleMillis ?? IDLE_MILLIS);
    opened.idle.unref();
  }

  private async let(key: string, opened: Opened): Promise<void> {
    clearTimeout(opened.idle);
    if (this.byAddress.get(key) === opened) this.byAddress.delete(key);
    if (opened.users === 0) void close(opened);
    await opened.closed.done;
  }
}

const keyOf = ({ address, mayTaint }: Reach): string =>
  `${formatVmAddress(address)}${mayTaint ? ' (taint)' : ''}`;

interface Opened {
  readonly session: Promise<VmSession>;
  readonly listeners: Set<TranscriptListener>;
  users: number;
  idle: NodeJS.Timeout | undefined;
  readonly closed: Closed;
}

interface Closed {
  readonly done: Promise<void>;
  readonly settle: () => void;
}

function newClosed(): Closed {
  let settle: () => void = () => undefined;
  const done = new Promise<void>(resolve => {
    settle = resolve;
  });
  return { done, settle: () => settle() };
}

/** Never throws: a session that could not be opened has nothing to close. */
async function close(opened: Opened): Promise<void> {
  try {
    await (await opened.session).close();
  } catch {
    // It was never open.
  } finally {
    opened.closed.settle();
  }
}
