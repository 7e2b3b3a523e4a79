/**
 * No feature makes the others slower. V8 gives objects that are made alike one layout, and makes them anew by another
 * where a number comes that is no small integer. What was compiled before goes on with the old one, and each such object
 * is turned over when it is read: a character "as far to the right as can be" once made all positions of the server cost
 * fifteen times as much from then on. Counted in layouts, not in time.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInThisContext } from 'node:vm';
import { fixesOf } from '../../server/src/engine';
import {
  completion,
  documentSymbols,
  foldingRanges,
  formatting,
  hover,
  onTypeFormatting,
  rangeFormatting,
  selectionRanges,
} from '../../server/src/language';
import { disableNextLine } from '../../server/src/language/suppress';
import { DEFAULT_SETTINGS } from '../../server/src/protocol';
import { SIZES, benchDocument } from '../bench/documents';
import { FULL_EDITOR, subjectOf } from '../support/marked-text';

test('positions keep their layout whatever feature is used', () => {
  const { text, completion: at } = benchDocument(SIZES[1]);
  const subject = subjectOf(text.replace("group='group1'", "group='gruop1'"));
  const { source, findings } = subject.analysis;
  const position = source.positionAt(at);
  // One that nobody reads: what is read is turned over.
  const untouched = source.positionAt(at);
  const range = { start: position, end: { line: position.line + 60, character: 0 } };
  const options = { tabSize: 2, insertSpaces: true };
  const { format } = DEFAULT_SETTINGS;
  documentSymbols(subject);
  foldingRanges(subject);
  formatting(subject, options, format);
  rangeFormatting(subject, range, options, format);
  onTypeFormatting(subject, position, '\n', options, format);
  completion(subject, position, FULL_EDITOR);
  hover(subject, position, FULL_EDITOR);
  selectionRanges(subject, [position]);
  assert.notEqual(findings.length, 0);
  for (const finding of findings.slice(0, 20)) {
    fixesOf(subject.analysis, finding);
    disableNextLine(subject.analysis, finding);
  }
  assert.ok(areAlike(untouched, JSON.parse('{"line":1,"character":2}')));
});

test('a number that is no small integer would be found', () => {
  const made = (line: number, column: number): object => ({ line, column });
  const first = made(1, 2);
  assert.ok(areAlike(first, JSON.parse('{"line":1,"column":2}')));
  made(1, Number.MAX_SAFE_INTEGER);
  assert.ok(!areAlike(first, JSON.parse('{"line":1,"column":2}')));
});

/** Whether V8 keeps both by one layout. */
function areAlike(one: object, other: unknown): boolean {
  setFlagsFromString('--allow-natives-syntax');
  const haveSameMap = runInThisContext('(one, other) => %HaveSameMap(one, other)') as (
    one: object,
    other: unknown,
  ) => boolean;
  return haveSameMap(one, other);
}
