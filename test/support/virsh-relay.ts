/**
 * The program between the product and virsh, for virsh-proxy.ts: `node virsh-relay.js SOCKET VIRSH...`. Every line of
 * standard input is told at the socket first and passed on once that has answered; the rest goes by unchanged, and so
 * does an input that is a file: for one command, which opens it as /dev/stdin.
 */

import { spawn } from 'node:child_process';
import { fstatSync } from 'node:fs';
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';

const [, , socketPath = '', program = '', ...args] = process.argv;
const isFile = fstatSync(process.stdin.fd).isFile();
const virsh = spawn(program, args, { stdio: [isFile ? 'inherit' : 'pipe', 'inherit', 'inherit'] });
virsh.once('error', error => {
  console.error(error.message);
  process.exit(127);
});
virsh.once('exit', code => process.exit(code ?? 1));
virsh.stdin?.on('error', () => undefined);

if (virsh.stdin !== null) void relay(virsh.stdin);

async function relay(input: Writable): Promise<void> {
  const proxy = createConnection(socketPath);
  proxy.on('error', () => process.exit(1));
  const leave = createInterface({ input: proxy })[Symbol.asyncIterator]();
  for await (const line of createInterface({ input: process.stdin })) {
    proxy.write(`${line}\n`);
    if ((await leave.next()).done === true) break;
    input.write(`${line}\n`);
  }
  proxy.end();
  input.end();
}
