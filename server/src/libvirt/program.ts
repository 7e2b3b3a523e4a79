/** Starting the program that is virsh, or leads to it, and ending it with all that it has started. */

import type { ChildProcess, StdioOptions } from 'node:child_process';
import { spawn } from 'node:child_process';

/** Milliseconds between asking a process to end and ending it. */
const PATIENCE = 2000;

/**
 * Starts an argv in a process group and session of its own: no terminal that something below (ssh, getpass) could ask
 * questions on. Its environment is ours, but for what would change how virsh reads and speaks.
 */
export function startProgram(argv: readonly string[], stdio: StdioOptions): ChildProcess {
  const [program = '', ...rest] = argv;
  const child = spawn(program, rest, { stdio, detached: true, env: environment(), windowsHide: true });
  running.add(child);
  child.once('close', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/**
 * Ends the process and its group, by force where asking does not help. By a signal and not by closing its input: at the
 * end of its input virsh writes what we sent into the user's history file.
 */
export async function endProgram(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>(resolve => {
    const timer = setTimeout(() => signal(child, 'SIGKILL'), PATIENCE);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    signal(child, 'SIGTERM');
  });
  // What the program started and did not take with it: docker's or ssh's helpers.
  signal(child, 'SIGKILL');
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) signal(child, 'SIGTERM');
});

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // The group is gone, which is what was wanted.
  }
}

/**
 * English in UTF-8, since failures are told by their words; no readline set-up of the user's, which could change what we
 * type (INPUTRC, TERM); no debugging output between the answers.
 */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !TALKATIVE.includes(name));
  return { ...Object.fromEntries(kept), LC_ALL: 'C.UTF-8', TERM: 'dumb', INPUTRC: '/dev/null' };
}

const TALKATIVE = ['LANGUAGE', 'VIRSH_DEBUG', 'VIRSH_LOG_FILE', 'LIBVIRT_DEBUG', 'LIBVIRT_LOG_OUTPUTS'];
