/**
 * One virsh process per connection, fed on its standard input. Never a shell: the program is an argv, and each command
 * is quoted for virsh's own parser. How it behaves was measured with libvirt 11.3 and 12.8 (test/libvirt).
 */

import type { ChildProcess } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import type { Mark } from './answers';
import { lineBetween, Marks, outputBehind, ownWords, Stream } from './answers';
import type { LibvirtError } from './errors';
import {
  DomainGoneError,
  VirshAbortedError,
  VirshAnswerError,
  VirshArgumentError,
  VirshCommandError,
  VirshConnectError,
  VirshEndedError,
  VirshTimeoutError,
} from './errors';
import { plainWords, readContact, readSpawnFailure } from './first-contact';
import { endProgram, startProgram } from './program';
import type { RunOptions, VirshOptions, VirshRunner } from './options';
import { virshArgv } from './options';
import { virshLine } from './quote';

/**
 * Starts virsh, waits for its prompt and makes sure that it gives back what it is told.
 * Throws VirshConnectError (with the remedy), VirshArgumentError (a URI that is not used), VirshAbortedError. After an
 * error nothing is left running.
 */
export async function openVirsh(options: VirshOptions): Promise<Virsh> {
  const argv = virshArgv(options);
  if (options.signal?.aborted === true) throw new VirshAbortedError('Connecting to libvirt', false);
  const virsh = new Virsh(startProgram(argv, 'pipe'), options);
  try {
    await virsh.greet();
    return virsh;
  } catch (error) {
    await virsh.close();
    throw error;
  }
}

/** A command that virsh has not answered. */
interface Pending {
  readonly name: string;
  readonly mark: Mark;
  readonly deadline: number;
  readonly settle: (result: Settled) => void;
}

type Settled =
  | { readonly kind: 'answer'; readonly stdout: string; readonly words: string }
  | { readonly kind: 'error'; readonly error: LibvirtError };

/** Of a connection that may change something, and of a read-only one. */
const PROMPTS = ['virsh # ', 'virsh > '];
/** Characters on standard error that are still the answer of a working virsh. */
const WORDS_LIMIT = 1024 * 1024;
/** Everything that quoting must bring through, said back at the beginning. */
const SAMPLE = `a'b"c\\d;e #f $(g) \u00e9\u65e5\u{1f600}`;

export class Virsh implements VirshRunner {
  private readonly stdout = new Stream();
  private readonly stderr = new Stream();
  private readonly marks = new Marks();
  private pending: Pending[] = [];
  /** Standard error of the first that is pending, once it is complete: the two streams come at different times. */
  private words: string | undefined;
  private count = 0;
  private timer: NodeJS.Timeout | undefined;
  private ended: VirshEndedError | undefined;
  private spawnError: NodeJS.ErrnoException | undefined;
  private prompted: (() => void) | undefined;

  /** For `openVirsh`. */
  constructor(
    private readonly child: ChildProcess,
    private readonly options: VirshOptions,
  ) {
    this.receive(child.stdout, this.stdout);
    this.receive(child.stderr, this.stderr);
    // A pipe that nobody reads any more is told by the end of the process.
    child.stdin?.on('error', () => undefined);
    child.on('error', error => {
      this.spawnError = error;
      this.finish(new VirshEndedError(error.message, false, { cause: error }));
    });
    child.on('close', () => this.finish(this.endWords()));
  }

  /** Whether the process has ended. */
  get closed(): boolean {
    return this.ended !== undefined;
  }

  /** For `openVirsh`: nothing is written before the prompt, since something else might be asking a question. */
  async greet(): Promise<void> {
    const { signal, connectDeadline = 20_000 } = this.options;
    const deadline = AbortSignal.timeout(connectDeadline);
    const stop = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
    try {
      await this.prompt(stop);
      const said = await this.run(['echo', '--', SAMPLE], { signal: stop });
      if (said !== SAMPLE) throw this.contact('changed-words', CHANGED_WORDS);
    } catch (error) {
      if (signal?.aborted === true) throw new VirshAbortedError('Connecting to libvirt', false);
      if (deadline.aborted) {
        throw this.contact(
          'timeout',
          `Libvirt did not answer within ${connectDeadline / 1000} s.${this.soFar()} Check the host and the network, and try again.`,
        );
      }
      throw error instanceof VirshEndedError ? this.contactOfEnd() : error;
    }
  }

  async run(argv: readonly string[], { signal, deadline }: RunOptions = {}): Promise<string> {
    const [name = ''] = argv;
    const line = virshLine(argv);
    if (line.kind === 'unsayable') throw new VirshArgumentError(line.message);
    if (this.ended !== undefined) throw new VirshEndedError(this.ended.message, false);
    if (signal?.aborted === true) throw new VirshAbortedError(name, false);
    const result = await this.exchange(name, line.text, deadline, signal);
    if (result.kind === 'error') throw result.error;
    return outputOf(name, result);
  }

