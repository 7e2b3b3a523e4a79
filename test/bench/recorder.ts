/** What the product sends to a VM, kept, and sent again by a client that does nothing else. */

import { createConnection, type Socket } from 'node:net';
import { connectVm, parseVmAddress, type VmSession } from '../../server/src/vm';

/** Lines in the order in which they were sent. */
export type Exchange = readonly string[];

/** Keeps what is sent, from the transcript. */
export class Recorder {
  private lines: string[] = [];

  sent(text: string): void {
    this.lines.push(text);
  }

  async during(work: () => Promise<unknown>): Promise<Exchange> {
    this.lines = [];
    await work();
    return this.lines;
  }
}

/** Connects as the product does; what it sends is kept. */
export async function connect(path: string, recorder: Recorder): Promise<VmSession> {
  const address = parseVmAddress(`unix:${path}`);
  if (address.kind !== 'address') throw new Error('the address is good');
  return connectVm(address.address, {
    onTranscript: entry => {
      if (entry.direction === 'sent') recorder.sent(entry.text);
    },
  });
}

/** Sends the lines all at once and waits for as many replies: nothing but the socket and QEMU. */
export async function replay(path: string, lines: readonly string[]): Promise<void> {
  const socket = createConnection(path);
  try {
    await replies(socket, 1);
    const negotiated = replies(socket, 1);
    socket.write('{"execute":"qmp_capabilities"}\n');
    await negotiated;
    const done = replies(socket, lines.length);
    socket.write(lines.map(line => `${line}\n`).join(''));
    await done;
  } finally {
    socket.destroy();
  }
}

function replies(socket: Socket, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = count;
    const onData = (data: Buffer): void => {
      for (const byte of data) if (byte === 10) left--;
      if (left > 0) return;
      socket.off('data', onData);
      resolve();
    };
    socket.on('data', onData);
    socket.once('error', reject);
  });
}
