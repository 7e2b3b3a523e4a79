/** One connection to a QMP monitor: greeting, negotiation, commands and events. */

import type { QmpAddress } from './address';
import type { Channel } from './channel';
import { openChannel } from './channel';
import { QmpAbortedError, QmpCommandError, QmpDisconnectedError, QmpProtocolError } from './errors';
import { formatJson } from './format-json';
import { Framing } from './framing';
import { GREETING_BYTES, readGreeting, waitForGreeting } from './greeting';
import { isJsonObject, jsonMember } from './json';
import { excerpt, parseMessage, readError, readEvent } from './message';
import type { ExecuteOptions, JsonObject, JsonValue, Monitor, QemuVersion, QmpEvent } from './monitor';
import type { Outstanding } from './outstanding';
import { OutstandingCommands } from './outstanding';
import type { TranscriptEntry, TranscriptListener } from './transcript';
import { HIDDEN, redactedText } from './transcript';

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

export class QmpClient implements Monitor {
  private version: QemuVersion = { major: 0, minor: 0, micro: 0 };
  private state: 'greeting' | 'open' | 'closed' = 'greeting';
  private greeted: ((message: string) => void) | undefined;
  private readonly framing = new Framing(GREETING_BYTES);
  private readonly outstanding: OutstandingCommands;
  private readonly eventListeners = new Set<(event: QmpEvent) => void>();
  private readonly closeListeners = new Set<(reason: QmpDisconnectedError) => void>();
  private endReason: { message: string; cause?: Error } | undefined;
  private shutdown: string | undefined;

  /** For `connectQmp`. */
  constructor(
    private readonly channel: Channel,
    private readonly options: QmpOptions,
  ) {
    this.outstanding = new OutstandingCommands(options.commandDeadline ?? 30_000, () => this.flush());
  }

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
    if (options.signal?.aborted === true) return Promise.reject(new QmpAbortedError(command, false));
    if (this.state === 'closed') return Promise.reject(this.disconnected(command, false));
    return this.outstanding.add(command, args, options);
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

  private flush(): void {
    if (this.state === 'closed') return;
    const lines: string[] = [];
    for (const text of this.outstanding.takeUnsent()) {
      this.record('sent', text);
      lines.push(`${text}\n`);
    }
    if (lines.length > 0) this.channel.write(lines.join(''));
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
    const known = this.outstanding.withId(jsonMember(message, 'id'));
    if (known?.secretReply === true) this.record('received', formatJson({ return: HIDDEN, id: known.id }));
    else this.record('received', text, message);
    const event = readEvent(message);
    if (event === undefined) this.reply(message, known, text);
    else this.event(event);
  }

  private reply(message: JsonObject, known: Outstanding | undefined, text: string): void {
    const error = jsonMember(message, 'error');
    // QEMU could not read a command: the error carries no id. Replies come in order, so it is for the first.
    const asked =
      known ?? (error !== undefined && !('id' in message) ? this.outstanding.oldest() : undefined);
    if (asked === undefined) {
      throw new QmpProtocolError(`QEMU answered what was not asked: ${excerpt(text)}.`, true);
    }
    const waiter = this.outstanding.answered(asked);
    if (error !== undefined) {
      const { errorClass, desc } = readError(error, text);
      waiter?.reject(new QmpCommandError(asked.command, errorClass, desc));
      return;
    }
    const value = jsonMember(message, 'return');
    if (value !== undefined) {
      waiter?.resolve(value);
      return;
    }
    const broken = new QmpProtocolError(`QEMU answered ${asked.command} with ${excerpt(text)}.`, true);
    waiter?.reject(broken);
    throw broken;
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
    this.outstanding.failAll(
      (command, sent) =>
        new QmpProtocolError(
          `The connection to ${this.address} broke before ${command} was answered. ${words}`,
          sent,
          { cause },
        ),
    );
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
    this.outstanding.failAll((command, sent) => this.disconnected(command, sent));
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
