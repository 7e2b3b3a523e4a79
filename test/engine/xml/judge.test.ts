/** Another judge of well-formedness, fast-xml-parser's, on libvirt's own documents and on broken ones. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { XMLValidator } from 'fast-xml-parser';
import { testWithShared } from '../../support/shared';
import { EVERYDAY, parse, problemsOf } from '../../support/tree';

const wellFormed = (text: string): boolean => XMLValidator.validate(text) === true;

testWithShared('every document of the corpus is well-formed to both', data => {
  const corpus = path.join(data, 'corpus');
  const files = readdirSync(corpus).filter(name => name.endsWith('.xml'));
  assert.ok(files.length > 1000);
  for (const name of files) {
    const text = readFileSync(path.join(corpus, name), 'utf8');
    assert.deepEqual(problemsOf(parse(text)), [], name);
    assert.ok(wellFormed(text), name);
  }
});

test('what is cut out of a document breaks it for both', () => {
  // One character of markup at a time. Without a slash, `<a/>` becomes an open tag; without `=` or a quote, a value is lost.
  for (let index = 0; index < EVERYDAY.length; index++) {
    const character = EVERYDAY.charAt(index);
    if (!'<>=/'.includes(character) || insideText(index)) continue;
    const text = EVERYDAY.slice(0, index) + EVERYDAY.slice(index + 1);
    if (wellFormed(text)) continue;
    assert.ok(
      parse(text).problemCount > 0,
      `without the ${character} at ${String(index)}: ${text.slice(Math.max(0, index - 30), index + 30)}`,
    );
  }
});

/** Characters of paths and namespaces mean nothing to XML. */
const insideText = (index: number): boolean =>
  /[\w:]\/[\w/]|\/\//.test(EVERYDAY.slice(index - 1, index + 2)) && EVERYDAY[index - 1] !== '<';
