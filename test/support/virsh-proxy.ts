/** A program in virsh's place that lets something happen just before a certain command reaches virsh. */

import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';

export interface VirshProxy {
  /** Program and first arguments in the place of virsh's. */
  readonly command: readonly string[];
  /** Whether the armed line has come. */
  readonly met: boolean;
  /** Before the next line that `at` says yes to, of any connection, `act` is done; then the line is passed on. Once. */
  arm(at: (line: string) => boolean, act: () => Promise<void>): void;
}

/** In front of `virsh`, an argv prefix. Ends with the test. */
export async function startVirshProxy(t: TestContext, virsh: readonly string[]): Promise<VirshProxy> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-virsh-'));
  const path = join(folder, 'proxy.sock');
  const sockets = new Set<Socket>();
  let armed: { readonly at: (line: string) => boolean; readonly act: () => Promise<void> } | undefined;
  let met = false;
  const serve = async (socket: Socket): Promise<void> => {
    sockets.add(socket);
    // A connection that the product has ended.
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    for await (const line of createInterface({ input: socket })) {
      if (armed?.at(line) === true) {
        const { act } = armed;
        armed = undefined;
        met = true;
        await act();
      }
      socket.write('pass it on\n');
    }
  };
  const server = createServer(socket => void serve(socket).catch(() => socket.destroy()));
  await new Promise<void>(resolve => server.listen(path, resolve));
  t.after(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise(resolve => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });
  return {
    command: [process.execPath, join(__dirname, 'virsh-relay.js'), path, ...virsh],
    get met() {
      return met;
    },
    arm(at, act) {
      met = false;
      armed = { at, act };
    },
  };
}
