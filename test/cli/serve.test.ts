/** `domxml serve --stdio`: the language server answers, and ends with its client. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputOf, startDomxml } from './domxml';

const message = (body: object): string => {
  const text = JSON.stringify({ jsonrpc: '2.0', ...body });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

const INITIALIZE = message({
  id: 1,
  method: 'initialize',
  params: { processId: null, rootUri: null, capabilities: {} },
});

test('initialize is answered on stdout, and exit ends the process with 0', async () => {
  const child = startDomxml(['serve', '--stdio']);
  const ran = outputOf(child);
  child.stdout?.once('data', () => {
    child.stdin?.write(message({ method: 'initialized', params: {} }));
    child.stdin?.write(message({ id: 2, method: 'shutdown' }) + message({ method: 'exit' }));
  });
  child.stdin?.write(INITIALIZE);
  const { code, stdout, stderr } = await ran;
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /^Content-Length: \d+\r\n/);
  assert.match(stdout, /"capabilities":\{/);
});

test('the end of its input ends the server', async () => {
  const child = startDomxml(['serve', '--stdio']);
  const ran = outputOf(child);
  child.stdout?.once('data', () => child.stdin?.end());
  child.stdin?.write(INITIALIZE);
  const { signal } = await ran;
  assert.equal(signal, null, 'it ended by itself');
});
