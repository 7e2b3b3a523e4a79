/** What people do with libvirt to a running VM, and whether it really worked: exit codes do not always tell (fact N2). */

import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskXml, domainXml, type DomainDisk, type DomainOptions } from './libvirt-domain';
import type { Libvirt } from './libvirt-root';
import { secondMonitor, type SecondMonitor } from './second-monitor';

/** A running domain with one disk, and two QMP sockets beside libvirt's. */
export interface Scene {
  readonly libvirt: Libvirt;
  readonly name: string;
  readonly uuid: string;
  readonly disk: DomainDisk;
  /** The socket for the product. */
  readonly socket: string;
  /** Opens the second monitor anew where QEMU has been started anew. */
  readonly monitor: () => Promise<SecondMonitor>;
  /** Groups of the disk's filters from the image up, as QEMU has them; undefined where the disk is not there. */
  readonly chain: () => Promise<readonly string[] | undefined>;
  /** A path for another image. */
  readonly path: (file: string) => string;
  /** Ends the domain and removes its files. */
  readonly end: () => Promise<void>;
}

export interface Operation {
  readonly name: string;
  /** What a plan says where it will not work any more; words that it works do not match. */
  readonly named: RegExp;
  /** Throws, with what went wrong, where it does not work or does something else than it says. */
  run(scene: Scene): Promise<void>;
}

/** Starts a domain whose disk has these filters. */
export async function startScene(
  libvirt: Libvirt,
  name: string,
  options: Pick<DomainOptions, 'groups'> & { readonly filters: readonly string[] },
): Promise<Scene> {
  const path = (file: string): string => join(libvirt.folder, `${name}-${file}`);
  const uuid = `11112222-3333-4444-5555-${Buffer.from(name).toString('hex').padStart(12, '0').slice(-12)}`;
  const disk: DomainDisk = {
    target: 'sda',
    image: path('a.qcow2'),
    format: 'qcow2',
    filters: options.filters,
  };
  const socket = path('p.sock');
  const second = path('s.sock');
  await libvirt.run('qemu-img', 'create', '-q', '-f', 'qcow2', disk.image, '64M');
  const groups = options.groups ?? {};
  await libvirt.create(name, domainXml({ name, uuid, disks: [disk], groups, qmp: [socket, second] }));
  let open: SecondMonitor | undefined = await secondMonitor(second);
  const monitor = async (): Promise<SecondMonitor> => {
    const isAlive = await open?.execute('query-status').then(
      () => true,
      () => false,
    );
    if (open === undefined || isAlive !== true) open = await secondMonitor(second);
    return open;
  };
  return {
    ...{ libvirt, name, uuid, disk, socket, monitor, path },
    chain: async () => (await (await monitor()).disks()).get('scsi0-0-0-0')?.groups,
    end: async () => {
      open?.close();
      open = undefined;
      await libvirt.virsh('destroy', name).catch(() => undefined);
      for (const file of ['a.qcow2', 'b.qcow2', 'save']) await rm(path(file), { force: true });
    },
  };
}

