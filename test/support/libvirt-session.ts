/** A domain of a real libvirt with three disks and three groups, and the product's sessions with it. */

import { join } from 'node:path';
import { connectVm, type VmOptions, type VmSession } from '../../server/src/vm';
import { domainXml, type DomainDisk } from './libvirt-domain';
import type { Libvirt } from './libvirt-root';

/** What of one of the disks a test chooses. */
type Chosen = Pick<DomainDisk, 'target' | 'filters' | 'serial'>;

/** Starts it, with an image of 16 MiB for each disk. The groups are gold (500 IOPS), free (900) and silver (50). */
export async function startWithGroups(
  host: Libvirt,
  name: string,
  uuid: string,
  chosen: readonly Chosen[],
): Promise<void> {
  const disks = chosen.map((disk): DomainDisk => ({
    ...disk,
    image: join(host.folder, `lv-${disk.target}.raw`),
    format: 'raw',
  }));
  await host.run('truncate', '-s', '16M', ...disks.map(({ image }) => image));
  await host.start(name, domainXml({ name, uuid, groups: { gold: 500, free: 900, silver: 50 }, disks }));
}

/** Connects to a domain, called by its name or UUID, through the virsh of this libvirt. Whoever asks for it closes it. */
export const connectThrough = (host: Libvirt, domain: string, options: VmOptions = {}): Promise<VmSession> =>
  connectVm({ kind: 'libvirt', domain, uri: 'qemu:///system' }, { virshCommand: host.command, ...options });

/** Uses a session, and closes it whatever comes of it. */
export async function withSession<T>(
  host: Libvirt,
  domain: string,
  options: VmOptions,
  use: (vm: VmSession) => Promise<T>,
): Promise<T> {
  const vm = await connectThrough(host, domain, options);
  try {
    return await use(vm);
  } finally {
    await vm.close();
  }
}
