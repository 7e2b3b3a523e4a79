// What the tests need of the operating system, and how it is installed where it is missing.
// Nothing is installed without a `y`, and nothing at all where libvirtd runs: such a machine may carry VMs of people,
// and a new QEMU under a running libvirtd is not for a test runner to bring in.

import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline/promises';
import { spawn } from 'node:child_process';

/** Debian's package, and the program by which its presence is seen. */
const PARTS = [
  { package: 'qemu-system-x86', program: 'qemu-system-x86_64' },
  { package: 'qemu-utils', program: 'qemu-img' },
  { package: 'chromium', program: 'chromium' },
  { package: 'g++', program: 'g++' },
  { package: 'make', program: 'make' },
  { package: 'python3', program: 'python3' },
  { package: 'libxml2-utils', program: 'xmllint' },
  // Makes the roots with a real libvirt; only root can use it (roots.mjs).
  { package: 'debootstrap', program: 'debootstrap', onlyForRoot: true },
];

/**
 * Offers to install what is missing. `agreed` means that nobody is asked (CI=true, --yes).
 * Answers the programs that are still absent; the suites that need them say so themselves.
 */
export async function offerMissingParts({ agreed }) {
  const missing = missingParts();
  if (process.platform !== 'linux' || missing.length === 0) return missing.map(part => part.program);
  const obstacle = whyNotInstall();
  if (obstacle) {
    console.log(`Missing: ${missing.map(part => part.package).join(' ')}. Not installed: ${obstacle}`);
    return missing.map(part => part.program);
  }
  const line = installLine(missing);
  console.log(
    `Missing on this system: ${missing.map(part => part.package).join(' ')}. To install:\n  ${line}`,
  );
  if (!agreed && !(await confirmed('Install now?'))) return missing.map(part => part.program);
  const code = await new Promise(resolve => {
    spawn('sh', ['-c', line], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
      .on('error', () => resolve(1))
      .on('exit', resolve);
  });
  if (code !== 0) console.log(`Installing ended with code ${code}; going on without what is missing.`);
  return missingParts().map(part => part.program);
}

/** The whole line, shown as it is run. Names come from the fixed list above only. */
export function installLine(missing, root = process.getuid?.() === 0) {
  const sudo = root ? '' : 'sudo ';
  const names = missing.map(part => part.package).join(' ');
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${names}`;
}

export function missingParts(searchPath = process.env.PATH ?? '', root = process.getuid?.() === 0) {
  return PARTS.filter(part => (root || !part.onlyForRoot) && !onPath(part.program, searchPath));
}

export function onPath(program, searchPath) {
  return searchPath.split(path.delimiter).some(folder => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function whyNotInstall() {
  const daemon = runningLibvirt();
  if (daemon) return `${daemon} runs here, and packages under a running libvirt are left to its owner.`;
  if (!existsSync('/usr/bin/apt-get')) return 'there is no apt-get here; please install them yourself.';
  if (process.getuid?.() !== 0 && !onPath('sudo', process.env.PATH ?? '')) {
    return 'neither root nor sudo here.';
  }
  return undefined;
}

/** Name of a libvirt daemon among the processes, if there is one. */
export function runningLibvirt(processes = '/proc') {
  for (const entry of readdirSync(processes)) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const name = readFileSync(path.join(processes, entry, 'comm'), 'utf8').trim();
      if (name === 'libvirtd' || name === 'virtqemud') return name;
    } catch {
      // The process ended while we looked.
    }
  }
  return undefined;
}

/** Asks a person; where nobody is there to ask, that is a no. */
export async function confirmed(question) {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    console.log('Nobody to ask here: run in a terminal, or with --yes. Going on without.');
    return false;
  }
  const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} Type y, anything else goes on without: `);
  terminal.close();
  return answer.trim() === 'y';
}
