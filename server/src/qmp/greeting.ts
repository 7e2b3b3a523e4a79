/** The first message of a monitor: waiting for it, and what it means when it does not come. */

import {
  QmpAbortedError,
  QmpBusyError,
  type QmpDisconnectedError,
  QmpGreetingError,
  QmpVersionError,
} from './errors';
import { isJsonObject, jsonMember } from './json';
import type { JsonValue, QemuVersion } from './monitor';
import { parseJson } from './parse-json';

/** Bytes that a greeting may have: QEMU's has about 200. */
export const GREETING_BYTES = 64 * 1024;

export interface GreetingWait {
  readonly address: string;
  /** Milliseconds. */
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  /** Begins to read; `greeted` takes the first message, `ended` the end of the connection. */
  readonly start: (greeted: (message: string) => void, ended: (reason: QmpDisconnectedError) => void) => void;
  /** What has come so far without being a whole message. */
  readonly soFar: () => string;
}

/** The first message. Throws QmpBusyError, QmpGreetingError, QmpAbortedError. */
export function waitForGreeting({ address, deadline, signal, start, soFar }: GreetingWait): Promise<string> {
  return new Promise((resolve, reject) => {
    const release = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
    };
    const fail = (error: Error): void => {
      release();
      reject(error);
    };
    const aborted = (): void => fail(new QmpAbortedError(`Connecting to ${address}`, false));
    const timer = setTimeout(
      () => fail(soFar() === '' ? busy(address, deadline) : notQmp(address, soFar())),
      deadline,
    );
    signal?.addEventListener('abort', aborted);
    if (signal?.aborted === true) {
      aborted();
      return;
    }
    start(
      message => {
        release();
        resolve(message);
      },
      () => fail(soFar() === '' ? closed(address) : notQmp(address, soFar())),
    );
  });
}

/** QEMU's version from its greeting. Throws QmpGreetingError, and QmpVersionError before 6.0. */
export function readGreeting(text: string, address: string): QemuVersion {
  const version = versionOf(text);
  if (version === undefined) throw notQmp(address, text);
  if (version.major < 6) {
    const name = `${version.major}.${version.minor}.${version.micro}`;
    throw new QmpVersionError(
      name,
      `This VM runs QEMU ${name}. At least 6.0 is needed: older ones describe objects in another way.`,
    );
  }
  return version;
}

function versionOf(text: string): QemuVersion | undefined {
  let greeting: JsonValue;
  try {
    greeting = parseJson(text);
  } catch {
    return undefined;
  }
  const numbers = ['QMP', 'version', 'qemu'].reduce<JsonValue | undefined>(
    (value, key) => (isJsonObject(value) ? jsonMember(value, key) : undefined),
    greeting,
  );
  if (!isJsonObject(numbers)) return undefined;
  const major = jsonMember(numbers, 'major');
  const minor = jsonMember(numbers, 'minor');
  const micro = jsonMember(numbers, 'micro');
  if (typeof major !== 'number' || typeof minor !== 'number' || typeof micro !== 'number') return undefined;
  return { major, minor, micro };
}

function busy(address: string, deadline: number): QmpBusyError {
  const path = address.startsWith('unix:') ? ` ${address.slice('unix:'.length)}` : '';
  return new QmpBusyError(
    address,
    `${address} accepts the connection but does not greet (waited ${deadline / 1000} s). QEMU serves one client per socket, and somebody seems to hold this one: another editor window, domxml, libvirt, or a script. ` +
      `"ss -xp | grep -F${path === '' ? ' PORT' : ` ${quoted(path.trim())}`}" or "lsof${path === '' ? ' -i :PORT' : ` ${quoted(path.trim())}`}" tells who. Close that one, or start QEMU with a second -qmp socket. ` +
      `A frozen QEMU and a guest agent's socket are silent too.`,
  );
}

const quoted = (path: string): string =>
  /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

const closed = (address: string): QmpGreetingError =>
  new QmpGreetingError(
    'closed',
    address,
    `${address} closed the connection without a greeting: QEMU is just ending, or what listens there is not QMP.`,
  );

function notQmp(address: string, text: string): QmpGreetingError {
  return new QmpGreetingError('not-qmp', address, `What listens at ${address} is not QMP: ${guess(text)}`);
}

function guess(text: string): string {
  if (/QEMU [0-9.]+ monitor|\(qemu\)/.test(text)) {
    return 'it is QEMU\'s monitor for people (-monitor). Start QEMU with -qmp, or with "mode=control" in -mon.';
  }
  if (text.startsWith('RFB ')) return 'it is a VNC display.';
  if (text.startsWith('SSH-')) return 'it is an SSH server.';
  if (text.startsWith('NBDMAGIC')) return 'it is an NBD server.';
  if (text.startsWith('HTTP/')) return 'it is a web server.';
  const start = text.length > 60 ? `${text.slice(0, 60)}...` : text;
  return `it said ${JSON.stringify(start)} instead of a QMP greeting.`;
}
