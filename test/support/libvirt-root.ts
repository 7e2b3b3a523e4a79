/** A real libvirtd with its QEMU, in namespaces of its own (test/tools/libvirt-root), and virsh beside it. */

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { absent, REAL_PARTS, ROOT_TOOL, whyNoRoot, type RootSuite } from './qemu-version';

export interface Libvirt {
  readonly suite: RootSuite;
  /** Program and first arguments of virsh, without a connect URI: what a user would set as libvirtDomain.virsh.command. */
  readonly command: readonly string[];
  /** A folder for images and sockets, whose paths are the same inside; gone with `stop`. */
  readonly folder: string;
  /** Runs virsh on qemu:///system and gives what it prints. Rejects with VirshError. */
  virsh(...args: readonly string[]): Promise<string>;
  /** Runs any other program beside libvirtd. Rejects with VirshError. */
  run(...command: readonly string[]): Promise<string>;
  /** Defines and starts a domain. */
  start(name: string, xml: string): Promise<void>;
  /** Starts a domain that has no persistent definition. */
  create(name: string, xml: string): Promise<void>;
  /** Ends libvirtd and starts it again, as an update of its package does; guests go on. */
  restartDaemon(): Promise<void>;
  /** libvirtd's own log, for failures that nobody understands. */
  log(): Promise<string>;
  /** Ends libvirtd and all its guests. May be called again. */
  stop(): Promise<void>;
}

/** A program beside libvirtd ended with another code than 0; the message is what it said. */
export class VirshError extends Error {
  override readonly name = 'VirshError';
}

/** The suites whose root is here; for the others a skipped test says why, and with CI=true that is an error. */
export function libvirtSuites(): readonly RootSuite[] {
  return (['trixie', 'forky'] as const).filter(suite => {
    const obstacle = whyNoRoot(suite);
    if (obstacle !== undefined) absent(`libvirt of ${suite}`, obstacle);
    return obstacle === undefined;
  });
}

/** Starts a libvirtd of its own for the test and waits until it answers. Throws with its words if it does not. */
export async function startLibvirt(t: TestContext, suite: RootSuite): Promise<Libvirt> {
  const libvirt = await holdLibvirt(suite);
  t.after(() => libvirt.stop());
  return libvirt;
}

/** As `startLibvirt`, for a whole file of tests: whoever asks must `stop` it. */
export async function holdLibvirt(suite: RootSuite): Promise<Libvirt> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-libvirt-'));
  const holder = spawn(ROOT_TOOL, ['hold', join(REAL_PARTS, suite)], { stdio: ['pipe', 'pipe', 'pipe'] });
  // Everything inside ends with the holder, and the holder with its standard input: so they do if we are killed.
  const killAtExit = (): void => void holder.kill('SIGKILL');
  process.once('exit', killAtExit);
  const ended = new Promise<void>(resolve => holder.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    holder.stdin.end();
    await ended;
    process.removeListener('exit', killAtExit);
    await rm(folder, { recursive: true, force: true });
  };
  const pid = await readyPid(holder).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const beside = [ROOT_TOOL, 'enter', pid];
  const run = (...command: readonly string[]): Promise<string> => runProgram([...beside, ...command]);
  const virsh = (...args: readonly string[]): Promise<string> =>
    run('virsh', '-c', 'qemu:///system', ...args);
  const written = async (name: string, xml: string): Promise<string> => {
    const file = join(folder, `${name}.xml`);
    await writeFile(file, xml);
    return file;
  };
  return {
    suite,
    command: [...beside, 'virsh'],
    folder,
    run,
    virsh,
    start: async (name, xml) => {
      await virsh('define', await written(name, xml));
      await virsh('start', name);
    },
    create: async (name, xml) => {
      await virsh('create', await written(name, xml));
    },
    restartDaemon: async () => {
      await run('bash', '-c', RESTART);
      await virsh('uri');
    },
    log: () => run('tail', '-n', '200', '/var/log/libvirt/libvirtd.log'),
    stop,
  };
}

/** Ends the QEMU of a running domain as a crash does. Libvirt keeps the process's number in a file. */
export async function killQemu(libvirt: Libvirt, name: string): Promise<void> {
  await libvirt.run('bash', '-c', 'kill -KILL "$(cat "/run/libvirt/qemu/$0.pid")"', name);
}

/** One that is ended before it is through with its start leaves its file of the pid behind, so the process counts. */
const RESTART = `
pid=$(cat /run/libvirtd.pid)
kill "$pid"
for _ in $(seq 600); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
rm -f /run/libvirtd.pid
exec libvirtd -d -p /run/libvirtd.pid`;

/** The tool says ready and its pid as soon as libvirtd answers. */
function readyPid(holder: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    let words = '';
    holder.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const pid = /^ready (\d+)$/m.exec(said)?.[1];
      if (pid !== undefined) resolve(pid);
    });
    holder.stderr?.setEncoding('utf8').on('data', (text: string) => (words += text));
    holder.once('error', reject);
    holder.once('close', () => reject(new Error(`libvirt did not start: ${said}${words}`)));
  });
}

function runProgram(command: readonly string[]): Promise<string> {
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new VirshError(`${stderr}${stdout}`.trim() || error.message));
    });
    child.stdin?.end();
  });
}
