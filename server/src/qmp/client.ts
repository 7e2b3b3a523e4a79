/** One connection to a QMP monitor: greeting, negotiation, commands and events. */

import { setMaxListeners } from 'node:events';
import type { QmpAddress } from './address';
import type { Channel } from './channel';
import { openChannel } from './channel';
import {
  QmpAbortedError,
  QmpCommandError,
  QmpDisconnectedError,
  QmpProtocolError,
  QmpTimeoutError,
} from './errors';
import { Framing } from './framing';
import { GREETING_BYTES, readGreeting, waitForGreeting } from './greeting';
import { formatJson, isJsonObject, jsonMember } from './json';
import { excerpt, parseMessage, readError, readEvent } from './message';
import type { ExecuteOptions, JsonObject, JsonValue, Monitor, QemuVersion, QmpEvent } from './monitor';
import type { TranscriptEntry, TranscriptListener } from './transcript';
import { HIDDEN, redactedText, repliesWithSecret } from './transcript';

export interface QmpOptions {
  /** Gives up connecting when aborted; the connection made lives on. */
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for the connection; 5000 where absent. */
  readonly connectDeadline?: number;
  /** Milliseconds to wait for the greeting, which a free QEMU sends at once; 3000 where absent. */
  readonly greetingDeadline?: number;
  /** Milliseconds to wait for a reply where a command sets none; 30000 where absent. */
  readonly commandDeadline?: number;
  /** Bytes that one message may have; 64 MiB where absent (the schema of QEMU has 240 kB). */
  readonly messageLimit?: number;
  /** Sees every message in both directions, with secrets hidden. */
  readonly onTranscript?: TranscriptListener;
  /** Hears what a listener of the caller's threw; without it, that is dropped. */
  readonly onListenerError?: (error: unknown) => void;
}

/**
 * Connects to a monitor and negotiates. Nothing is sent before the greeting: a busy socket would keep it and execute
 * it when the other client leaves.
 * Throws QmpConnectError, QmpBusyError (no greeting), QmpGreetingError (not QMP), QmpVersionError (before 6.0),
 * QmpAbortedError, and what `execute` throws if the negotiation is refused. After an error nothing stays open.
 */
