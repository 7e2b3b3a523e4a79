/** A practice VM at a socket, as QEMU's -qmp serves it: one client at a time, the others wait without a greeting. */

import { rmSync } from 'node:fs';
import { chmod, lstat, mkdtemp, rm, unlink } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QmpAddress } from '../qmp';
import { formatQmpAddress, openChannel, pathTooLong, QmpConnectError } from '../qmp';
import { converse, greeting, type Session } from './converse';
import { powerOn, PracticeStartError } from './power-on';
import { Requests } from './requests';
import type { PracticeDomain, PracticeState } from './state';

export interface PracticeVm {
  /** Where it listens; with the port that was found where 0 was asked for. */
  readonly address: QmpAddress;
  /** Resolves when it has ended: by `stop` or by a client's `quit`. */
  readonly ended: Promise<void>;
  /** What it holds now. */
  state(): PracticeState;
  /** Ends it: connections are closed, the socket is removed. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts a practice VM of a domain. A stale socket of an ended VM at the path is replaced; TCP only on loopback, for
 * QMP has no password. Throws PracticeStartError: the domain would not start, or the address cannot be had.
 */
export async function startPracticeVm(domain: PracticeDomain, listen: QmpAddress): Promise<PracticeVm> {
  const vm = new Host(powerOn(domain));
  await makeRoom(listen);
  const address = await vm.listen(listen);
  return { address, ended: vm.ended, state: () => vm.state, stop: () => vm.stop() };
}

/** As `startPracticeVm`, at a socket in a new folder that only this user may enter; the folder ends with the VM. */
export async function startPrivatePracticeVm(domain: PracticeDomain): Promise<PracticeVm> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-practice-')); // mkdtemp makes mode 0700
  // A process that ends without stopping its VM (a language server whose editor crashed) leaves nothing behind either.
  const removeAtExit = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeAtExit);
  const remove = async (): Promise<void> => {
    process.removeListener('exit', removeAtExit);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const vm = await startPracticeVm(domain, { kind: 'unix', path: join(folder, 'qmp.sock') });
    const ended = vm.ended.then(remove);
    return { ...vm, ended, stop: async () => (await vm.stop(), ended) };
  } catch (error) {
    await remove();
    throw error;
  }
}

class Host {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly waiting: Socket[] = [];
  private current: Socket | undefined;
  readonly ended: Promise<void>;

  constructor(public state: PracticeState) {
    // Paused: what a waiting client sends stays unread until its turn.
    this.server = createServer({ pauseOnConnect: true }, socket => this.arrived(socket));
    this.ended = new Promise(resolve => this.server.once('close', () => resolve()));
  }

  async listen(address: QmpAddress): Promise<QmpAddress> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', cause =>
        reject(
          new PracticeStartError(`Cannot listen at ${formatQmpAddress(address)}: ${cause.message}.`, {
            cause,
          }),
        ),
      );
      if (address.kind === 'unix') this.server.listen(address.path, resolve);
      else this.server.listen(address.port, address.host, resolve);
    });
    if (address.kind === 'unix') {
      await chmod(address.path, 0o600);
      return address;
    }
    const bound = this.server.address();
    return typeof bound === 'object' && bound !== null ? { ...address, port: bound.port } : address;
  }

  async stop(): Promise<void> {
    this.state = { ...this.state, run: 'ended' };
    if (this.server.listening) this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await this.ended;
  }

  private arrived(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined); // a client that breaks off is a client that left
    socket.once('close', () => {
      this.sockets.delete(socket);
      if (socket === this.current) this.next();
    });
    this.waiting.push(socket);
    if (this.current === undefined) this.next();
  }

  private next(): void {
    this.current = this.waiting.shift();
    if (this.current !== undefined && this.state.run !== 'ended') this.serve(this.current);
  }

  private serve(socket: Socket): void {
    const requests = new Requests();
    let session: Session = 'negotiating';
    socket.write(`${greeting()}\r\n`);
    socket.on('data', bytes => {
      for (const text of requests.push(bytes)) {
        if (this.state.run === 'ended') return;
        const turn = converse(this.state, session, text, Date.now());
        ({ session } = turn);
        this.state = turn.state;
        socket.write(turn.messages.map(message => `${message}\r\n`).join(''));
        if (this.state.run === 'ended') socket.end(() => void this.stop());
      }
    });
    socket.resume();
  }
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

/** Removes the socket of a VM that has ended; throws PracticeStartError where something else is in the way. */
async function makeRoom(address: QmpAddress): Promise<void> {
  if (address.kind === 'tcp') {
    if (LOOPBACK.has(address.host)) return;
    throw new PracticeStartError(
      `A practice VM listens on loopback only (127.0.0.1), not at ${address.host}: QMP has no password.`,
    );
  }
  const { path } = address;
  const tooLong = pathTooLong(path);
  if (tooLong !== undefined) throw new PracticeStartError(tooLong);
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket()) {
    throw new PracticeStartError(`${path} exists and is no socket. Name a path that is free.`);
  }
  if (await isStale(address)) await unlink(path);
  else {
    throw new PracticeStartError(
      `Somebody listens at ${path} already, or it may not be looked at. Name another path.`,
    );
  }
}

async function isStale(address: QmpAddress): Promise<boolean> {
  try {
    const listener = await openChannel(address);
    await listener.close();
    return false;
  } catch (error) {
    return error instanceof QmpConnectError && error.kind === 'nobody-listening';
  }
}
