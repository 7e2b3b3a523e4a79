/** A two-way stream of bytes to a monitor: a socket here; whatever else can carry QMP implements the same. */

import { realpath, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { QmpAddress } from './address';
import { formatQmpAddress } from './address';
import type { ConnectKind } from './errors';
import { QmpAbortedError, QmpConnectError } from './errors';

export interface Channel {
  /** The address in words. */
  readonly name: string;
  /** Begins to deliver; what came before is kept. Called once. */
  start(receiver: ChannelReceiver): void;
  /** Sends text as UTF-8. After the end it does nothing. */
  write(text: string): void;
  /** Ends the stream and waits until that is done. Never throws. */
  close(): Promise<void>;
}

export interface ChannelReceiver {
  data(chunk: Uint8Array): void;
  /** The stream has ended, called once: after `close`, by the other side, or by an error. */
  ended(error: Error | undefined): void;
}

export interface ChannelOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for the connection; 5000 where absent. */
  readonly deadline?: number;
}

/**
 * Connects to a socket. Libvirt's own monitor sockets are refused: whoever waits at one steals the monitor when
 * libvirtd restarts. Throws QmpConnectError by kind, QmpAbortedError.
 */
export async function openChannel(address: QmpAddress, options: ChannelOptions = {}): Promise<Channel> {
  if (address.kind === 'unix') await checkPath(address.path);
  const socket = await connect(address, options);
  return new SocketChannel(formatQmpAddress(address), socket);
}

/**
 * The domain's name if a socket's path (with symbolic links resolved) is one of libvirt's own monitors, as far as
 * the path tells it; '' where the path is one and does not tell. Undefined for other sockets.
 * Libvirt: qemuDomainSetPrivatePaths and qemuProcessPrepareMonitorChr, `.../domain-<id>-<short name>/monitor.sock`.
 */
export function libvirtMonitorDomain(path: string): string | undefined {
  const domain = /\/domain-(?:[0-9]+-)?([^/]+)\/(?:qmp-)?monitor\.sock$/.exec(path)?.[1];
  if (domain !== undefined) return domain;
  const old = /\/libvirt\/(?:.*\/)?qemu\/(?:.*\/)?([^/]*)\.monitor$/.exec(path)?.[1];
  if (old !== undefined) return old;
  return /\/libvirt\/(?:.*\/)?[^/]*monitor\.sock$/.test(path) ? '' : undefined;
}

class SocketChannel implements Channel {
  private error: Error | undefined;

  constructor(
    readonly name: string,
    private readonly socket: Socket,
  ) {
    // Without a listener an error before `start` would end the process.
    socket.on('error', error => {
      this.error = error;
    });
  }

  start(receiver: ChannelReceiver): void {
    if (this.socket.closed) {
      receiver.ended(this.error);
      return;
    }
    this.socket.on('close', () => receiver.ended(this.error));
    this.socket.on('data', chunk => receiver.data(chunk));
  }

  write(text: string): void {
    if (this.socket.writable) this.socket.write(text);
  }

  close(): Promise<void> {
    if (this.socket.closed) return Promise.resolve();
    return new Promise(resolve => {
      this.socket.once('close', () => resolve());
      this.socket.destroy();
    });
  }
}

/** Bytes of a unix socket's path: sun_path less its final NUL (108 on Linux, 104 on macOS and the BSDs). */
const PATH_MAX = process.platform === 'linux' ? 107 : 103;

/** Says, in words, that the path has more bytes than the address of a unix socket may have; undefined where it fits. */
export function pathTooLong(path: string): string | undefined {
  const length = Buffer.byteLength(path);
  return length <= PATH_MAX
    ? undefined
    : `The path of the socket has ${length} bytes, and a socket's path may have ${PATH_MAX}. Use a folder with a shorter path: ${path}`;
}

async function checkPath(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const tooLong = pathTooLong(path);
  if (tooLong !== undefined) throw new QmpConnectError('path-too-long', path, tooLong);
  const real = await realpath(path).catch(() => path);
  const domain = libvirtMonitorDomain(real);
  if (domain !== undefined) {
    throw new QmpConnectError(
      'libvirt-monitor',
      path,
      `${path} is libvirt's own monitor of this VM. It is not opened: libvirt could lose the VM. Use libvirt:${domain === '' ? 'NAME' : domain} instead.`,
    );
  }
}

