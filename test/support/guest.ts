/** A Linux guest that keeps I/O running on its disks, and what it says about it (test/tools/guest). */

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { REAL_PARTS } from './qemu-version';

/** What the guest does on one of its disks. */
export interface GuestLoad {
  /** As the guest calls it: `/dev/vda`. */
  readonly device: string;
  readonly mode: 'read' | 'write' | 'both';
  /** Requests of 4 KiB at a time. */
  readonly threads: number;
}

/** One second of I/O on one disk, by the guest's own clock. */
export interface GuestSecond {
  readonly device: string;
  /** Seconds since the guest's start, at the end of this one. */
  readonly clock: number;
  /** How long it was: a guest that stood still meanwhile had a long one. Undefined for a disk's first. */
  readonly lasted: number | undefined;
  readonly requests: number;
  /** Failed since the guest's start. */
  readonly errors: number;
  /** Microseconds of the longest request. */
  readonly longest: number;
}

export interface Guest {
  /** QEMU's arguments that boot it: kernel, memory and console. */
  readonly args: readonly string[];
  /** Path of the socket that takes the console's text, for a domain of libvirt. */
  readonly console: string;
  /** Kernel, initrd and command line, for a domain of libvirt. */
  readonly boot: { readonly kernel: string; readonly initrd: string; readonly commandLine: string };
  /** All seconds so far. */
  readonly seconds: readonly GuestSecond[];
  /** Waits for the next `count` whole seconds of a disk; `under-way` counts the one that has begun. Rejects with the console's last words if the guest ends before. */
  next(device: string, count: number, from?: 'under-way'): Promise<readonly GuestSecond[]>;
  /** Waits until every disk has had a second with I/O. */
  ready(): Promise<void>;
}

/** Why there is no guest here, in words. */
export function whyNoGuest(): string | undefined {
  const folder = join(REAL_PARTS, 'guest');
  return existsSync(join(folder, '.complete')) ? undefined : `no guest in ${folder}; npm test makes it`;
}

/** Listens for the console of a guest that is to be started with `args`. Ends with the test. */
export async function guestWith(t: TestContext, loads: readonly GuestLoad[]): Promise<Guest> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-guest-'));
  const path = join(folder, 'console.sock');
  const seconds: GuestSecond[] = [];
  const waiting = new Set<{ check(): void; fail(error: Error): void }>();
  const sockets = new Set<Socket>();
  let text = '';
  const server = createServer(socket => {
    sockets.add(socket);
    let rest = '';
    socket.setEncoding('utf8').on('data', (data: string) => {
      text = (text + data).slice(-4000);
      const lines = (rest + data).split(/\r*\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const second = readLine(line);
        if (second === undefined) continue;
        const before = seconds.findLast(({ device }) => device === second.device);
        const lasted = before === undefined ? undefined : second.clock - before.clock;
        seconds.push({ ...second, lasted });
      }
      for (const waiter of waiting) waiter.check();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const waiter of waiting) waiter.fail(new Error(`The guest has ended. Its console: ${text}`));
    });
  });
  await new Promise<void>(resolve => server.listen(path, resolve));
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise(resolve => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });
  const until = <Value>(look: () => Value | undefined): Promise<Value> =>
    new Promise((resolve, reject) => {
      const waiter = {
        check: (): void => {
          const value = look();
          if (value === undefined) return;
          waiting.delete(waiter);
          resolve(value);
        },
        fail: (error: Error): void => {
          waiting.delete(waiter);
          reject(error);
        },
      };
      waiting.add(waiter);
      waiter.check();
    });
  const boot = bootOf(loads);
  return {
    boot,
    console: path,
    // Two CPUs. With one a disk that nobody had touched was seen to stand still for good, on 7.2, 10.0 and 11.1, and only
    // where the machine had a core to spare: we take it that TCG, translating for one CPU alone, leaves out barriers
    // between that CPU and QEMU's own threads, and QEMU misses that a request is there.
    args: [
      ...[
        '-smp',
        '2',
        '-m',
        '192',
        '-kernel',
        boot.kernel,
        '-initrd',
        boot.initrd,
        '-append',
        boot.commandLine,
      ],
      ...['-serial', `unix:${path}`],
    ],
    seconds,
    next: (device, count, from) => {
      const start = seconds.length;
      return until(() => {
        const all = seconds.slice(start).filter(second => second.device === device);
        const counted = from === 'under-way' ? all : all.slice(1);
        return counted.length < count ? undefined : counted.slice(0, count);
      });
    },
    ready: () =>
      until(() =>
        loads.every(({ device }) => seconds.some(second => second.device === device && second.requests > 0))
          ? true
          : undefined,
      ).then(() => undefined),
  };
}

/** Requests a second over these seconds, by the guest's clock: its seconds are a little longer where the machine is busy. */
export const meanOf = (seconds: readonly GuestSecond[]): number =>
  seconds.reduce((sum, { requests }) => sum + requests, 0) /
  seconds.reduce((sum, { lasted }) => sum + (lasted ?? Number.NaN), 0);

/**
 * Whether there was a second without I/O: none came back, or the guest stood still and its own second took longer than
 * two (on a busy machine 1.4 were measured).
 */
export const withoutIo = ({ requests, lasted }: GuestSecond): boolean =>
  requests === 0 || (lasted !== undefined && lasted >= 2);

/** Seconds in few words, for failures: requests, and how long where that was unusual. */
export const toldSeconds = (seconds: readonly GuestSecond[]): string =>
  seconds
    .map(({ requests, lasted = 1 }) =>
      lasted >= 1.5 ? `${requests} in ${lasted.toFixed(1)} s` : String(requests),
    )
    .join(', ');

function bootOf(loads: readonly GuestLoad[]): Guest['boot'] {
  const folder = join(REAL_PARTS, 'guest');
  const words = loads.map(({ device, mode, threads }) => `${device}:${mode.slice(0, 1)}:4096:${threads}`);
  return {
    kernel: join(folder, 'vmlinuz'),
    initrd: join(folder, 'initrd.gz'),
    commandLine: `console=ttyS0 quiet io=${words.join(',')}`,
  };
}

/** Other lines are the kernel's. */
function readLine(line: string): Omit<GuestSecond, 'lasted'> | undefined {
  const match = /IO ([\d.]+) (\S+) iops=(\d+) errs=(\d+) maxlat_us=(\d+)$/.exec(line);
  if (match === null) return undefined;
  const [, clock, device = '', requests, errors, longest] = match;
  return {
    device,
    clock: Number(clock),
    requests: Number(requests),
    errors: Number(errors),
    longest: Number(longest),
  };
}
