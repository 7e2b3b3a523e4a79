/** The compiled command line as a child process, as a user's shell would run it. */

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { TEST_STATE } from '../support/state-folder';

export const ROOT = join(__dirname, '..', '..', '..');
export const SAMPLES = join(ROOT, 'samples');
const MAIN = join(ROOT, 'out', 'server', 'src', 'cli', 'main.js');
/** As it is installed. */
export const BUNDLE = join(ROOT, 'dist', 'cli.js');

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The compiled sources where not given. */
  readonly program?: string;
}

/** Runs `domxml` to its end. Neither stdin nor stdout nor stderr is a terminal. */
export async function domxml(words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const child = startDomxml(words, options);
  const ran = outputOf(child);
  child.stdin?.on('error', () => undefined); // It may end without reading.
  child.stdin?.end(options.stdin ?? '');
  return ran;
}

/** Starts `domxml` and leaves it running: for commands that serve until they are ended. */
export const startDomxml = (words: readonly string[], options: RunOptions = {}): ChildProcess =>
  spawn(process.execPath, [options.program ?? MAIN, ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: options.cwd,
    env: { ...process.env, XDG_STATE_HOME: TEST_STATE, ...options.env },
  });

/** Everything that a process writes, once it has ended. */
export function outputOf(child: ChildProcess): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise(resolve => {
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** Runs `domxml` on a terminal of its own and types `answer` once it asks. Gives all that the terminal showed. */
export function onTerminal(words: readonly string[], answer: string): Promise<string> {
  const command = [process.execPath, MAIN, ...words]
    .map(word => `'${word.replaceAll("'", "'\\''")}'`)
    .join(' ');
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, XDG_STATE_HOME: TEST_STATE },
  });
  let shown = '';
  let answered = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    if (answered || !shown.includes('[y/N]')) return;
    answered = true;
    child.stdin.write(answer);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(shown));
  });
}

/** A folder for one test, removed with it; its path is free of symbolic links. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'domxml-cli-')));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A practice VM of the command line. */
export interface Practice {
  /** Its address. */
  readonly vm: string;
  readonly path: string;
  /** Ends it by a signal, and gives what it wrote. */
  readonly end: (signal: NodeJS.Signals) => Promise<Ran>;
}

/** Starts `domxml simulate` and waits for the address on its stdout. */
export async function practice(t: TestContext, document: string): Promise<Practice> {
  const path = join(await temporaryFolder(t), 'vm.sock');
  const child = startDomxml(['simulate', document, '--listen', `unix:${path}`]);
  const ran = outputOf(child);
  t.after(() => child.kill('SIGKILL'));
  assert.ok(child.stdout);
  const lines = createInterface({ input: child.stdout });
  const [vm] = await Promise.race([
    new Promise<string[]>(resolve => lines.once('line', line => resolve([line]))),
    ran.then(({ stderr }) => assert.fail(`simulate ended: ${stderr}`)),
  ]);
  assert.equal(vm, `unix:${path}`);
  const end = (signal: NodeJS.Signals): Promise<Ran> => {
    child.kill(signal);
    return ran;
  };
  return { vm, path, end };
}

/** A small good document with some throttle groups. */
export const GOOD = `<domain type='kvm'>
  <name>vm1</name>
  <memory unit='MiB'>64</memory>
  <throttlegroups>
    <throttlegroup>
      <total_iops_sec>100</total_iops_sec>
      <group_name>gold</group_name>
    </throttlegroup>
  </throttlegroups>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  <devices>
    <disk type='file' device='disk'>
      <source file='/tmp/a.raw'/>
      <target dev='vda' bus='virtio'/>
      <throttlefilters>
        <throttlefilter group='gold'/>
      </throttlefilters>
    </disk>
  </devices>
</domain>
`;

/** The same with one mistake: the filter names a group that is not there. */
export const BAD = GOOD.replace("<throttlefilter group='gold'/>", "<throttlefilter group='glod'/>");
