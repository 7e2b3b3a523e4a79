/** Hostile text neither hangs, nor overflows, nor reaches anything outside of itself. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceText, analyze, reparse, rootElement, textContent } from '../../../server/src/engine';
import { elementPaths, parse, problemsOf } from '../../support/tree';

test('100,000 levels of nesting, closed and unclosed', () => {
  const deep = `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`;
  const document = parse(deep);
  assert.equal(document.problemCount, 0);
  assert.equal(analyze(SourceText.of(`<domain>${deep}</domain>`)).findings.length, 0);
  const again = reparse(document, { span: { start: 300_000, end: 300_000 }, newText: 'x' });
  assert.equal(again.problemCount, 0);
  assert.equal(parse('<a>'.repeat(100_000)).problemCount, 1);
  assert.equal(parse('<a>\n'.repeat(100_000)).problemCount, 1);
  assert.ok(parse('</a>'.repeat(100_000)).problemCount > 0);
  assert.ok(parse(`${'<a>'.repeat(50_000)}${'</b>'.repeat(50_000)}`).problemCount > 0);
});

test('work grows with the text, whatever is repeated', () => {
  const pieces = [
    '<',
    '<!--',
    '<![CDATA[',
    '<!DOCTYPE ',
    '<?x',
    "<a b='",
    "a='<",
    '&',
    '<a ',
    ']]>',
    "<a b='1'",
    '"',
    '<a>\n',
    '</a',
  ];
  for (const piece of pieces) {
    const text = `<domain>${piece.repeat(Math.ceil(400_000 / piece.length))}`;
    // A quadratic reader would take minutes here; the test runner's own deadline is the judge.
    assert.equal(parse(text).source.text.length, text.length);
  }
  const attributes = Array.from({ length: 50_000 }, (_, index) => `a${index}='1'`).join(' ');
  assert.equal(parse(`<domain ${attributes}/>`).problemCount, 0);
});

test('an attribute of 10 MB is one attribute', () => {
  const document = parse(`<domain type='${'x'.repeat(10_000_000)}'/>`);
  assert.equal(document.problemCount, 0);
  assert.equal(rootElement(document)?.node.attributes.length, 1);
});

test('entity bombs are not expanded, external entities not loaded', () => {
  const bomb = `<!DOCTYPE domain [
  <!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
  <!ENTITY x SYSTEM "file:///etc/passwd">
]>
<domain><name>&b;&x;</name></domain>`;
  const document = parse(bomb);
  const root = rootElement(document);
  assert.ok(root);
  assert.equal(textContent(bomb, root), '&b;&x;');
  assert.equal(document.problemCount, 0);
});

test('what an entity gives is not read again', () => {
  const text = '<domain>&amp;lt;&#38;amp;</domain>';
  const root = rootElement(parse(text));
  assert.ok(root);
  assert.equal(textContent(text, root), '&lt;&amp;');
});

test('prototype names are names', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  const text = `<domain>${names.map(name => `<${name} ${name}='1'/>`).join('')}</domain>`;
  assert.deepEqual(
    elementPaths(parse(text)).slice(1),
    names.map(name => `/domain[1]/${name}[1]`),
  );
  assert.deepEqual(problemsOf(parse(text)), []);
});

test('above 32 MB one note says what is checked', () => {
  const analysis = analyze(SourceText.of(`<domain><name>${'x'.repeat(33 * 1024 * 1024)}</name></domain>`));
  assert.deepEqual(
    analysis.findings.map(({ severity, rule }) => `${severity} ${rule}`),
    ['information xml-syntax'],
  );
});
