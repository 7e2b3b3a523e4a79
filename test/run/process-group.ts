/** Programs started in a process group of their own, so that they and their children can be ended together, by id. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface GroupOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each piece of standard output and standard error. */
  readonly output?: (text: string) => void;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ProcessGroup {
  readonly pid: number;
  /** Settles when the program itself ends; never rejects. A program that cannot start ends with code 127. */
  readonly ended: Promise<Ending>;
  /** Asks the group to end, insists after `graceMs`, and waits until none of it is left. Can be called again. */
  stop(graceMs?: number): Promise<void>;
}

/** Starts `command` as leader of a new process group (on Windows: of a process tree). */
export function startGroup(
  command: string,
  args: readonly string[],
  options: GroupOptions = {},
): ProcessGroup {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const output = options.output ?? (() => undefined);
  child.stdout.setEncoding('utf8').on('data', output);
  child.stderr.setEncoding('utf8').on('data', output);
  const ended = new Promise<Ending>(resolve => {
    child.once('error', error => {
      output(`${command}: ${error.message}\n`);
      resolve({ code: 127, signal: null });
    });
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  return { pid: child.pid ?? 0, ended, stop: graceMs => stopGroup(child, ended, graceMs ?? 4000) };
}

async function stopGroup(child: ChildProcess, ended: Promise<Ending>, graceMs: number): Promise<void> {
  const pid = child.pid;
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  const patience = new AbortController();
  await Promise.race([ended, delay(graceMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
  patience.abort();
  signalGroup(pid, 'SIGKILL');
  await ended;
  for (let tries = 0; tries < 100 && signalGroup(pid, 0); tries++) await delay(20);
}

/** Sends a signal to the group; false when nobody of it is left. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  if (process.platform === 'win32') {
    if (signal !== 0) spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return false;
  }
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Calls `then` when the process that started this one is gone. `npm` puts a shell between itself and a script, and a
 * signal sent to npm alone ends that shell only: nobody tells the script. Started without npm, it may outlive its parent
 * (nohup), and nothing is watched. Keeps no process alive by itself.
 */
export function whenParentIsGone(then: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    then();
  }, 500);
  look.unref();
}

/** A process that carries the mark of a run in its environment. */
export interface MarkedProcess {
  readonly pid: number;
  readonly commandLine: string;
}

/** Variable that every process of a run inherits; by it those that were left behind are found. */
export const RUN_MARK = 'DOMXML_TEST_RUN';

/** Processes whose environment says that they belong to run `mark`. Linux only; elsewhere nothing is known. */
export function processesOfRun(mark: string): readonly MarkedProcess[] {
  if (process.platform !== 'linux') return [];
  const found: MarkedProcess[] = [];
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    const environment = readProcess(pid, 'environ').split('\0');
    if (environment.includes(`${RUN_MARK}=${mark}`)) {
      found.push({ pid, commandLine: readProcess(pid, 'cmdline').replaceAll('\0', ' ').trim() });
    }
  }
  return found;
}

/**
 * Ends what is still running of run `mark`. What ends by itself within `graceMs` is not counted; the rest is killed
 * and returned.
 */
export async function endProcessesOfRun(mark: string, graceMs = 5000): Promise<readonly MarkedProcess[]> {
  const patience = Date.now() + graceMs;
  while (Date.now() < patience) {
    if (processesOfRun(mark).length === 0) return [];
    await delay(50);
  }
  const left = processesOfRun(mark);
  for (const { pid } of left) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended in the meantime.
    }
  }
  return left;
}

function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch {
    return ''; // It ended while we looked, or is somebody else's.
  }
}
