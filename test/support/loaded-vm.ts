/** A real QEMU whose guest keeps I/O running on disks of several kinds. */

import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { guestWith, type Guest, type GuestLoad } from './guest';
import { startQemu, type Qemu } from './qemu';
import type { QemuVersion } from './qemu-version';
import { secondMonitor, type SecondMonitor } from './second-monitor';

/** A kind of disk, with or without an iothread. */
export interface LoadedDisk {
  readonly kind: 'virtio-blk' | 'virtio-scsi' | 'ahci' | 'nvme';
  readonly thread: 'main' | 'iothread';
  /** As the document and libvirt call it: target and bus. */
  readonly target: string;
  readonly bus: string;
  /** Id of the device. */
  readonly alias: string;
  /** As the guest calls it. */
  readonly device: string;
  /** Node of its image. */
  readonly base: string;
  readonly image: string;
}

export interface LoadedVm {
  readonly qemu: Qemu;
  /** The socket for the product. */
  readonly socket: string;
  readonly monitor: SecondMonitor;
  readonly guest: Guest;
  readonly disks: readonly LoadedDisk[];
}

export interface DiskWanted {
  readonly kind: LoadedDisk['kind'];
  readonly thread?: 'iothread';
  readonly mode: GuestLoad['mode'];
  readonly threads: number;
}

/** Starts QEMU, with `more` arguments, and the guest, and waits until every disk has I/O. Ends with the test. */
export async function loadedVm(
  t: TestContext,
  version: QemuVersion,
  wanted: readonly DiskWanted[],
  more: readonly string[] = [],
): Promise<LoadedVm> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-loaded-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const disks = nameDisks(wanted, folder);
  for (const { image } of disks) await makeImage(image);
  const guest = await guestWith(
    t,
    disks.map(({ device }, index) => ({
      device,
      mode: wanted[index]?.mode ?? 'both',
      threads: wanted[index]?.threads ?? 1,
    })),
  );
  const qemu = await startQemu({
    command: version.command,
    cpu: 'running',
    machine: 'q35',
    extraQmp: 1,
    args: [...guest.args, '-name', 'guest=db01,debug-threads=on', ...disks.flatMap(argumentsOf), ...more],
  });
  t.after(() => qemu.stop());
  const monitor = await secondMonitor(qemu.sockets[1] ?? '');
  t.after(() => monitor.close());
  await guest.ready();
  return { qemu, socket: qemu.sockets[0] ?? '', monitor, guest, disks };
}

/** The guest numbers sd* in the order in which it finds controllers: virtio-scsi is loaded before ahci. */
function nameDisks(wanted: readonly DiskWanted[], folder: string): readonly LoadedDisk[] {
  const count = { 'virtio-blk': 0, 'virtio-scsi': 0, ahci: 0, nvme: 0 };
  const scsi = wanted.filter(({ kind }) => kind === 'virtio-scsi').length;
  return wanted.map(({ kind, thread }, index): LoadedDisk => {
    const number = count[kind]++;
    const letter = (place: number): string => 'abcdefgh'.charAt(place);
    const common: Pick<LoadedDisk, 'kind' | 'thread' | 'base' | 'image'> = {
      kind,
      thread: thread ?? 'main',
      base: `base${index}`,
      image: join(folder, `${index}.raw`),
    };
    switch (kind) {
      case 'virtio-blk': {
        const target = `vd${letter(number)}`;
        return { ...common, target, bus: 'virtio', alias: `virtio-disk${number}`, device: `/dev/${target}` };
      }
      case 'virtio-scsi': {
        const target = `sd${letter(number)}`;
        return { ...common, target, bus: 'scsi', alias: `scsi${number}-0-0-0`, device: `/dev/${target}` };
      }
      case 'ahci': {
        const target = `sd${letter(scsi + number)}`;
        return { ...common, target, bus: 'sata', alias: `sata0-0-${number}`, device: `/dev/${target}` };
      }
      case 'nvme': {
        const target = `nvme${number}n1`;
        return { ...common, target, bus: 'nvme', alias: `ua-nvme${number}`, device: `/dev/${target}` };
      }
    }
  });
}

function argumentsOf(disk: LoadedDisk, index: number): readonly string[] {
  const { kind, thread, alias, base, image } = disk;
  const file = { driver: 'file', filename: image, 'node-name': `file${index}` };
  const device = { id: alias, drive: base };
  const ofThread = thread === 'iothread' ? { iothread: `io${index}` } : {};
  return [
    ...['-blockdev', JSON.stringify(file)],
    ...['-blockdev', JSON.stringify({ driver: 'raw', 'node-name': base, file: `file${index}` })],
    ...(thread === 'iothread' ? ['-object', `iothread,id=io${index}`] : []),
    ...devices({ kind, index, device, ofThread }).flatMap(one => ['-device', JSON.stringify(one)]),
  ];
}

function devices(disk: {
  readonly kind: LoadedDisk['kind'];
  readonly index: number;
  readonly device: { readonly id: string; readonly drive: string };
  readonly ofThread: object;
}): readonly object[] {
  const { kind, index, device, ofThread } = disk;
  switch (kind) {
    case 'virtio-blk':
      return [{ driver: 'virtio-blk-pci', ...device, ...ofThread }];
    case 'virtio-scsi':
      return [
        { driver: 'virtio-scsi-pci', id: `controller${index}`, ...ofThread },
        { driver: 'scsi-hd', bus: `controller${index}.0`, ...device },
      ];
    case 'ahci':
      return [{ driver: 'ide-hd', bus: `ide.${device.id.slice(-1)}`, ...device }];
    case 'nvme':
      return [{ driver: 'nvme', serial: `nvme${index}`, ...device }];
  }
}

async function makeImage(path: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  await file.truncate(64 * 1024 * 1024);
  await file.close();
}
