/** The formatter on libvirt's own documents, judged by a parser that is not ours. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  LIBVIRT_STYLE,
  SourceText,
  applyEdits,
  formatDocument,
  parseXml,
  type FormatStyle,
} from '../../../server/src/engine';
import { infosetOf } from '../../support/infoset';
import { testWithShared } from '../../support/shared';

const STYLES: readonly (readonly [string, FormatStyle])[] = [
  ['as libvirt writes', LIBVIRT_STYLE],
  [
    'with tabs, double quotes and narrow lines',
    {
      ...LIBVIRT_STYLE,
      step: '\t',
      tabSize: 8,
      quotes: 'double',
      lineWidth: 40,
      blankLines: 0,
      end: 'line-break',
    },
  ],
];

for (const [title, style] of STYLES) {
  testWithShared(`documents of libvirt mean the same ${title}, and a second time nothing changes`, data => {
    let changed = 0;
    for (const [file, text] of documents(data)) {
      const document = parseXml(SourceText.of(text));
      assert.equal(document.problemCount, 0, file);
      const edits = formatDocument(document, style);
      const formatted = applyEdits(text, edits);
      if (edits.length > 0) changed++;
      assert.equal(infosetOf(formatted), infosetOf(text), file);
      assert.equal(withoutBlanks(formatted), withoutBlanks(text), file);
      assert.deepEqual(
        formatDocument(parseXml(SourceText.of(formatted)), style),
        [],
        `${file}, a second time`,
      );
      for (const { span, newText } of edits) {
        assert.notEqual(text.slice(span.start, span.end), newText, `${file}: an edit that changes nothing`);
      }
    }
    assert.ok(changed > 100, `only ${String(changed)} documents were changed: the test says little`);
  });
}

testWithShared('of what libvirt writes itself, the formatter changes next to nothing', data => {
  let untouched = 0;
  let all = 0;
  for (const [file, text] of documents(data)) {
    if (!file.startsWith('qemuxmlconfdata__')) continue;
    all++;
    if (formatDocument(parseXml(SourceText.of(text)), LIBVIRT_STYLE).length === 0) untouched++;
  }
  assert.ok(untouched / all > 0.9, `${String(untouched)} of ${String(all)} are laid out already`);
});

test('the judge sees what must not happen', () => {
  const text = `<a b='1' c='2'><!-- x --><d> y </d><e><![CDATA[ z ]]></e><f>  </f><g>t <h/> u</g></a>`;
  assert.equal(infosetOf(text.replace('><d', '>\n  <d')), infosetOf(text));
  for (const [from, to] of [
    [' y ', 'y'],
    [' z ', 'z'],
    ['>  <', '><'],
    ['t <', 't<'],
    [' x ', 'x'],
    ["b='1' c='2'", "c='2' b='1'"],
    ["'1'", "'1 '"],
    ['<h/>', ''],
  ] as const) {
    assert.notEqual(infosetOf(text.replace(from, to)), infosetOf(text), `${from} made ${to}`);
  }
});

const documents = (data: string): (readonly [string, string])[] =>
  readdirSync(join(data, 'corpus'))
    .filter(file => file.endsWith('.xml'))
    .map(file => [file, readFileSync(join(data, 'corpus', file), 'utf8')]);

/** All that is not blank, with one kind of quotes: not one character may be lost, be added or move. */
const withoutBlanks = (text: string): string => text.replace(/[ \t\r\n]+/g, '').replaceAll('"', "'");
