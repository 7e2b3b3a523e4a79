/** Real QEMU for tests: without guest, everything in a temp folder of its own. */

import { spawn } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface QemuOptions {
  /** Raw disks of 64 MiB, sparse: nodes `disk0`, `disk1`, ..., devices `virtio-disk0`, ... on machine q35. */
  readonly disks?: number;
  /** Without it: q35 where there are disks, else none. */
  readonly machine?: 'q35' | 'pc' | 'none';
  /** More -qmp sockets beside the first. */
  readonly extraQmp?: number;
  /** Whether the CPU runs (an idle firmware); `stopped` unless told otherwise. */
  readonly cpu?: 'stopped' | 'running';
  /** More arguments. */
  readonly args?: readonly string[];
  /** Program and first arguments, as `QemuVersion.command` gives them; this system's QEMU unless told otherwise. */
  readonly command?: readonly string[];
}

export interface Qemu {
  readonly pid: number;
  /** Paths of the QMP sockets. */
  readonly sockets: readonly string[];
  /** Paths of the disk images. */
  readonly images: readonly string[];
  /** The temp folder, of mode 0700; gone after `stop` and `kill`. */
  readonly folder: string;
  /** What it wrote on its standard error so far: an assertion of its own ends there. */
  words(): string;
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  /** Ends QEMU by SIGTERM, after seconds by SIGKILL; waits, removes the folder. May be called again. */
  stop(): Promise<void>;
  /** Ends QEMU by SIGKILL as a crash would and leaves the folder with its stale sockets to `stop`. */
  kill(): Promise<void>;
}

/** Starts QEMU and waits until its first socket greets. Throws with QEMU's words if it does not start. */
export async function startQemu(options: QemuOptions = {}): Promise<Qemu> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-qemu-')); // mkdtemp makes mode 0700
  const disks = options.disks ?? 0;
  const images = Array.from({ length: disks }, (_, n) => join(folder, `disk${n}.raw`));
  const sockets = Array.from({ length: 1 + (options.extraQmp ?? 0) }, (_, n) => join(folder, `qmp${n}.sock`));
  await Promise.all(images.map(makeSparse));
  const [program = '', ...ownArguments] = options.command ?? ['qemu-system-x86_64'];
  const child = spawn(
    program,
    [
      ...ownArguments,
      ...[
        '-machine',
        options.machine ?? (disks > 0 ? 'q35' : 'none'),
        '-accel',
        'tcg',
        '-display',
        'none',
        '-nodefaults',
      ],
      ...(options.cpu === 'running' ? [] : ['-S']),
      ...images.flatMap((path, n) => [
        '-blockdev',
        JSON.stringify({ driver: 'file', 'node-name': `file${n}`, filename: path }),
        '-blockdev',
        JSON.stringify({ driver: 'raw', 'node-name': `disk${n}`, file: `file${n}` }),
        '-device',
        JSON.stringify({ driver: 'virtio-blk-pci', id: `virtio-disk${n}`, drive: `disk${n}` }),
      ]),
      ...sockets.flatMap(path => ['-qmp', `unix:${path},server=on,wait=off`]),
      ...(options.args ?? []),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
  let over = false;
  const ended = new Promise<void>(resolve => {
    child.once('close', () => resolve());
    child.once('error', error => {
      words += error.message;
      resolve();
    });
  }).then(() => void (over = true));
  const killAtExit = (): void => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    // QEMU 7.2 can lock up while it closes disks of a guest with I/O in iothreads: two locks in two orders.
    const deadline = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(deadline);
    process.removeListener('exit', killAtExit);
  };
  const stop = async (): Promise<void> => {
    await end('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  };
  const [first] = sockets;
  const ready = await greets(first ?? '', () => over);
  if (!ready || child.pid === undefined) {
    await stop();
    throw new Error(`QEMU did not start: ${words}`);
  }
  return {
    pid: child.pid,
    sockets,
    images,
    folder,
    words: () => words,
    ended,
    stop,
    kill: () => end('SIGKILL'),
  };
}

async function makeSparse(path: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  await file.truncate(64 * 1024 * 1024);
  await file.close();
}

/** Asks again and again: between the making of the socket's file and the greeting nothing tells. */
async function greets(path: string, gaveUp: () => boolean): Promise<boolean> {
  while (!gaveUp()) {
    if (await greetsNow(path)) return true;
    await pause(10);
  }
  return false;
}

function greetsNow(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection(path);
    socket.once('data', () => {
      socket.once('close', () => resolve(true));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('end', () => resolve(false));
  });
}

/** Arguments of QEMU for one disk of each kind of device: virtio-blk, virtio-scsi, ahci, nvme, usb; over null nodes. */
export const DISK_KINDS: readonly { readonly alias: string; readonly args: readonly string[] }[] = [
  { alias: 'vda', args: [...nullNode('base-vda'), '-device', 'virtio-blk-pci,id=vda,drive=base-vda'] },
  {
    alias: 'sda',
    args: [
      ...nullNode('base-sda'),
      ...['-device', 'virtio-scsi-pci,id=scsi0', '-device', 'scsi-hd,id=sda,bus=scsi0.0,drive=base-sda'],
    ],
  },
  {
    alias: 'hda',
    args: [
      ...nullNode('base-hda'),
      ...['-device', 'ahci,id=ahci0', '-device', 'ide-hd,id=hda,bus=ahci0.0,drive=base-hda'],
    ],
  },
  {
    alias: 'nvme0',
    args: [...nullNode('base-nvme0'), '-device', 'nvme,id=nvme0,serial=N1,drive=base-nvme0'],
  },
  {
    alias: 'usb0',
    args: [
      ...nullNode('base-usb0'),
      ...['-device', 'qemu-xhci,id=xhci', '-device', 'usb-storage,id=usb0,bus=xhci.0,drive=base-usb0'],
    ],
  },
];

/** Arguments for a node of 64 MiB that reads as zeroes and forgets what is written. */
export function nullNode(name: string): readonly string[] {
  return [
    '-blockdev',
    JSON.stringify({ driver: 'null-co', 'node-name': name, size: 67_108_864, 'read-zeroes': true }),
  ];
}