function connect(address: QmpAddress, options: ChannelOptions): Promise<Socket> {
  const name = formatQmpAddress(address);
  const deadline = options.deadline ?? 5000;
  const { signal } = options;
  if (signal?.aborted === true) return Promise.reject(new QmpAbortedError(`Connecting to ${name}`, false));
  return new Promise((resolve, reject) => {
    const socket = new Socket();
    const settle = (error: Error | undefined): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
      socket.removeListener('error', failed);
      socket.removeListener('connect', connected);
      if (error === undefined) {
        resolve(socket);
        return;
      }
      // A socket that was given up may still report an error of its own.
      socket.on('error', () => undefined);
      socket.destroy();
      reject(error);
    };
    const connected = (): void => settle(undefined);
    const aborted = (): void => settle(new QmpAbortedError(`Connecting to ${name}`, false));
    const failed = (cause: Error): void => void explained(address, cause).then(settle);
    const timer = setTimeout(
      () =>
        settle(
          new QmpConnectError(
            'timeout',
            name,
            `No connection to ${name} within ${deadline / 1000} s: the host may be down, or a firewall drops the packets.`,
          ),
        ),
      deadline,
    );
    signal?.addEventListener('abort', aborted);
    socket.once('error', failed);
    socket.once('connect', connected);
    if (address.kind === 'unix') socket.connect(address.path);
    else socket.connect(address.port, address.host).setNoDelay(true);
  });
}

async function explained(address: QmpAddress, cause: Error): Promise<QmpConnectError> {
  const name = formatQmpAddress(address);
  const code = codeOf(cause);
  const [kind, words] =
    address.kind === 'unix' ? await unixWords(address.path, code) : tcpWords(address, code);
  return new QmpConnectError(kind, name, words ?? `No connection to ${name}: ${cause.message}.`, { cause });
}

/** Node gives a name with several addresses an AggregateError, whose members carry the codes. */
function codeOf(cause: Error): string {
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  return first instanceof Error && 'code' in first ? String(first.code) : '';
}

type Words = readonly [ConnectKind, string | undefined];

async function unixWords(path: string, code: string): Promise<Words> {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return [
        'permission',
        `You may not open ${path}: connecting needs write permission on the socket and passage through its folders. Look with "ls -l"; become the user or group that QEMU runs as, or start QEMU with a socket in a folder of yours.`,
      ];
    case 'ENOENT':
      return [
        'no-such-socket',
        `There is no socket ${path}. QEMU removes it when it ends: is the VM running, with -qmp unix:${path},server=on,wait=off?`,
      ];
    case 'ENOTDIR':
      return [
        'no-such-socket',
        `There is no socket ${path}: a part of the path before its end is no folder.`,
      ];
    case 'ECONNREFUSED':
      // Linux says the same for a file that is no socket at all.
      return (await isOtherFile(path))
        ? notASocket(path)
        : [
            'nobody-listening',
            `Nobody listens at ${path}: the QEMU that made this socket has ended without removing it (a crash or kill -9). Start the VM again; it makes the socket anew.`,
          ];
    case 'ENOTSOCK':
      return notASocket(path);
    case 'EPROTOTYPE':
      return [
        'not-a-socket',
        `${path} is a socket, but not for streams (SOCK_STREAM), so no QMP monitor listens there.`,
      ];
    default:
      return ['other', undefined];
  }
}

const notASocket = (path: string): Words => [
  'not-a-socket',
  `${path} is not a socket. The address of a VM is the path given to QEMU's -qmp, not its disk or XML.`,
];

async function isOtherFile(path: string): Promise<boolean> {
  return stat(path).then(
    found => !found.isSocket(),
    () => false,
  );
}

function tcpWords({ host, port }: QmpAddress & { kind: 'tcp' }, code: string): Words {
  switch (code) {
    case 'ECONNREFUSED':
      return [
        'nobody-listening',
        `Nobody listens at port ${port} of ${host}. Is the VM running, with -qmp tcp:${host}:${port},server=on,wait=off?`,
      ];
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NONAME':
    case 'EAI_NODATA':
      return ['name-lookup', `The host name ${host} could not be looked up (${code}).`];
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return ['unreachable', `There is no way from here to ${host} (${code}).`];
    case 'EACCES':
    case 'EPERM':
      return ['permission', `This machine does not allow a connection to port ${port} of ${host} (${code}).`];
    case 'ETIMEDOUT':
      return ['timeout', `${host} did not answer at port ${port}.`];
    default:
      return ['other', undefined];
  }
}
