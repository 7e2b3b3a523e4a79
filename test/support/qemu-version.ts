/** The QEMUs that tests run: this system's, and those of the Debians that test/tools/make-libvirt-root makes. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../host/repository';

/** Debian's name for a root: trixie has libvirt 11.3 and QEMU 10.0, forky libvirt 12.8 and QEMU 11.1. */
export type RootSuite = 'trixie' | 'forky';

/** Where roots and the guest's kernel are kept from run to run. */
export const REAL_PARTS = process.env['LIBVIRT_DOMAIN_ROOTS'] ?? '/var/tmp/libvirt-domain-xml';

/** The script that runs programs of a root. */
export const ROOT_TOOL = join(ROOT, 'test', 'tools', 'libvirt-root');

export interface QemuVersion {
  /** As QEMU itself says it, for titles of tests: `10.0.13`. */
  readonly version: string;
  readonly major: number;
  /** Program and first arguments, to which QEMU's own are added. */
  readonly command: readonly string[];
}

/** The QEMU of this system; where there is none, a skipped test says why, and with CI=true that is an error. */
export function systemQemu(): QemuVersion | undefined {
  return asked('this system', ['qemu-system-x86_64']);
}

/** The QEMU of a root; where there is none, a skipped test says why, and with CI=true that is an error. */
export function rootQemu(suite: RootSuite): QemuVersion | undefined {
  const folder = join(REAL_PARTS, suite);
  const obstacle = whyNoRoot(suite);
  if (obstacle !== undefined) return absent(`QEMU of ${suite}`, obstacle);
  return asked(suite, [ROOT_TOOL, 'exec', folder, 'qemu-system-x86_64']);
}

/** All that are here, oldest first: on a Debian 12 that is 7.2, 10.0 and 11.1. */
export function qemuVersions(): readonly QemuVersion[] {
  return [systemQemu(), rootQemu('trixie'), rootQemu('forky')].filter(version => version !== undefined);
}

/** Why nothing of a root can run here, in words; undefined where it can. */
export function whyNoRoot(suite: RootSuite): string | undefined {
  if (process.platform !== 'linux') return 'runs on Linux only';
  if (process.getuid?.() !== 0) return 'only root can enter a root folder';
  if (!existsSync(join(REAL_PARTS, suite, '.complete'))) {
    return `no complete root in ${join(REAL_PARTS, suite)}; npm test makes it`;
  }
  // A root sees this machine's /tmp and /var/tmp only.
  if (!/^\/(?:var\/)?tmp(?:\/|$)/.test(tmpdir())) return `TMPDIR is ${tmpdir()}, which is not below /tmp`;
  return undefined;
}

/** Leaves a skipped test with its reason in place of those that cannot be; where nothing may be left out, an error. */
export function absent(what: string, reason: string): QemuVersion | undefined {
  if (process.env['CI'] === 'true')
    throw new Error(`${what}: ${reason}, and with CI=true nothing is skipped.`);
  test(what, { skip: reason });
  return undefined;
}

function asked(where: string, command: readonly string[]): QemuVersion | undefined {
  const [program = '', ...first] = command;
  try {
    const words = execFileSync(program, [...first, '--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const version = /version (\d+)\.\d+\.\d+/.exec(words);
    if (version === null) return absent(`QEMU of ${where}`, `does not tell its version: ${words}`);
    return { version: version[0].slice('version '.length), major: Number(version[1]), command };
  } catch (error) {
    return absent(`QEMU of ${where}`, error instanceof Error ? error.message : String(error));
  }
}
