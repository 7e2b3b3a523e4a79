/** The real libvirt that tests talk to: a root folder made by the shared tool libvirt-root. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const TOOL = join(
  process.env['LIBVIRT_DOMAIN_SHARED'] ?? join(__dirname, '../../../../shared'),
  'tools/libvirt-root',
);

export interface LibvirtRoot {
  /** "libvirt 11.3.0, QEMU 10.0.13". */
  readonly title: string;
  /** The argv prefix of a virsh in it. */
  readonly virsh: readonly string[];
  /** The argv prefix of any program in it. */
  readonly exec: readonly string[];
  /** The folder; `path`/data is /data inside. */
  readonly path: string;
}

/**
 * The roots that stand on this machine, their daemons started. Where there is none the reason is printed, and with
 * CI=true it is an error, unless LIBVIRT_DOMAIN_SHARED=none says that this CI can't have one.
 */
export function libvirtRoots(): readonly LibvirtRoot[] {
  const roots = (
    [
      ['/var/tmp/libvirt-root', 'trixie'],
      ['/var/tmp/libvirt-root-forky', 'forky'],
    ] as const
  ).flatMap(([path, suite]) => rootAt(path, suite) ?? []);
  if (roots.length > 0) return roots;
  const reason = `no real libvirt: make one with ${TOOL} make`;
  if (process.env['CI'] === 'true' && process.env['LIBVIRT_DOMAIN_SHARED'] !== 'none')
    throw new Error(reason);
  console.log(`# left out: ${reason}`);
  return [];
}

function rootAt(path: string, suite: string): LibvirtRoot | undefined {
  if (!existsSync(TOOL) || !existsSync(join(path, '.complete')) || process.getuid?.() !== 0) return undefined;
  const exec = ['env', `LIBVIRT_ROOT=${path}`, `LIBVIRT_SUITE=${suite}`, TOOL, 'exec'];
  const version = execFileSync('env', [...exec.slice(1, 4), 'up'], { encoding: 'utf8' });
  const libvirt = /Using library: (.*)/.exec(version)?.[1] ?? '?';
  const qemu = /Running hypervisor: (.*)/.exec(version)?.[1] ?? '?';
  return { title: `${libvirt}, ${qemu}`, virsh: [...exec, 'virsh'], exec, path };
}

/** One command of virsh in it, beside the product; throws where it fails. */
export const virshOf = (root: LibvirtRoot, ...args: readonly string[]): string =>
  execIn(root, 'virsh', '-c', 'qemu:///system', ...args);

/** Any program in it. */
export function execIn(root: LibvirtRoot, ...argv: readonly string[]): string {
  const [program = '', ...rest] = [...root.exec, ...argv];
  return execFileSync(program, rest, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
