/** The formatter on documents that are broken at random: nothing but blanks ever changes. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import {
  LIBVIRT_STYLE,
  SourceText,
  applyEdits,
  formatDocument,
  formatRange,
  parseXml,
} from '../../../server/src/engine';
import { ROOT } from '../../host/repository';
import { seeded } from '../../support/seeded';

const SAMPLES = ['db01.domain.xml', 'db01-with-mistakes.domain.xml', 'iotune.domain.xml'].map(file =>
  readFileSync(path.join(ROOT, 'samples', file), 'utf8'),
);

const PIECES = [
  '<',
  '>',
  '/',
  "'",
  '"',
  '=',
  '<a>',
  '</a>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?x',
  '?>',
  '{{',
  '&',
  '\r\n',
  '\n\n\n',
  '\t',
  'x',
  '<disk>',
  '</disk>',
  '<!DOCTYPE',
];

function mutant(random: (bound: number) => number): string {
  let text = SAMPLES[random(SAMPLES.length)] ?? '';
  for (let count = 1 + random(4); count > 0; count--) {
    const at = random(text.length);
    const taken = random(2) === 0 ? random(12) : 0;
    const piece = random(5) > 0 ? (PIECES[random(PIECES.length)] ?? '') : '';
    text = text.slice(0, at) + piece + text.slice(at + taken);
  }
  return random(3) === 0 ? text.replace(/^ +/gm, '') : text;
}

const withoutBlanks = (text: string): string => text.replace(/[ \t\r\n]+/g, '').replaceAll('"', "'");

test('2,000 broken documents keep every character, and what is laid out stays laid out', () => {
  const random = seeded(20261123);
  let changed = 0;
  for (let round = 0; round < 2000; round++) {
    const text = mutant(random);
    const edits = formatDocument(parseXml(SourceText.of(text)), LIBVIRT_STYLE);
    const after = applyEdits(text, edits);
    if (edits.length > 0) changed++;
    assert.ok(withoutBlanks(after) === withoutBlanks(text), `round ${String(round)}:\n${text}`);
    const again = formatDocument(parseXml(SourceText.of(after)), LIBVIRT_STYLE);
    assert.deepEqual(again, [], `round ${String(round)}, a second time:\n${text}\n----\n${after}`);
    const faults = (of: string): number => parseXml(SourceText.of(of)).problemCount;
    assert.equal(
      faults(after),
      faults(text),
      `round ${String(round)}: other faults:\n${text}\n----\n${after}`,
    );
  }
  assert.ok(changed > 200, `only ${String(changed)} were changed`);
});

test('a range of a broken document keeps every character outside of it', () => {
  const random = seeded(7);
  for (let round = 0; round < 1000; round++) {
    const text = mutant(random);
    const source = SourceText.of(text);
    const start = random(text.length);
    const end = Math.min(text.length, start + random(200));
    const edits = formatRange(parseXml(source), LIBVIRT_STYLE, { start, end });
    const from = source.lineStartAt(start);
    const lineEnd = source.offsetAt({ line: source.positionAt(end).line, character: 1e9 });
    for (const { span } of edits) {
      assert.ok(span.end >= from && span.start <= lineEnd, `round ${String(round)}: ${JSON.stringify(span)}`);
    }
    assert.equal(withoutBlanks(applyEdits(text, edits)), withoutBlanks(text), `round ${String(round)}`);
  }
});
