/** What was analysed and is used no more is let go. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SourceText, analyze } from '../../server/src/engine';
import { SIZES, benchDocument } from '../bench/documents';

test('of many documents that are analysed without a pause none is kept', () => {
  // Of some 700 KB and 1,000 disks: its tree and model take several megabytes.
  const { text } = benchDocument(SIZES[1]);
  const analyzeOne = (round: number): void => {
    const { findings } = analyze(SourceText.of(text.replace('<name>', `<name>${round}`)));
    assert.ok(findings.length < 1000);
  };
  analyzeOne(0);
  const before = heapInUse();
  for (let round = 1; round <= 12; round++) analyzeOne(round);
  const grown = (heapInUse() - before) / 1e6;
  assert.ok(grown < 5, `${grown.toFixed(1)} MB more than after the first`);
});

test('a comment does not make all that stands behind it cost more', () => {
  // Offsets that were once compared with Infinity were floating-point numbers from there on, each an object of its own.
  const { text } = benchDocument(SIZES[1]);
  const commented = text.replace('<name>', '<!-- once --><![CDATA[]]><?pi?>\n<name>');
  const kept = (document: string): number => {
    const before = heapInUse();
    const analysis = analyze(SourceText.of(document));
    const after = heapInUse();
    assert.ok(analysis.domain !== undefined);
    return after - before;
  };
  // The second of each: the first makes what is kept for all documents.
  const [, plain] = [kept(text), kept(text)];
  const [, withComment] = [kept(commented), kept(commented)];
  assert.ok(withComment < plain * 1.1, `${withComment} bytes with a comment, ${plain} without`);
});

/** Bytes, after all that nobody holds is collected. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
