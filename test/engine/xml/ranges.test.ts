/** Every node's text, sliced out of the document, is what the node says it is. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  attributeNameSpan,
  attributeSpan,
  attributeValueSpan,
  childNodes,
  closeNameSpan,
  elementAt,
  isElement,
  nameSpan,
  nodeAt,
  spanOf,
  topNodes,
  type Located,
  type XmlNode,
} from '../../../server/src/engine';
import { EVERYDAY, parse } from '../../support/tree';

const DOCUMENTS = [
  EVERYDAY,
  EVERYDAY.replaceAll('\n', '\r\n'),
  `\uFEFF<domain type="kvm" id = '7' ><name >é日本🙂</name ></domain>`,
  `<!DOCTYPE domain [<!ENTITY a "b>"> <!-- ]> -->]><domain><a:b c='d' /></domain>`,
];

for (const [index, text] of DOCUMENTS.entries()) {
  test(`document ${index + 1}: slices match`, () => {
    const document = parse(text);
    const slice = ({ start, end }: { start: number; end: number }): string => text.slice(start, end);
    for (const node of allNodes(topNodes(document))) {
      const whole = slice(spanOf(node));
      switch (node.node.kind) {
        case 'element':
          assert.ok(isElement(node));
          checkElement(node, whole, slice);
          break;
        case 'text':
          assert.match(whole, /^[^<]+$/);
          break;
        case 'comment':
          assert.match(whole, /^<!--[^]*-->$/);
          break;
        case 'cdata':
          assert.match(whole, /^<!\[CDATA\[[^]*\]\]>$/);
          break;
        case 'processing-instruction':
          assert.ok(whole.startsWith(`<?${node.node.target}`) && whole.endsWith('?>'));
          break;
        case 'doctype':
          assert.match(whole, /^<!DOCTYPE[^]*>$/);
          break;
      }
      assert.equal(nodeAt(document, node.start)?.node, node.node, 'the node is found at its start');
    }
  });
}

function checkElement(
  node: Located,
  whole: string,
  slice: (span: { start: number; end: number }) => string,
): void {
  const { name } = node.node;
  assert.ok(whole.startsWith(`<${name}`));
  assert.equal(slice(nameSpan(node)), name);
  const close = closeNameSpan(node);
  if (node.node.selfClosing) assert.ok(whole.endsWith('/>'));
  else assert.equal(close && slice(close), name);
  for (const attribute of node.node.attributes) {
    assert.equal(slice(attributeNameSpan(node, attribute)), attribute.name);
    const value = slice(attributeValueSpan(node, attribute));
    assert.match(slice(attributeSpan(node, attribute)), /^[\w:]+\s*=\s*(['"])[^]*\1$/);
    assert.ok(!value.includes(attribute.quote));
  }
}

function* allNodes(top: readonly Located<XmlNode>[]): Generator<Located<XmlNode>> {
  for (const node of top) {
    yield node;
    if (isElement(node)) yield* allNodes(childNodes(node));
  }
}

test('the innermost element at an offset', () => {
  const document = parse(EVERYDAY);
  const at = (piece: string): string | undefined => elementAt(document, EVERYDAY.indexOf(piece))?.node.name;
  assert.equal(at("'gold'"), 'throttlefilter');
  assert.equal(at('A&amp;B'), 'serial');
  assert.equal(at('<!-- second'), 'devices');
  assert.equal(at('<?xml'), undefined);
});
