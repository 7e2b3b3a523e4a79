/** Commands that were given and that QEMU has not answered: who waits for each of them, and how long. */

import { setMaxListeners } from 'node:events';
import { QmpAbortedError, QmpProtocolError, QmpTimeoutError } from './errors';
import { formatJson } from './format-json';
import type { ExecuteOptions, JsonObject, JsonValue } from './monitor';
import { repliesWithSecret } from './transcript';

/** A command that QEMU has not answered. */
export interface Outstanding {
  readonly id: number;
  readonly command: string;
  /** The reply is a secret as a whole. */
  readonly secretReply: boolean;
}

/** Who waits for a reply. */
export interface Waiter {
  readonly resolve: (value: JsonValue) => void;
  readonly reject: (error: Error) => void;
}

interface Entry extends Outstanding {
  /** Until it is handed out to be sent. */
  text: string | undefined;
  /** Undefined when nobody waits any more (deadline, abort): the reply, should it come, is dropped. */
  waiter: WatchedWaiter | undefined;
}

interface WatchedWaiter extends Waiter {
  /** Ends deadline and abort listener. */
  readonly release: () => void;
}

/** Knows nothing of the connection: that is told here when a reply comes, and when none will come any more. */
export class OutstandingCommands {
  /** In the order in which they were given, which is the order of QEMU's replies. */
  private readonly entries = new Map<number, Entry>();
  private unsent: Entry[] = [];
  private lastId = 0;
  /** When a reply came last, in milliseconds of the monotonic clock. */
  private lastReply = 0;

  /**
   * `commandDeadline`: milliseconds, where a command sets none. `flush` is called at the end of each turn of the event
   * loop in which commands were added, to send what `takeUnsent` gives.
   */
  constructor(
    private readonly commandDeadline: number,
    private readonly flush: () => void,
  ) {}

  /**
   * Takes a command that is to be sent and gives its `return` value. Throws QmpProtocolError where JSON cannot hold it,
   * QmpTimeoutError, QmpAbortedError, and what the waiter is rejected with.
   */
  add(command: string, args: JsonObject, options: ExecuteOptions): Promise<JsonValue> {
    return new Promise((resolve, reject) => {
      const id = ++this.lastId;
      const entry: Entry = {
        id,
        command,
        secretReply: repliesWithSecret(command, args),
        text: textOf(id, command, args),
        waiter: undefined,
      };
      entry.waiter = { resolve, reject, release: this.watch(entry, options) };
      this.entries.set(id, entry);
      this.unsent.push(entry);
      if (this.unsent.length === 1) queueMicrotask(this.flush);
    });
  }

  /** The texts of commands that somebody still waits for, one at a time: each counts as sent from when it is given. */
  *takeUnsent(): Generator<string, void> {
    const entries = this.unsent.filter(entry => entry.waiter !== undefined);
    this.unsent = [];
    for (const entry of entries) {
      const text = entry.text ?? '';
      entry.text = undefined;
      yield text;
    }
  }

  /** The command that was given this id. */
  withId(id: JsonValue | undefined): Outstanding | undefined {
    return typeof id === 'number' ? this.entries.get(id) : undefined;
  }

  /** The first command that was sent and is not answered. */
  oldest(): Outstanding | undefined {
    for (const entry of this.entries.values()) return entry.text === undefined ? entry : undefined;
    return undefined;
  }

  /** The reply to a command has come. Gives who waits for it, if somebody still does. */
  answered({ id }: Outstanding): Waiter | undefined {
    this.lastReply = performance.now();
    const entry = this.entries.get(id);
    this.entries.delete(id);
    return entry && settled(entry);
  }

  /** No reply will come any more: everybody who waits is told why. */
  failAll(errorFor: (command: string, sent: boolean) => Error): void {
    for (const entry of this.entries.values()) {
      settled(entry)?.reject(errorFor(entry.command, entry.text === undefined));
    }
    this.entries.clear();
  }

  /** Starts deadline and abort of a command; the returned function ends them. */
  private watch(entry: Entry, { deadline, signal }: ExecuteOptions): () => void {
    const wait = deadline ?? this.commandDeadline;
    const called = performance.now();
    let timer = setTimeout(() => late(), atMost(wait));
    const late = (): void => {
      const rest = Math.max(called, this.lastReply) + wait - performance.now();
      // Timers may fire a little early, and less than a millisecond is not worth another.
      if (rest > 1) timer = setTimeout(late, atMost(rest));
      else this.giveUp(entry, new QmpTimeoutError(entry.command, wait));
    };
    const aborted = (): void =>
      this.giveUp(entry, new QmpAbortedError(entry.command, entry.text === undefined));
    // A reading sends hundreds of commands under one signal: that is no leak, and Node need not warn of one.
    if (signal !== undefined) setMaxListeners(0, signal);
    signal?.addEventListener('abort', aborted);
    return () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
    };
  }

  private giveUp(entry: Entry, error: Error): void {
    settled(entry)?.reject(error);
    // What was not sent will not be; what was is remembered, so that its reply is known when it comes late.
    if (entry.text !== undefined) this.entries.delete(entry.id);
  }
}

/** Throws QmpProtocolError for what JSON cannot hold. */
function textOf(id: number, command: string, args: JsonObject): string {
  const hasArguments = Object.keys(args).length > 0;
  try {
    return formatJson({ execute: command, ...(hasArguments && { arguments: args }), id });
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new QmpProtocolError(`${command} cannot be sent. ${words}`, false, { cause });
  }
}

/** Ends the waiting for a command: gives who waited, the first time. */
function settled(entry: Entry): Waiter | undefined {
  const { waiter } = entry;
  entry.waiter = undefined;
  waiter?.release();
  return waiter;
}

/** Node's timers count to 2^31 and take more for nothing. */
const atMost = (milliseconds: number): number => Math.min(milliseconds, 2 ** 31 - 1);
