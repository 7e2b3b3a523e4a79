import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Repeats } from '../../../server/src/engine/rules/repeats';

test('each place whose key stood before, with the first place of it', () => {
  const repeats = new Repeats();
  assert.deepEqual(repeats.of(['a', 'b', 'a', undefined, undefined, 'b', 'a']), [
    { first: 0, again: 2 },
    { first: 1, again: 5 },
    { first: 0, again: 6 },
  ]);
});

test('another list is looked at anew, the same one is not', () => {
  const repeats = new Repeats();
  const found = repeats.of(['a', 'a']);
  assert.equal(repeats.of(['a', 'a']), found);
  assert.deepEqual(repeats.of(['a', 'b']), []);
  assert.deepEqual(repeats.of(['a']), []);
  assert.deepEqual(repeats.of(['a', 'a']), found);
});
