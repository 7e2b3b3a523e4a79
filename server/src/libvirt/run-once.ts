/** One virsh process for one command that reads a file: the file is its standard input. */

import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VirshCommand } from '../engine';
import { plainWords } from './first-contact';
import {
  VirshAbortedError,
  VirshArgumentError,
  VirshCommandError,
  VirshEndedError,
  VirshTimeoutError,
} from './errors';
import { endProgram, startProgram } from './program';
import type { RunOptions, VirshOptions } from './options';
import { virshArgv } from './options';

/**
 * Runs the command with its `input`. It goes through a nameless file, not a pipe: Node's pipes are sockets, and
 * /dev/stdin cannot be opened where it is a socket. Throws what `run` of a Virsh throws.
 */
export async function runOnce(
  options: VirshOptions,
  { argv, input = '' }: VirshCommand,
  { signal, deadline = options.commandDeadline ?? 30_000 }: RunOptions = {},
): Promise<string> {
  const [name = ''] = argv;
  if (argv.some(part => part.includes('\0'))) {
    throw new VirshArgumentError(`${name}: a zero character cannot be given to virsh.`);
  }
  if (signal?.aborted === true) throw new VirshAbortedError(name, false);
  const file = await namelessFile(input);
  try {
    const child = startProgram([...virshArgv(options), ...argv], [file.fd, 'pipe', 'pipe']);
    const output = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    const code = await new Promise<number | null>((resolve, reject) => {
      const stop = (error: Error): void => {
        void endProgram(child).then(() => reject(error));
      };
      const timer = setTimeout(() => stop(new VirshTimeoutError(name, deadline)), deadline);
      const abort = (): void => stop(new VirshAbortedError(name, true));
      signal?.addEventListener('abort', abort, { once: true });
      child.once('error', error =>
        reject(new VirshEndedError(`virsh could not be started: ${error.message}`, false)),
      );
      child.once('close', status => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
        resolve(status);
      });
    });
    if (code !== 0) throw new VirshCommandError(name, plainWords(output.stderr) || 'no reason was given.');
    return output.stdout;
  } finally {
    await file.close();
  }
}

/** A file that only we can open, without a name as soon as it is open. */
async function namelessFile(text: string): ReturnType<typeof open> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-'));
  try {
    const path = join(folder, 'input.xml');
    const written = await open(path, 'wx', 0o600);
    await written.writeFile(text);
    await written.close();
    return await open(path, 'r');
  } finally {
    await rm(folder, { recursive: true });
  }
}
