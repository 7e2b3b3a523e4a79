/**
 * Everything that libvirt itself tells of a domain without being marked for it: both definitions, run state, jobs.
 * No monitor command is sent: that would taint the domain even for a query.
 */

import type { DomainView } from './domain-view';
import { readDomainView } from './domain-view';
import type { HostVersions } from './domains';
import { hostVersions } from './domains';
import { VirshAnswerError, VirshCommandError } from './errors';
import type { RunOptions, VirshRunner } from './options';

export interface LibvirtDomain {
  readonly versions: HostVersions;
  readonly name: string;
  readonly uuid: string;
  /** Libvirt's word: running, paused, shut off, ... */
  readonly state: string;
  /** The live definition; undefined where the domain does not run. */
  readonly live: DomainView | undefined;
  /** The persistent definition, which the next start uses; undefined for a transient domain. */
  readonly config: DomainView | undefined;
  /** A job of libvirt on the whole domain: migration, save, dump, backup. */
  readonly job: string | undefined;
  /** Libvirt's remark that somebody has sent commands to QEMU behind its back. */
  readonly tainted: boolean;
}

/** Reads a domain by its uuid. Throws what `run` throws, and VirshAnswerError. */
export async function readLibvirtDomain(
  virsh: VirshRunner,
  uuid: string,
  options: RunOptions = {},
): Promise<LibvirtDomain> {
  const ask = (command: string, ...rest: readonly string[]): Promise<string> =>
    virsh.run([command, `--domain=${uuid}`, ...rest], options);
  const [versions, info, dumped, inactive, job] = await Promise.all([
    hostVersions(virsh, options),
    ask('dominfo'),
    ask('dumpxml'),
    ask('dumpxml', '--inactive'),
    ask('domjobinfo').catch(ifRefused),
  ]);
  const persistent = field(info, 'Persistent') === 'yes';
  const view = readDomainView(dumped);
  const live = view.id === undefined ? undefined : view;
  if (view.uuid !== uuid)
    throw new VirshAnswerError('Libvirt gave the definition of another domain than was asked for.');
  return {
    versions,
    name: view.name,
    uuid: view.uuid,
    state: field(info, 'State') ?? 'unknown',
    live,
    config: persistent ? readDomainView(inactive) : undefined,
    job: jobOf(job),
    tainted: /custom monitor control commands issued/.test(info),
  };
}

/** A domain that does not run has no job to tell of. */
function ifRefused(error: unknown): string {
  if (error instanceof VirshCommandError) return '';
  throw error;
}

function jobOf(info: string): string | undefined {
  const type = field(info, 'Job type');
  return type === undefined || type === 'None' ? undefined : (field(info, 'Operation') ?? type);
}

const field = (info: string, name: string): string | undefined =>
  new RegExp(`^${name}:\\s+(.*?)\\s*$`, 'm').exec(info)?.[1];
