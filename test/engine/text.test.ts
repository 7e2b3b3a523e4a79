import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceText } from '../../server/src/engine';
import { seeded } from '../support/seeded';

/** What is typed: letters, line breaks of all kinds, and pieces of them that meet at the seams. */
const TYPED = ['', 'x', '\n', '\r', '\r\n', 'yy', 'a\nb', '\n\n', 'q'];

test('lines after edits are those of the text read anew, however the breaks are torn and joined', () => {
  const random = seeded(7);
  let source = SourceText.of('ab\r\ncd\nef\rgh\n');
  for (let number = 0; number < 5000; number++) {
    const { length } = source.text;
    const start = random(length + 1);
    const end = Math.min(length, start + (random(3) === 0 ? random(6) : 0));
    const newText = length > 120 ? '' : (TYPED[random(TYPED.length)] ?? '');
    const edited = source.edited({ span: { start, end }, newText });
    const anew = SourceText.of(edited.text);
    const words = `${JSON.stringify(source.text)}, [${start}, ${end}) to ${JSON.stringify(newText)}`;
    assert.equal(edited.text, source.text.slice(0, start) + newText + source.text.slice(end), words);
    assert.equal(edited.lineCount, anew.lineCount, words);
    for (let offset = 0; offset <= edited.text.length; offset++) {
      assert.deepEqual(edited.positionAt(offset), anew.positionAt(offset), words);
    }
    source = edited;
  }
});

test('typing in one line after another moves the lines behind both', () => {
  const typed = SourceText.of('a\nb\nc\n')
    .edited({ span: { start: 1, end: 1 }, newText: '1' })
    .edited({ span: { start: 2, end: 2 }, newText: '2' })
    .edited({ span: { start: 5, end: 5 }, newText: '3' });
  assert.equal(typed.text, 'a12\nb3\nc\n');
  assert.deepEqual(typed.positionAt(7), { line: 2, character: 0 });
  assert.equal(typed.offsetAt({ line: 2, character: 1 }), 8);
});
