import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestName, slipsBetween } from '../../../server/src/engine/rules/nearest';

test('a slip is a character too many, missing, changed, or two swapped', () => {
  assert.equal(slipsBetween('gold', 'gold'), 0);
  assert.equal(slipsBetween('gold', 'golld'), 1);
  assert.equal(slipsBetween('gold', 'god'), 1);
  assert.equal(slipsBetween('gold', 'bold'), 1);
  assert.equal(slipsBetween('gold', 'glod'), 1);
  assert.equal(slipsBetween('', 'abc'), 3);
});

test('the nearest name is the one with the fewest slips, at most a third', () => {
  assert.equal(nearestName('glod', ['old', 'gold', 'golden']), 'gold');
  assert.equal(nearestName('GOLD ', ['old', 'gold']), 'gold');
  assert.equal(nearestName('silver', ['gold']), undefined);
  assert.equal(nearestName('', ['a']), undefined);
  assert.equal(nearestName('x'.repeat(100_000), ['x'.repeat(100_000)]), undefined);
});
