/** A bare QMP connection for tests that must say exactly what goes over the wire. */

import { createConnection, type Socket } from 'node:net';

export interface QmpText {
  /** The next message, without its line end. Rejects when the connection has ended. */
  next(): Promise<string>;
  /** Sends the text as it is. */
  send(text: string): void;
  close(): void;
}

/** Connects; the greeting is the first message. */
export function qmpText(path: string): QmpText {
  const socket: Socket = createConnection(path);
  const lines: string[] = [];
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  let rest = '';
  let ended: Error | undefined;
  socket.setEncoding('utf8').on('data', (data: string) => {
    const parts = (rest + data).split('\r\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      const waiter = waiting.shift();
      if (waiter === undefined) lines.push(line);
      else waiter.resolve(line);
    }
  });
  const end = (error?: Error): void => {
    ended ??= error ?? new Error('The connection has ended.');
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  socket.on('error', end);
  socket.on('close', () => end());
  return {
    next: () => {
      const line = lines.shift();
      if (line !== undefined) return Promise.resolve(line);
      if (ended !== undefined) return Promise.reject(ended);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    send: text => void socket.write(text),
    close: () => void socket.destroy(),
  };
}
