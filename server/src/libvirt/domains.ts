/** Which domains there are, where, and what libvirt and QEMU they run under. */

import { DomainGoneError, LibvirtError, VirshAnswerError } from './errors';
import { shown } from '../engine';
import type { RunOptions, VirshOptions, VirshRunner } from './options';
import { openVirsh } from './virsh';

export interface ListedDomain {
  readonly name: string;
  readonly uuid: string;
  readonly running: boolean;
}

/** The domains of one connection, or why it could not be asked. */
export type Listing =
  | { readonly kind: 'domains'; readonly uri: string; readonly domains: readonly ListedDomain[] }
  | { readonly kind: 'failed'; readonly uri: string; readonly error: LibvirtError };

/** What every Linux host may have: VMs of the host, and VMs of the user. */
export const LOCAL_URIS = ['qemu:///system', 'qemu:///session'] as const;

/**
 * The domains of all these connections, read-only, all at once; one that fails says so and keeps no other from
 * answering. Throws nothing but faults of the program.
 */
export async function listEverywhere(
  uris: readonly string[],
  options: Omit<VirshOptions, 'uri' | 'access'> = {},
): Promise<readonly Listing[]> {
  return Promise.all(
    [...new Set(uris)].map(async (uri): Promise<Listing> => {
      try {
        const virsh = await openVirsh({ ...options, uri, access: 'look' });
        try {
          return { kind: 'domains', uri, domains: await listDomains(virsh) };
        } finally {
          await virsh.close();
        }
      } catch (error) {
        if (error instanceof LibvirtError) return { kind: 'failed', uri, error };
        throw error;
      }
    }),
  );
}

/** All domains of a connection, running ones first, then by name. Throws what `run` throws. */
export async function listDomains(
  virsh: VirshRunner,
  options: RunOptions = {},
): Promise<readonly ListedDomain[]> {
  const [all, active] = await Promise.all([
    virsh.run(['list', '--all', '--uuid', '--name'], options),
    virsh.run(['list', '--uuid'], options),
  ]);
  const running = new Set(active.split('\n').map(line => line.trim()));
  return all
    .split('\n')
    .flatMap(line => {
      const [, uuid, name] = /^([0-9a-f-]{36}) (.*)$/.exec(line) ?? [];
      return uuid === undefined || name === undefined ? [] : [{ name, uuid, running: running.has(uuid) }];
    })
    .sort((a, b) => Number(b.running) - Number(a.running) || (a.name < b.name ? -1 : 1));
}

/**
 * The uuid of a domain that is given by its name or uuid. Everything that follows goes by the uuid: virsh takes a name
 * of digits for the number of another, running domain. Throws DomainGoneError with the names that there are.
 */
export async function findDomain(
  virsh: VirshRunner,
  wanted: string,
  options: RunOptions = {},
): Promise<ListedDomain> {
  const domains = await listDomains(virsh, options);
  const found =
    domains.find(({ name }) => name === wanted) ?? domains.find(({ uuid }) => uuid === wanted.toLowerCase());
  if (found !== undefined) return found;
  const names = domains.slice(0, 8).map(({ name }) => shown(name));
  const others =
    names.length === 0
      ? 'There are no domains at this connection at all; those of qemu:///system and of qemu:///session are not the same.'
      : `There are: ${names.join(', ')}${domains.length > names.length ? ` and ${domains.length - names.length} more` : ''}.`;
  throw new DomainGoneError(`Libvirt has no domain called ${shown(wanted)} here. ${others}`);
}

export interface HostVersions {
  /** Of the daemon that is connected, "11.3.0". */
  readonly libvirt: string;
  /** Of the QEMU that a domain would be started with now; one that runs may be older. */
  readonly qemu: string;
}

/** Throws VirshAnswerError where virsh answers in another language than English. */
export async function hostVersions(virsh: VirshRunner, options: RunOptions = {}): Promise<HostVersions> {
  const text = await virsh.run(['version', '--daemon'], options);
  const qemu = /^Running hypervisor: \S+ (\d+\.\d+\.\d+)/m.exec(text)?.[1];
  const libvirt = /^Running against daemon: (\d+\.\d+\.\d+)/m.exec(text)?.[1];
  if (qemu === undefined || libvirt === undefined) {
    throw new VirshAnswerError(
      'virsh does not tell the versions of libvirt and QEMU in English. If its command in the settings goes through another program, let that set LC_ALL=C.UTF-8 for it. Only VMs of QEMU can be read.',
    );
  }
  return { libvirt, qemu };
}
