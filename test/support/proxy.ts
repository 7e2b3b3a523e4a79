/**
 * A QMP peer between a client and a real QEMU that lets one command go wrong: refused, executed without its reply
 * reaching the client, cut off before it, or preceded by something that happens meanwhile.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Fault =
  /** Answered with an error and not passed on. */
  | { readonly kind: 'refused' }
  /** Passed on and executed; then the connection ends before the reply. */
  | { readonly kind: 'reply-lost' }
  /** Passed on and executed; the reply never comes, the connection stays. */
  | { readonly kind: 'reply-swallowed' }
  /** The connection ends before it is passed on. */
  | { readonly kind: 'cut-before' }
  /** Something happens first, then it is passed on. */
  | { readonly kind: 'meanwhile'; readonly act: () => Promise<void> };

export interface Proxy {
  readonly path: string;
  /** Names of the commands since `arm`, in order, of all connections. */
  readonly seen: readonly string[];
  /** Counts anew; the `at`-th command from now on (from 1) meets the fault, or the first that `at` says yes to. */
  arm(
    at: number | ((command: string, line: string) => boolean),
    fault: Fault,
    times?: 'once' | 'always',
  ): void;
  /** No fault any more. */
  disarm(): void;
  /** Whether the fault has been met. */
  readonly met: boolean;
  /** Closes all connections and removes the socket. */
  stop(): Promise<void>;
}

export async function startProxy(upstream: string): Promise<Proxy> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-proxy-'));
  const path = join(folder, 'qmp.sock');
  const sockets = new Set<Socket>();
  let seen: string[] = [];
  let armed:
    | {
        readonly at: number | ((command: string, line: string) => boolean);
        readonly fault: Fault;
        readonly times: 'once' | 'always';
      }
    | undefined;
  let met = false;

  /** The fault of the next command, if it is its turn. */
  const faultOf = (command: string, line: string): Fault | undefined => {
    seen.push(command);
    if (armed === undefined) return undefined;
    const isTurn = typeof armed.at === 'number' ? seen.length === armed.at : armed.at(command, line);
    if (!isTurn) return undefined;
    const { fault, times } = armed;
    met = true;
    if (times === 'once') armed = undefined;
    return fault;
  };

  const serve = (client: Socket): void => {
    const qemu = createConnection(upstream);
    let dropReplyTo: unknown = NOTHING;
    let cutAtReply = false;
    const end = (): void => {
      client.destroy();
      qemu.destroy();
    };
    for (const socket of [client, qemu]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    onLines(qemu, line => {
      if (dropReplyTo !== NOTHING && idOf(line) === dropReplyTo) {
        dropReplyTo = NOTHING;
        if (cutAtReply) end();
        return;
      }
      client.write(`${line}\n`);
    });
    let turn = Promise.resolve();
    const pass = async (line: string): Promise<void> => {
      if (client.destroyed) return;
      const fault = faultOf(commandOf(line), line);
      switch (fault?.kind) {
        case 'refused': {
          const error = { class: 'GenericError', desc: 'refused by the test' };
          client.write(`${JSON.stringify({ id: idOf(line), error })}\n`);
          return;
        }
        case 'cut-before':
          end();
          return;
        case 'reply-lost':
        case 'reply-swallowed':
          dropReplyTo = idOf(line);
          cutAtReply = fault.kind === 'reply-lost';
          break;
        case 'meanwhile':
          await fault.act();
          break;
        case undefined:
          break;
      }
      qemu.write(`${line}\n`);
    };
    onLines(client, line => {
      turn = turn.then(() => pass(line));
    });
  };

  const server = createServer(serve);
  await new Promise<void>(resolve => server.listen(path, resolve));
  return {
    path,
    get seen() {
      return seen;
    },
    get met() {
      return met;
    },
    arm(at, fault, times = 'once') {
      seen = [];
      met = false;
      armed = { at, fault, times };
    },
    disarm() {
      armed = undefined;
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>(resolve => server.close(() => resolve()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const NOTHING = Symbol('no reply is dropped');

function onLines(socket: Socket, use: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') use(line.trimEnd());
  });
}

/** Our client's ids are small numbers, which JSON.parse keeps. */
const idOf = (line: string): unknown => (JSON.parse(line) as { readonly id?: unknown }).id;

const commandOf = (line: string): string =>
  String((JSON.parse(line) as { readonly execute?: unknown }).execute);
