/** A scripted QMP peer: says what a test tells it, byte by byte where that matters. */

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { parseJson, type JsonValue, type QmpAddress } from '../../server/src/qmp';

/** Greeting of QEMU 10.0 with its line end. */
export const GREETING =
  '{"QMP": {"version": {"qemu": {"micro": 13, "minor": 0, "major": 10}, "package": "Debian"}, "capabilities": ["oob"]}}\r\n';

export interface PeerCommand {
  readonly execute: string;
  readonly arguments: JsonValue;
  readonly id: number;
}

export interface PeerConversation {
  /** Sends text or bytes as they are. */
  say(text: string | Uint8Array): void;
  /** Sends `{"return": ..., "id": ...}` as a line. */
  reply(command: PeerCommand, value?: string): void;
  /** The next command, in order; waits for it. Undefined when the client has gone. */
  next(): Promise<PeerCommand | undefined>;
  /** Ends the connection; `reset` by RST, as a crashed QEMU does (over TCP only). */
  end(how?: 'reset'): void;
  /** Text of all that came, and how many packets it came in. */
  readonly heard: { text: string; packets: number };
}

export interface Peer {
  readonly address: QmpAddress;
}

/**
 * Listens at a unix socket in a temp folder (or at TCP on loopback) and plays the script for each connection. Without
 * `greets: false` the greeting is said and qmp_capabilities answered before the script begins. Removed after the test.
 */
export async function scriptedPeer(
  t: TestContext,
  script: (peer: PeerConversation) => Promise<void> | void,
  options: { readonly greets?: false; readonly tcp?: true; readonly greeting?: string } = {},
): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-peer-'));
  const sockets = new Set<Socket>();
  const failures: unknown[] = [];
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    const conversation = converse(socket);
    const play = async (): Promise<void> => {
      if (options.greets !== false) {
        conversation.say(options.greeting ?? GREETING);
        const command = await conversation.next();
        if (command === undefined) return;
        conversation.reply(command);
      }
      await script(conversation);
    };
    play().catch((error: unknown) => failures.push(error));
  });
  const path = join(folder, 'peer.sock');
  await new Promise<void>(resolve => {
    if (options.tcp === true) server.listen(0, '127.0.0.1', resolve);
    else server.listen(path, resolve);
  });
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise(resolve => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
    if (failures.length > 0) throw failures[0];
  });
  const bound = server.address();
  return {
    address:
      typeof bound === 'object' && bound !== null
        ? { kind: 'tcp', host: '127.0.0.1', port: bound.port }
        : { kind: 'unix', path },
  };
}

function converse(socket: Socket): PeerConversation {
  const heard = { text: '', packets: 0 };
  const commands: PeerCommand[] = [];
  const waiting: ((command: PeerCommand | undefined) => void)[] = [];
  let line = '';
  let gone = false;
  socket.setEncoding('utf8').on('data', (data: string) => {
    heard.text += data;
    heard.packets++;
    line += data;
    for (let end = line.indexOf('\n'); end !== -1; end = line.indexOf('\n')) {
      const command = readCommand(line.slice(0, end));
      line = line.slice(end + 1);
      const waiter = waiting.shift();
      if (waiter === undefined) commands.push(command);
      else waiter(command);
    }
  });
  socket.on('close', () => {
    gone = true;
    for (const waiter of waiting.splice(0)) waiter(undefined);
  });
  const say = (text: string | Uint8Array): void => {
    if (socket.writable) socket.write(text);
  };
  return {
    heard,
    say,
    reply: ({ id }, value = '{}') => say(`{"return": ${value}, "id": ${id}}\r\n`),
    next: () => {
      const command = commands.shift();
      if (command !== undefined || gone) return Promise.resolve(command);
      return new Promise(resolve => waiting.push(resolve));
    },
    end: how => {
      if (how === 'reset') socket.resetAndDestroy();
      else socket.end();
    },
  };
}

function readCommand(line: string): PeerCommand {
  const command = parseJson(line) as { execute: string; arguments?: JsonValue; id: number };
  return { execute: command.execute, arguments: command.arguments ?? {}, id: command.id };
}
