/** Libvirt's schemas from a host that the user names, over ssh. */

import { endProgram, startProgram } from './program';
import { filesInTar } from './tar';
import { connectUri, hostOf, transportOf } from './uri';

export type FetchedSchemas =
  | { readonly kind: 'fetched'; readonly host: string; readonly files: ReadonlyMap<string, string> }
  /** Nothing was run, or nothing of use came; why and what helps, in words. */
  | { readonly kind: 'refused'; readonly message: string };

export interface FetchOptions {
  /** An argv prefix in the place of ssh, for tests. */
  readonly ssh?: readonly string[];
  /** Milliseconds for all of it; 60,000 where not given. */
  readonly deadline?: number;
  readonly signal?: AbortSignal;
}

/**
 * `from` is a connection URI of libvirt over ssh (`qemu+ssh://root@host/system`) or what ssh itself takes (`root@host`).
 * Runs `ssh HOST tar -C /usr/share/libvirt/schemas -cf - .` without a shell on this side and without a terminal: ssh
 * fails where it would ask. Only `*.rng` files are kept. Never throws.
 */
export async function fetchSchemas(from: string, options: FetchOptions = {}): Promise<FetchedSchemas> {
  const target = sshTarget(from);
  if (target.kind === 'refused') return target;
  const { ssh = ['ssh'], deadline = 60_000, signal } = options;
  const port = target.port === undefined ? [] : ['-p', target.port];
  const argv = [...ssh, ...SSH_OPTIONS, ...port, '--', target.host, ...REMOTE];
  const ran = await outputOf(argv, deadline, signal);
  if (ran.kind === 'failed') return refused(`${target.host} did not send its schemas: ${ran.message}`);
  try {
    const files = new Map([...filesInTar(ran.output)].filter(([name]) => /^[A-Za-z0-9_-]+\.rng$/.test(name)));
    if (!files.has('domain.rng')) {
      return refused(`${target.host} has no domain.rng in ${REMOTE_FOLDER}. Is libvirt installed there?`);
    }
    return { kind: 'fetched', host: target.host, files };
  } catch (error) {
    return refused(`What ${target.host} sent is no tar archive of schemas: ${messageOf(error)}.`);
  }
}

const REMOTE_FOLDER = '/usr/share/libvirt/schemas';
const REMOTE = ['tar', '-C', REMOTE_FOLDER, '-cf', '-', '.'];
const SSH_OPTIONS = ['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=15'];

/** Those of libvirt 12.8 come to 700 KB. */
const MOST_BYTES = 16 * 1024 * 1024;

type SshTarget =
  | { readonly kind: 'host'; readonly host: string; readonly port: string | undefined }
  | { readonly kind: 'refused'; readonly message: string };

/** A host can't be an option or anything else than `user@host`: `--` stands before it as well. */
function sshTarget(from: string): SshTarget {
  const text = from.trim();
  if (!text.includes('://')) {
    return PLAIN_HOST.test(text)
      ? { kind: 'host', host: text, port: undefined }
      : refused(
          `${JSON.stringify(from)} is no host. Write for example root@host, or qemu+ssh://root@host/system.`,
        );
  }
  const checked = connectUri(text);
  if (checked.kind === 'refused') return checked;
  const host = hostOf(text)?.replace(/^\[(.*)\]$/, '$1');
  if (transportOf(text) !== 'ssh' || host === undefined) {
    return refused(
      `${text} is not reached over ssh, so there is no way to read its files. Write qemu+ssh://root@host/system.`,
    );
  }
  const user = /:\/\/([^@/?#]*)@/.exec(text)?.[1];
  const named = user === undefined ? host : `${user}@${host}`;
  if (!PLAIN_HOST.test(named)) return refused(`${JSON.stringify(named)} is no host that ssh could reach.`);
  return {
    kind: 'host',
    host: named,
    port: /:\/\/(?:[^@/?#]*@)?(?:\[[^\]]*\]|[^:/?#]+):([0-9]+)/.exec(text)?.[1],
  };
}

const PLAIN_HOST = /^(?:[A-Za-z0-9_][A-Za-z0-9_.-]*@)?[A-Za-z0-9_:][A-Za-z0-9_.:%-]*$/;

type Ran =
  | { readonly kind: 'output'; readonly output: Buffer }
  | { readonly kind: 'failed'; readonly message: string };

function outputOf(argv: readonly string[], deadline: number, signal: AbortSignal | undefined): Promise<Ran> {
  if (signal?.aborted === true) return Promise.resolve(failed('it was cancelled.'));
  return new Promise(resolve => {
    const child = startProgram(argv, ['ignore', 'pipe', 'pipe']);
    const chunks: Buffer[] = [];
    let bytes = 0;
    let words = '';
    let why: string | undefined;
    const stop = (message: string): void => {
      why ??= message;
      void endProgram(child);
    };
    const timer = setTimeout(() => stop(`it took longer than ${String(deadline / 1000)} s.`), deadline);
    const abort = (): void => stop('it was cancelled.');
    signal?.addEventListener('abort', abort, { once: true });
    const end = (ran: Ran): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve(ran);
    };
    child.stdout?.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) stop(`it sent more than ${String(MOST_BYTES / 1024 / 1024)} MiB.`);
      else chunks.push(chunk);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = `${words}${text}`.slice(-2000)));
    child.once('error', error => end(failed(`ssh could not be started: ${error.message}.`)));
    child.once('close', code => {
      if (why !== undefined) end(failed(why));
      else if (code === 0) end({ kind: 'output', output: Buffer.concat(chunks) });
      else end(failed(words.trim() || `ssh ended with ${String(code)}.`));
    });
  });
}

const failed = (message: string): Ran => ({ kind: 'failed', message });

const refused = (message: string) => ({ kind: 'refused', message }) as const;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
