import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  SourceText,
  applyEdits,
  attributeNamed,
  elementAt,
  moveElement,
  parseXml,
  removeAttribute,
  removeElement,
  removeSpans,
  renameElement,
  setAttribute,
} from '../../../server/src/engine';
import type { Located, SourceText as Source, TextEdit } from '../../../server/src/engine';

/** The text after an edit that finds elements by how they begin. */
function edited(
  text: string,
  edit: (source: Source, find: (begin: string) => Located) => TextEdit[],
): string {
  const source = SourceText.of(text);
  const document = parseXml(source);
  const find = (begin: string): Located =>
    elementAt(document, text.indexOf(begin)) ?? assert.fail(`no element begins with ${begin}`);
  return applyEdits(text, edit(source, find));
}

const removed = (text: string): string => edited(text, (source, find) => removeElement(source, find('<x')));

test('an element alone on its lines goes with them', () => {
  assert.equal(removed('<a>\n  <b/>\n  <x>\n    1\n  </x>  \n  <c/>\n</a>'), '<a>\n  <b/>\n  <c/>\n</a>');
  assert.equal(removed('<a>\r\n\t<x/>\r\n</a>'), '<a>\r\n</a>');
});

test('an element beside others goes alone', () => {
  assert.equal(removed('<a>\n  <x/> <!-- why -->\n</a>'), '<a>\n  <!-- why -->\n</a>');
  assert.equal(removed('<a>\n  <b/> <x/>\n</a>'), '<a>\n  <b/>\n</a>');
  assert.equal(removed('<a><b/><x/><c/></a>'), '<a><b/><c/></a>');
});

test('the last line of a text goes with the break before it', () => {
  assert.equal(removed('<a/>\n<x/>'), '<a/>');
});

test('neighbours on one line go as one', () => {
  const text = '<a>\n  <x/> <y/>\n</a>';
  const spans = [
    { start: text.indexOf('<x'), end: text.indexOf('<x') + 4 },
    { start: text.indexOf('<y'), end: text.indexOf('<y') + 4 },
  ];
  assert.equal(applyEdits(text, removeSpans(SourceText.of(text), spans)), '<a>\n</a>');
});

test('a moved element takes the indentation of its new place', () => {
  assert.equal(
    edited(
      `<domain>
  <name>m</name>
  <devices>
    <disk>
        <group>
          <limit>1</limit>
        </group>
    </disk>
  </devices>
</domain>`,
      (source, find) => moveElement(source, find('<group'), find('<domain'), { behind: find('<name') }),
    ),
    `<domain>
  <name>m</name>
  <group>
    <limit>1</limit>
  </group>
  <devices>
    <disk>
    </disk>
  </devices>
</domain>`,
  );
});

test('an element is renamed at both ends', () => {
  const rename = (text: string): string => edited(text, (_, find) => renameElement(find('<x'), 'name'));
  assert.equal(rename('<a><x b="1">2</x></a>'), '<a><name b="1">2</name></a>');
  assert.equal(rename('<a><x/></a>'), '<a><name/></a>');
});

test('an attribute keeps its quotes; a new one takes those around it', () => {
  const set = (text: string): string =>
    edited(text, (source, find) => setAttribute(source, find('<x'), 'group', `it's "a" & b`));
  assert.equal(set(`<x group='old'/>`), `<x group='it&apos;s "a" &amp; b'/>`);
  assert.equal(set(`<x group="old"/>`), `<x group="it's &quot;a&quot; &amp; b"/>`);
  assert.equal(set(`<x id="1"/>`), `<x id="1" group="it's &quot;a&quot; &amp; b"/>`);
  assert.equal(set(`<a id='1'><x/></a>`), `<a id='1'><x group='it&apos;s "a" &amp; b'/></a>`);
});

test('a removed attribute takes the blanks before it', () => {
  const text = `<x a='1'\n   b="2" />`;
  assert.equal(
    edited(text, (source, find) => {
      const element = find('<x');
      const attribute = attributeNamed(element.node, 'b');
      return attribute === undefined ? [] : removeAttribute(source, element, attribute);
    }),
    `<x a='1' />`,
  );
});