/** The ten of them. Each expects a domain to which nothing else was done but what is being tried. */
export const OPERATIONS: readonly Operation[] = [
  { name: 'snapshot', named: /snapshot\S* (?:fail|lose)/i, run: snapshot },
  { name: 'backup', named: /backup\S* (?:fail|lose)/i, run: backup },
  {
    name: 'blockcommit',
    named: /blockcommit and blockcopy fail/,
    run: async scene => {
      await snapshot(scene);
      const chain = await scene.chain();
      await scene.libvirt.virsh('blockcommit', scene.name, 'sda', '--active', '--pivot', '--wait');
      await assertImage(scene, scene.disk.image);
      assert.deepEqual(await scene.chain(), chain, 'filters after blockcommit');
    },
  },
  {
    name: 'blockcopy',
    named: /blockcommit and blockcopy fail/,
    run: async scene => {
      const chain = await scene.chain();
      const copy = scene.path('b.qcow2');
      const how = ['--transient-job', '--wait', '--pivot', '--format', 'qcow2'];
      await scene.libvirt.virsh('blockcopy', scene.name, 'sda', '--dest', copy, ...how);
      await assertImage(scene, copy);
      assert.deepEqual(await scene.chain(), chain, 'filters after blockcopy');
    },
  },
  {
    name: 'blockresize',
    named: /blockresize fail/,
    run: async ({ libvirt, name, monitor }) => {
      await libvirt.virsh('blockresize', name, 'sda', '80M');
      const nodes = JSON.stringify(await (await monitor()).execute('query-block'));
      assert.match(nodes, /"virtual-size":83886080/, 'the disk has the new size');
    },
  },
  { name: 'detach', named: /detach-disk (?:reports success while|leaves)/, run: detach },
  {
    name: 'attach',
    named: /cannot be attached again/,
    run: async scene => {
      await scene.libvirt.virsh('detach-disk', scene.name, 'sda', '--live');
      const file = scene.path('disk.xml');
      await writeFile(file, diskXml(scene.disk));
      await scene.libvirt.virsh('attach-device', scene.name, file, '--live');
      await rm(file);
      // What comes back is what libvirt's XML says.
      assert.deepEqual(await scene.chain(), expectedOf(scene), 'filters after attach');
    },
  },
  {
    name: 'blkdeviotune',
    named: /blkdeviotune fail/,
    run: async ({ libvirt, name, monitor }) => {
      await libvirt.virsh('blkdeviotune', name, 'sda', '--total-iops-sec', '77', '--live');
      const block = JSON.stringify(await (await monitor()).execute('query-block'));
      assert.match(block, /"iops":77[,}]/, 'the limit is in force');
    },
  },
  {
    name: 'save and restore',
    named: /save, restore and migration (?:lose|silently)/i,
    run: async scene => {
      const chain = await scene.chain();
      await scene.libvirt.virsh('save', scene.name, scene.path('save'));
      await scene.libvirt.virsh('restore', scene.path('save'));
      assert.deepEqual(await scene.chain(), chain, 'filters after save and restore');
    },
  },
  {
    name: 'restart of the daemon',
    named: /(?:daemon|libvirtd) (?:fail|lose)/,
    run: async scene => {
      const chain = await scene.chain();
      await scene.libvirt.restartDaemon();
      assert.match(await scene.libvirt.virsh('domstate', scene.name), /running/);
      await scene.libvirt.virsh('domblkinfo', scene.name, 'sda');
      assert.deepEqual(await scene.chain(), chain, 'filters after the restart');
    },
  },
];

async function snapshot(scene: Scene): Promise<void> {
  const chain = await scene.chain();
  const spec = ['--diskspec', `sda,file=${scene.path('b.qcow2')}`];
  await scene.libvirt.virsh('snapshot-create-as', scene.name, 's1', '--disk-only', '--no-metadata', ...spec);
  await assertImage(scene, scene.path('b.qcow2'));
  assert.deepEqual(await scene.chain(), chain, 'filters after the snapshot');
}

async function backup({ libvirt, name, path }: Scene): Promise<void> {
  const file = path('backup.xml');
  const target = `<target file='${path('b.qcow2')}'/><driver type='qcow2'/>`;
  await writeFile(
    file,
    `<domainbackup><disks><disk name='sda' type='file'>${target}</disk></disks></domainbackup>`,
  );
  await libvirt.virsh('backup-begin', name, file);
  for (;;) {
    const job = await libvirt.virsh('domjobinfo', name);
    if (/Job type: +None/.test(job)) break;
  }
  await rm(file);
  assert.match(await libvirt.virsh('domjobinfo', name, '--completed'), /Operation: +Backup/);
  assert.match(await libvirt.run('qemu-img', 'check', path('b.qcow2')), /No errors/);
}

/** Libvirt says success also where QEMU keeps the image open, with its write lock. */
async function detach({ libvirt, name, disk, monitor, chain }: Scene): Promise<void> {
  await libvirt.virsh('detach-disk', name, 'sda', '--live');
  assert.equal(await chain(), undefined, 'the disk has gone');
  const nodes = JSON.stringify(await (await monitor()).execute('query-named-block-nodes', { flat: true }));
  assert.ok(!nodes.includes(disk.image), 'QEMU keeps the image of the detached disk open');
}

/** The image that the guest's writes go to. */
async function assertImage(scene: Scene, image: string): Promise<void> {
  const disks = await (await scene.monitor()).disks();
  assert.equal(disks.get('scsi0-0-0-0')?.image, image, 'the image that is written to');
}

const expectedOf = ({ disk }: Scene): readonly string[] =>
  (disk.filters ?? []).map(group => `throttle-${group}`);