  /** Ends the process and everything below it. Pending commands fail with VirshEndedError. Never throws. */
  async close(): Promise<void> {
    this.finish(new VirshEndedError('The connection to libvirt was closed.', true));
    await endProgram(this.child);
  }

  private async prompt(stop: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const check = (): void => {
        if (this.ended !== undefined) reject(this.ended);
        else if (PROMPTS.some(prompt => this.stdout.rest.endsWith(prompt))) resolve();
        else if (stop.aborted) reject(new VirshAbortedError('Connecting to libvirt', false));
        else return;
        this.prompted = undefined;
      };
      this.prompted = check;
      stop.addEventListener('abort', check, { once: true });
      check();
    });
  }

  private exchange(
    name: string,
    line: string,
    deadline: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Settled> {
    return new Promise(resolve => {
      const mark = this.marks.of(++this.count);
      const abort = (): void => pending.settle({ kind: 'error', error: new VirshAbortedError(name, true) });
      const pending: Pending = {
        name,
        mark,
        deadline: deadline ?? this.options.commandDeadline ?? 30_000,
        settle: result => {
          signal?.removeEventListener('abort', abort);
          resolve(result);
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.pending.push(pending);
      if (this.pending.length === 1) this.watch();
      this.child.stdin?.write(lineBetween(mark, line));
    });
  }

  private receive(source: NodeJS.ReadableStream | null, stream: Stream): void {
    const decoder = new StringDecoder('utf8');
    source?.on('data', (chunk: Buffer) => {
      stream.add(decoder.write(chunk));
      this.prompted?.();
      this.settleAnswered();
      if (
        this.stdout.size > (this.options.answerLimit ?? 64 * 1024 * 1024) ||
        this.stderr.size > WORDS_LIMIT
      ) {
        this.fail(
          new VirshAnswerError('An answer of virsh is longer than can be meant. The connection was ended.'),
        );
      }
    });
  }

  private settleAnswered(): void {
    for (let first = this.pending[0]; first !== undefined; first = this.pending[0]) {
      this.words ??= this.stderr.takeTo(first.mark.end.whole);
      if (this.words === undefined) return;
      const words = ownWords(this.words);
      const output = this.stdout.takeTo(first.mark.done.whole);
      // Of a line that could not be parsed only words come; else the output may still be on its way.
      if (output === undefined && words === '') return;
      this.words = undefined;
      this.pending.shift();
      this.watch();
      first.settle({ kind: 'answer', stdout: outputBehind(first.mark, output), words });
    }
  }

  /** The deadline of the first that is pending counts from here: those before it are no fault of its own. */
  private watch(): void {
    clearTimeout(this.timer);
    const [first] = this.pending;
    if (first === undefined) return;
    this.timer = setTimeout(() => {
      first.settle({ kind: 'error', error: new VirshTimeoutError(first.name, first.deadline) });
      this.fail(new VirshEndedError(`virsh was ended, because it did not answer ${first.name}.`, true));
    }, first.deadline);
  }

  /** Ends the process for a fault in the conversation. */
  private fail(error: VirshEndedError | VirshAnswerError): void {
    this.finish(error instanceof VirshEndedError ? error : new VirshEndedError(error.message, true));
    void endProgram(this.child);
  }

  private finish(reason: VirshEndedError): void {
    if (this.ended !== undefined) return;
    this.ended = reason;
    clearTimeout(this.timer);
    for (const { settle } of this.pending.splice(0)) {
      settle({ kind: 'error', error: new VirshEndedError(reason.message, true) });
    }
    this.prompted?.();
  }

  private endWords(): VirshEndedError {
    const said = plainWords(this.stderr.rest);
    return new VirshEndedError(`virsh has ended.${said === '' ? '' : ` ${said}`}`, true);
  }

  private soFar(): string {
    const said = plainWords(this.stderr.rest);
    return said === '' ? '' : ` ${said}`;
  }

  private contactOfEnd(): VirshConnectError {
    const attempt = { command: this.options.command ?? ['virsh'], uri: this.options.uri };
    const contact =
      this.spawnError === undefined
        ? readContact(this.stderr.rest, attempt)
        : readSpawnFailure(this.spawnError.code, attempt);
    return this.contact(contact.kind, contact.message);
  }

  private contact(kind: VirshConnectError['kind'], message: string): VirshConnectError {
    return new VirshConnectError(kind, message, this.stderr.rest);
  }
}

const CHANGED_WORDS =
  'virsh does not take commands exactly as they are given to it, so nothing is sent through it. If the command for virsh in the settings goes through another program, let that pass standard input unchanged, and give virsh a UTF-8 locale (LC_ALL=C.UTF-8) there.';

function outputOf(name: string, { stdout, words }: Extract<Settled, { kind: 'answer' }>): string {
  if (words === '') return stdout;
  if (/failed to get domain '|Domain not found|no domain with matching/.test(words)) {
    throw new DomainGoneError(
      'The domain does not exist any more: it was undefined, or it was transient and has ended. List the domains anew.',
    );
  }
  throw new VirshCommandError(name, words);
}
