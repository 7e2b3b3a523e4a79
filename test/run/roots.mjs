// The real libvirts that tests run: two Debians in folders and a small guest's kernel, kept from run to run. Plain Node,
// because they are made while packages are installed, the product is built and the unit suite runs.

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './prepare.mjs';
import { confirmed, onPath } from './system.mjs';

/** Where they are kept; test/support/qemu-version.ts knows the same folder. */
const REAL_PARTS = process.env.LIBVIRT_DOMAIN_ROOTS ?? '/var/tmp/libvirt-domain-xml';

const PARTS = [
  { name: 'trixie', command: ['make-libvirt-root', 'trixie'] },
  { name: 'forky', command: ['make-libvirt-root', 'forky'] },
  { name: 'guest', command: ['guest/make-guest'] },
];

/**
 * Begins to make what is missing or broken. `agreed` means that nobody is asked (CI=true, --yes). The promise inside the
 * answer never rejects: it gives in words why there is no real libvirt here, or undefined where there is.
 */
export async function offerRoots({ agreed }) {
  const obstacle = whyNoRoots();
  if (obstacle) return { ready: Promise.resolve(obstacle) };
  const missing = PARTS.filter(({ name }) => !existsSync(path.join(REAL_PARTS, name, '.complete')));
  if (missing.length > 0) {
    console.log(`Not made yet in ${REAL_PARTS}: ${missing.map(({ name }) => name).join(', ')}`);
    console.log(
      "They are two small Debians with libvirt and QEMU and a guest's kernel: 0.9 GB, some minutes.",
    );
    if (!agreed && !(await confirmed('Make them now?'))) {
      return { ready: Promise.resolve(`nobody agreed to make what is missing in ${REAL_PARTS}`) };
    }
  }
  // What stands is looked at, too: it may be broken, or made by an older recipe.
  mkdirSync(REAL_PARTS, { recursive: true });
  const reasons = Promise.all(PARTS.map(make));
  return { ready: reasons.then(list => list.find(reason => reason !== undefined)) };
}

/** Why there can be no root on this machine, in words; undefined where there can. */
export function whyNoRoots(system = thisSystem()) {
  const { platform, release, user, searchPath } = system;
  if (platform !== 'linux') return 'runs on Linux only';
  if (!/^ID=debian$/m.test(release)) return 'needs a Debian: the kernel of the guest is one of its packages';
  if (user !== 0) return 'needs root, to make and enter root folders with a libvirt in them';
  if (!onPath('debootstrap', searchPath)) return 'needs the package debootstrap';
  return undefined;
}

function thisSystem() {
  const release = '/etc/os-release';
  return {
    platform: process.platform,
    release: existsSync(release) ? readFileSync(release, 'utf8') : '',
    user: process.getuid?.(),
    searchPath: process.env.PATH ?? '',
  };
}

/** Answers why it failed, with the last words of the making; undefined where it stands. */
function make({ name, command: [script, ...args] }) {
  return new Promise(resolve => {
    // A group of its own: when this run is stopped, however, the whole making ends with it, and the next one begins anew.
    const child = spawn(path.join(ROOT, 'test/tools', script), [...args, path.join(REAL_PARTS, name)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const end = () => endGroup(child.pid);
    process.once('exit', end);
    let words = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', text => (words = (words + text).slice(-3000)));
    }
    child.on('error', error => resolve(`${script} does not run: ${error.message}`));
    child.on('close', code => {
      process.removeListener('exit', end);
      resolve(code === 0 ? undefined : `${[script, ...args].join(' ')} failed (${code}):\n${words}`);
    });
  });
}

function endGroup(pid) {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
