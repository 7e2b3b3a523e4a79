/** Reading again after an edit gives exactly what reading everything gives. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceText } from '../../../server/src/engine';
import { reparse, type TextEdit } from '../../../server/src/engine';
import { seeded } from '../../support/seeded';
import { EVERYDAY, asData, parse } from '../../support/tree';

const PIECES = [
  '<',
  '>',
  '/',
  '</',
  "'",
  '"',
  '&',
  '&amp;',
  'x',
  '\n',
  ' ',
  '=',
  '<a>',
  '</a>',
  '<a/>',
  '</disk>',
  '<disk>',
  '</devices>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?',
  '?>',
  "a='b'",
  '</total_iops_sec>',
  '    <disk type="file">\n',
  '<b',
  'é',
  '\r\n',
];

test('10,000 random edits, one after another, small and large, mending and breaking', () => {
  const random = seeded(20261123);
  let document = parse(EVERYDAY);
  let shared = 0;
  for (let round = 0; round < 10_000; round++) {
    const { text } = document.source;
    // Begin anew before the text has fallen to pieces: edits in sound text are what has to be right most.
    if (round % 25 === 0) document = parse(EVERYDAY);
    const edit = randomEdit(document.source.text, random);
    const again = reparse(document, edit);
    const whole = parse(again.source.text);
    assert.deepEqual(asData(again), asData(whole), `round ${round}: ${JSON.stringify(edit)} on\n${text}`);
    assert.deepEqual(lineStarts(again.source), lineStarts(whole.source), `round ${round}: the line table`);
    if (again.children.some(child => document.children.includes(child))) shared++;
    document = again;
  }
  assert.ok(shared > 0);
});

function randomEdit(text: string, random: (below: number) => number): TextEdit {
  const start = random(text.length + 1);
  const kind = random(4);
  const length = kind === 0 ? 0 : kind === 1 ? random(4) : kind === 2 ? random(40) : 0;
  const newText = kind === 1 || kind === 2 ? '' : (PIECES[random(PIECES.length)] ?? '');
  return { span: { start, end: Math.min(text.length, start + length) }, newText };
}

test('an edit in one disk keeps every other node', () => {
  const document = parse(EVERYDAY);
  const at = EVERYDAY.indexOf('gold', EVERYDAY.indexOf('<disk'));
  const again = reparse(document, { span: { start: at, end: at + 4 }, newText: 'silver' });
  const path = (from: typeof document, ...names: string[]): unknown => {
    let holder: { children: readonly { kind: string; name?: string }[] } = from;
    for (const name of names) {
      const child = holder.children.find(node => node.kind === 'element' && node.name === name);
      assert.ok(child && 'children' in child);
      holder = child as typeof holder;
    }
    return holder;
  };
  assert.notEqual(path(again, 'domain', 'devices', 'disk'), path(document, 'domain', 'devices', 'disk'));
  assert.equal(path(again, 'domain', 'throttlegroups'), path(document, 'domain', 'throttlegroups'));
  assert.equal(
    path(again, 'domain', 'devices', 'interface'),
    path(document, 'domain', 'devices', 'interface'),
  );
});

const lineStarts = (source: SourceText): readonly number[] =>
  Array.from({ length: source.lineCount }, (_, line) => source.offsetAt({ line, character: 0 }));
