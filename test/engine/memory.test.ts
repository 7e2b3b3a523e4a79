/** What was analysed and is used no more is let go. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SourceText, analyze } from '../../server/src/engine';
import { SIZES, benchDocument } from '../bench/documents';

/** Of some 700 KB and 1,000 disks: its tree and model take several megabytes. */
const { text } = benchDocument(SIZES[1]);

test('of many documents that are analysed without a pause none is kept', () => {
  const one = keptOf(text);
  const before = heapInUse();
  for (let round = 1; round <= 12; round++) {
    analyze(SourceText.of(text.replace('<name>', `<name>${round}`)));
  }
  // What V8 itself holds on to for a while may be the last one.
  const grown = heapInUse() - before;
  assert.ok(grown < one * 3, `${grown} bytes more than before; one document takes ${one}`);
});

test('a comment does not make all that stands behind it cost more', () => {
  // Offsets that were once compared with Infinity were floating-point numbers from there on, each an object of its own.
  const plain = keptOf(text);
  const commented = keptOf(text.replace('<name>', '<!-- once --><![CDATA[]]><?pi?>\n<name>'));
  assert.ok(commented < plain * 1.15, `${commented} bytes with a comment, ${plain} without`);
});

/** What one analysis keeps, bytes: the middle of some, of which the first makes what is kept for all documents. */
function keptOf(document: string): number {
  const sizes = Array.from({ length: 5 }, () => {
    const before = heapInUse();
    const analysis = analyze(SourceText.of(document));
    const after = heapInUse();
    assert.ok(analysis.domain !== undefined);
    return after - before;
  });
  return sizes.sort((a, b) => a - b)[2] ?? 0;
}

/** Bytes, after all that nobody holds is collected. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
