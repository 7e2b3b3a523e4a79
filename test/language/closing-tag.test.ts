import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closingTag } from '../../server/src/language';
import { atCursor } from '../support/marked-text';

/** The document after the editor has done what it is told; `$0` is where the cursor is then. */
function closed(marked: string): string {
  const { subject, position, text } = atCursor(marked);
  const answer = closingTag(subject, position);
  const offset = subject.analysis.source.offsetAt(position);
  const cursor = '$0';
  const inserted =
    answer === null ? cursor : answer.cursor === 'before' ? cursor + answer.newText : answer.newText + cursor;
  return text.slice(0, offset) + inserted + text.slice(offset);
}

const nothing = (marked: string): void => assert.equal(closed(marked), marked.replace(/^\n/, ''));

test('an open tag gets its close tag', () => {
  assert.equal(closed('<domain><devices>$0</domain>'), '<domain><devices>$0</devices></domain>');
  assert.equal(
    closed("<domain>\n  <devices>\n    <disk type='file'>$0\n  </devices>\n</domain>"),
    "<domain>\n  <devices>\n    <disk type='file'>$0</disk>\n  </devices>\n</domain>",
  );
  assert.equal(closed('<domain>$0'), '<domain>$0</domain>');
});

test('also before an element of the same name, and inside of one', () => {
  assert.equal(closed('<d><disk>$0\n<disk></disk></d>'), '<d><disk>$0</disk>\n<disk></disk></d>');
  assert.equal(closed('<a><a>$0</a>'), '<a><a>$0</a></a>');
});

test('a tag that is closed, or is no tag, gets nothing', () => {
  nothing('<a><a>$0</a></a>');
  nothing('<a><b/>$0</a>');
  nothing('<a></a>$0');
  nothing('<a><!-- <b>$0 --></a>');
  nothing('<a><![CDATA[<b>$0]]></a>');
  nothing("<a><b x='>$0'/></a>");
  nothing('<?xml version="1.0"?>$0<a/>');
  nothing('<a>1 >$0 2</a>');
  nothing('<>$0');
});

test('a close tag gets its name', () => {
  assert.equal(
    closed('<d>\n  <disk>\n    <target/>\n  </$0\n</d>'),
    '<d>\n  <disk>\n    <target/>\n  </disk>$0\n</d>',
  );
  assert.equal(closed('<d>\n <a>\n  <b>1</$0\n </a>\n</d>'), '<d>\n <a>\n  <b>1</b>$0\n </a>\n</d>');
  assert.equal(closed('<d><a>1</$0></d>'), '<d><a>1</a$0></d>');
  assert.equal(closed('<d></$0'), '<d></d>$0');
});

test('where nothing is open, or the name is there, nothing is completed', () => {
  nothing('<d><a></a></$0</d>');
  nothing('<d><a></$0a></d>');
  nothing('<d><a>1/$0</a></d>');
  nothing('</$0');
  nothing('<d><!-- </$0 --></d>');
});

test('names of any letters, and very many open elements', () => {
  assert.equal(closed('<Größe>$0'), '<Größe>$0</Größe>');
  assert.ok(closed(`${'<a>'.repeat(20_000)}</$0`).endsWith('</a>$0'));
});