export async function connectQmp(target: QmpAddress | Channel, options: QmpOptions = {}): Promise<QmpClient> {
  const { signal, connectDeadline } = options;
  const channel =
    'kind' in target
      ? await openChannel(target, {
          ...(signal && { signal }),
          ...(connectDeadline !== undefined && { deadline: connectDeadline }),
        })
      : target;
  const client = new QmpClient(channel, options);
  try {
    await client.negotiate(signal);
    return client;
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** A command that QEMU has not answered. */
interface Outstanding {
  readonly id: number;
  readonly command: string;
  /** Until it is handed to the channel. */
  text: string | undefined;
  readonly secretReply: boolean;
  /** Undefined when nobody waits any more (deadline, abort): the reply, should it come, is dropped. */
  waiter: Waiter | undefined;
}

interface Waiter {
  readonly resolve: (value: JsonValue) => void;
  readonly reject: (error: Error) => void;
  /** Ends deadline and abort listener. */
  readonly release: () => void;
}

export class QmpClient implements Monitor {
  private version: QemuVersion = { major: 0, minor: 0, micro: 0 };
  private state: 'greeting' | 'open' | 'closed' = 'greeting';
  private greeted: ((message: string) => void) | undefined;
  private readonly framing = new Framing(GREETING_BYTES);
  /** In the order in which they were given, which is the order of QEMU's replies. */
  private readonly outstanding = new Map<number, Outstanding>();
  private unsent: Outstanding[] = [];
  private lastId = 0;
  /** When a reply came last, in milliseconds of the monotonic clock. */
  private lastReply = 0;
  private readonly eventListeners = new Set<(event: QmpEvent) => void>();
  private readonly closeListeners = new Set<(reason: QmpDisconnectedError) => void>();
  private endReason: { message: string; cause?: Error } | undefined;
  private shutdown: string | undefined;

  /** For `connectQmp`. */
  constructor(
    private readonly channel: Channel,
    private readonly options: QmpOptions,
  ) {}

  /** QEMU's version, from the greeting. */
  get qemu(): QemuVersion {
    return this.version;
  }

  /** The address in words. */
  get address(): string {
    return this.channel.name;
  }

  /** Whether the connection has ended. */
  get closed(): boolean {
    return this.state === 'closed';
  }

  /** For `connectQmp`: waits for the greeting and leaves the negotiation mode. */
  async negotiate(signal: AbortSignal | undefined): Promise<void> {
    const greeting = await waitForGreeting({
      address: this.address,
      deadline: this.options.greetingDeadline ?? 3000,
      signal,
      start: (greeted, ended) => {
        this.greeted = greeted;
        this.closeListeners.add(ended);
        this.channel.start({ data: chunk => this.data(chunk), ended: error => this.ended(error) });
      },
      soFar: () => this.framing.rest(),
    });
    this.closeListeners.clear();
    this.version = readGreeting(greeting, this.address);
    await this.execute('qmp_capabilities', {}, signal && { signal });
  }

  /**
   * Sends one command and gives its `return` value. Many may be under way at once: they are sent in the order of the
   * calls, those of one turn of the event loop in one packet, and QEMU executes them in that order.
   * The deadline counts from the call or from the last reply to any command, whichever is later: a command is not
   * late because of those before it.
   * Throws QmpCommandError, QmpTimeoutError, QmpDisconnectedError, QmpProtocolError, QmpAbortedError. A refusal
   * (QmpCommandError) means that nothing happened; after the others, unless `sent` is false, it may have.
   */
  execute(command: string, args: JsonObject = {}, options: ExecuteOptions = {}): Promise<JsonValue> {
    return new Promise((resolve, reject) => {
      if (options.signal?.aborted === true) {
        reject(new QmpAbortedError(command, false));
        return;
      }
      if (this.state === 'closed') {
        reject(this.disconnected(command, false));
        return;
      }
      const id = ++this.lastId;
      const hasArguments = Object.keys(args).length > 0;
      const entry: Outstanding = {
        id,
        command,
        text: undefined,
        secretReply: repliesWithSecret(command, args),
        waiter: undefined,
      };
      try {
        entry.text = formatJson({ execute: command, ...(hasArguments && { arguments: args }), id });
      } catch (cause) {
        const words = cause instanceof Error ? cause.message : String(cause);
        reject(new QmpProtocolError(`${command} cannot be sent. ${words}`, false, { cause }));
        return;
      }
      entry.waiter = { resolve, reject, release: this.watch(entry, options) };
      this.outstanding.set(id, entry);
      this.unsent.push(entry);
      if (this.unsent.length === 1) queueMicrotask(() => this.flush());
    });
  }

  /**
   * Calls the listener for each event, in order, until the returned function is called. Events of the same packet as
   * a reply reach listeners before the code that awaits the reply goes on: listen before the command is sent.
   * A listener that throws disturbs nobody.
   */
  onEvent(listener: (event: QmpEvent) => void): () => void {
    const own = (event: QmpEvent): void => listener(event);
    this.eventListeners.add(own);
    return () => void this.eventListeners.delete(own);
  }

  /** Calls the listener once when the connection ends, at once if it has, until the returned function is called. */
  onClose(listener: (reason: QmpDisconnectedError) => void): () => void {
    const own = (reason: QmpDisconnectedError): void => listener(reason);
    if (this.state === 'closed') this.guarded(() => own(this.disconnected(undefined, true)));
    else this.closeListeners.add(own);
    return () => void this.closeListeners.delete(own);
  }

  /** Closes the connection; everything pending fails with QmpDisconnectedError. Never throws. */
  async close(): Promise<void> {
    this.finish({ message: `The connection to ${this.address} was closed.` });
    await this.channel.close();
  }

  /** Starts deadline and abort of a command; the returned function ends them. */
  private watch(entry: Outstanding, { deadline, signal }: ExecuteOptions): () => void {
    const wait = deadline ?? this.options.commandDeadline ?? 30_000;
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

  private giveUp(entry: Outstanding, error: Error): void {
    this.settle(entry)?.reject(error);
    // What was not sent will not be; what was is remembered, so that its reply is known when it comes late.
    if (entry.text !== undefined) this.outstanding.delete(entry.id);
  }

  private settle(entry: Outstanding): Waiter | undefined {
    const { waiter } = entry;
    entry.waiter = undefined;
    waiter?.release();
    return waiter;
  }

  private flush(): void {
    const entries = this.unsent.filter(entry => entry.waiter !== undefined);
    this.unsent = [];
    if (this.state === 'closed') return;
    const texts = entries.map(entry => {
      const text = entry.text ?? '';
      entry.text = undefined;
      this.record('sent', text);
      return `${text}\n`;
    });
    if (texts.length > 0) this.channel.write(texts.join(''));
  }

  private data(chunk: Uint8Array): void {
    if (this.state === 'closed') return;
    try {
      for (const text of this.framing.push(chunk)) {
        if (this.state === 'greeting') this.greet(text);
        else this.message(text);
        if (this.closed) return;
      }
    } catch (error) {
      this.broken(error);
    }
  }

  private greet(text: string): void {
    this.record('received', text);
    this.state = 'open';
    this.framing.allow(this.options.messageLimit ?? 64 * 1024 * 1024);
    this.greeted?.(text);
  }

  private message(text: string): void {
    const message = parseMessage(text);
    if (!isJsonObject(message)) throw new QmpProtocolError(`QEMU sent ${excerpt(text)}.`, true);
    const id = jsonMember(message, 'id');
    const entry = typeof id === 'number' ? this.outstanding.get(id) : undefined;
    if (entry?.secretReply === true) this.record('received', formatJson({ return: HIDDEN, id: entry.id }));
    else this.record('received', text, message);
    const event = readEvent(message);
    if (event === undefined) this.reply(message, entry, text);
    else this.event(event);
  }

  private reply(message: JsonObject, known: Outstanding | undefined, text: string): void {
    this.lastReply = performance.now();
    const error = jsonMember(message, 'error');
    // QEMU could not read a command: the error carries no id. Replies come in order, so it is for the first.
    const entry = known ?? (error !== undefined && !('id' in message) ? this.oldest() : undefined);
    if (entry === undefined) {
      throw new QmpProtocolError(`QEMU answered what was not asked: ${excerpt(text)}.`, true);
    }
    this.outstanding.delete(entry.id);
    const waiter = this.settle(entry);
    if (error !== undefined) {
      const { errorClass, desc } = readError(error, text);
      waiter?.reject(new QmpCommandError(entry.command, errorClass, desc));
      return;
    }
    const value = jsonMember(message, 'return');
    if (value !== undefined) {
      waiter?.resolve(value);
      return;
    }
    const broken = new QmpProtocolError(`QEMU answered ${entry.command} with ${excerpt(text)}.`, true);
    waiter?.reject(broken);
    throw broken;
  }

  /** The first command that was sent and is not answered. */
  private oldest(): Outstanding | undefined {
    for (const entry of this.outstanding.values()) return entry.text === undefined ? entry : undefined;
    return undefined;
  }

  private event(event: QmpEvent): void {
    const reason = jsonMember(event.data, 'reason');
    if (event.event === 'SHUTDOWN') this.shutdown = typeof reason === 'string' ? reason : 'no reason given';
    for (const listener of [...this.eventListeners]) this.guarded(() => listener(event));
  }

  private ended(cause: Error | undefined): void {
    const why =
      this.shutdown === undefined
        ? 'QEMU has ended, or it closed the connection'
        : `QEMU has ended (${this.shutdown})`;
    this.finish({ message: `The connection to ${this.address} is gone: ${why}.`, ...(cause && { cause }) });
  }

  /** The stream cannot be trusted any more: nobody knows which reply belongs to which command. */
  private broken(cause: unknown): void {
    const words = cause instanceof Error ? cause.message : String(cause);
    for (const entry of this.outstanding.values()) {
      const sent = entry.text === undefined;
      this.settle(entry)?.reject(
        new QmpProtocolError(
          `The connection to ${this.address} broke before ${entry.command} was answered. ${words}`,
          sent,
          { cause },
        ),
      );
    }
    this.finish({
      message: `The connection to ${this.address} was given up. ${words}`,
      ...(cause instanceof Error && { cause }),
    });
    void this.channel.close();
  }

  private finish(reason: { message: string; cause?: Error }): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.endReason = reason;
    for (const entry of this.outstanding.values()) {
      this.settle(entry)?.reject(this.disconnected(entry.command, entry.text === undefined));
    }
    this.outstanding.clear();
    const error = this.disconnected(undefined, true);
    for (const listener of [...this.closeListeners]) this.guarded(() => listener(error));
    this.closeListeners.clear();
    this.eventListeners.clear();
  }

  private disconnected(command: string | undefined, sent: boolean): QmpDisconnectedError {
    const { message, cause } = this.endReason ?? { message: 'Not connected.' };
    const words = sent ? 'was not answered; QEMU may have executed it' : 'was not sent';
    return new QmpDisconnectedError(
      command === undefined ? message : `${message} ${command} ${words}.`,
      sent,
      cause && { cause },
    );
  }

  private record(direction: TranscriptEntry['direction'], text: string, message?: JsonValue): void {
    const { onTranscript } = this.options;
    if (onTranscript === undefined) return;
    this.guarded(() => onTranscript({ direction, text: redactedText(text, message), time: Date.now() }));
  }

  private guarded(call: () => void): void {
    try {
      call();
    } catch (error) {
      try {
        this.options.onListenerError?.(error);
      } catch {
        // Who hears of faults has one himself: there is nobody left to tell.
      }
    }
  }
}

/** Node's timers count to 2^31 and take more for nothing. */
const atMost = (milliseconds: number): number => Math.min(milliseconds, 2 ** 31 - 1);
