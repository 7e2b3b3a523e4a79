/** Formatting as an editor asks for it; how it lays out is shown in test/engine/format. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatting, onTypeFormatting, rangeFormatting } from '../../server/src/language';
import { DEFAULT_SETTINGS } from '../../server/src/protocol';
import { atCursor, subjectOf, withEdits } from '../support/marked-text';

const TWO_BLANKS = { tabSize: 2, insertSpaces: true };
const { format } = DEFAULT_SETTINGS;

test('the indentation is the editor’s, the rest the settings’', () => {
  const text = '<a>\n<b x="1" y="2"/></a>';
  const with_ = (options: Parameters<typeof formatting>[1], settings = format): string =>
    withEdits(text, formatting(subjectOf(text), options, settings));
  assert.equal(with_(TWO_BLANKS), "<a>\n  <b x='1' y='2'/>\n</a>");
  assert.equal(with_({ tabSize: 4, insertSpaces: true }), "<a>\n    <b x='1' y='2'/>\n</a>");
  assert.equal(with_({ tabSize: 8, insertSpaces: false }), "<a>\n\t<b x='1' y='2'/>\n</a>");
  assert.equal(with_({ ...TWO_BLANKS, insertFinalNewline: true }), "<a>\n  <b x='1' y='2'/>\n</a>\n");
  assert.equal(
    with_(TWO_BLANKS, { quotes: 'keep', lineWidth: 10, blankLines: 0 }),
    '<a>\n  <b x="1"\n     y="2"/>\n</a>',
  );
});

test('an editor that sends nonsense for the indentation gets a sane one', () => {
  const text = '<a>\n<b/>\n</a>';
  for (const tabSize of [0, -3, NaN, 1e9]) {
    const after = withEdits(text, formatting(subjectOf(text), { tabSize, insertSpaces: true }, format));
    assert.match(after, /^<a>\n {1,16}<b\/>\n<\/a>$/, String(tabSize));
  }
});

test('a document that is laid out gets no edits, a small fault a small one', () => {
  const good = "<domain type='kvm'>\n  <name>vm</name>\n</domain>\n";
  assert.deepEqual(formatting(subjectOf(good), TWO_BLANKS, format), []);
  assert.deepEqual(formatting(subjectOf(good.replace('  <name', '   <name')), TWO_BLANKS, format), [
    { range: { start: { line: 1, character: 2 }, end: { line: 1, character: 3 } }, newText: '' },
  ]);
});

test('very many edits are joined into pieces, and the document becomes the same', () => {
  const disks = (count: number): string =>
    `<a>\n${'<disk  type="file">\r\n<target dev="vda"/></disk>\n'.repeat(count)}</a>\n`;
  const tidy = (count: number): string =>
    `<a>\n${"  <disk type='file'>\r\n    <target dev='vda'/>\r\n  </disk>\n".repeat(count)}</a>\n`;
  for (const count of [3, 2000]) {
    const text = disks(count);
    const edits = formatting(subjectOf(text), TWO_BLANKS, format);
    assert.equal(withEdits(text, edits).replaceAll('\r', ''), tidy(count).replaceAll('\r', ''));
    assert.ok(edits.length > count * 6 === count < 10, `${String(edits.length)} edits`);
    assert.ok(edits.every(({ newText }) => newText.length < 8000));
  }
});

test('a range', () => {
  const text = '<a>\n<b/>\n<c/>\n</a>';
  const range = { start: { line: 2, character: 1 }, end: { line: 2, character: 2 } };
  const edits = rangeFormatting(subjectOf(text), range, TWO_BLANKS, format);
  assert.equal(withEdits(text, edits), '<a>\n<b/>\n  <c/>\n</a>');
});

/** The document after the last character before `$0` was typed. */
function typed(marked: string): string {
  const { subject, position, text } = atCursor(marked);
  const offset = subject.analysis.source.offsetAt(position);
  const key = text[offset - 1] === '>' ? '>' : '\n';
  return withEdits(text, onTypeFormatting(subject, position, key, TWO_BLANKS, format));
}

test('a new line is indented for its place', () => {
  assert.equal(typed('<a>\n      <b>\n$0\n  </b>\n</a>'), '<a>\n      <b>\n        \n  </b>\n</a>');
  assert.equal(typed('<a>\n  <b/>\n$0<c/>\n</a>'), '<a>\n  <b/>\n  <c/>\n</a>');
  assert.equal(typed('<a>\n  <b/>\n$0</a>'), '<a>\n  <b/>\n</a>');
  assert.equal(typed('<a>\n  <b>\n$0</b>\n</a>'), '<a>\n  <b>\n  </b>\n</a>');
  assert.equal(typed('<a>\n  <b/>\n          $0\n</a>'), '<a>\n  <b/>\n  \n</a>');
});

test('a new line in text, in a comment, in a tag or in CDATA is the writer’s', () => {
  for (const text of [
    '<a>\n  <b>one\n$0two</b>\n</a>',
    '<a>\n  <!-- one\n$0two -->\n</a>',
    "<a>\n  <b x='1'\n$0y='2'/>\n</a>",
    "<a>\n  <b x='1\n$02'/>\n</a>",
    '<a>\n  <b><![CDATA[\n$0]]></b>\n</a>',
    '<a>text\n$0<b/></a>',
    "<a xml:space='preserve'>\n$0<b/></a>",
    '\n$0<a/>',
  ]) {
    assert.equal(typed(text), atCursor(text).text, text);
  }
});

test('a close tag goes where its element stands, a tag that closes itself a step in', () => {
  assert.equal(typed('<a>\n  <b>\n    <c/>\n    </b>$0\n</a>'), '<a>\n  <b>\n    <c/>\n  </b>\n</a>');
  assert.equal(typed('<a>\n<c/>$0\n</a>'), '<a>\n  <c/>\n</a>');
  for (const text of [
    '<a>\n  <b>text\n    </b>$0\n</a>',
    '<a>\n   text <c/>$0\n</a>',
    '<a>\n<b>$0\n</a>',
    '<a>\n<!-- <c/>$0 -->\n</a>',
    '<a>\n  <x/><c/>$0\n</a>',
  ]) {
    assert.equal(typed(text), atCursor(text).text, text);
  }
});
