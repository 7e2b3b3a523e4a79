import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Repeats } from '../../../server/src/engine/rules/repeats';

interface Item {
  readonly key: string | undefined;
  readonly at: number;
}
const itemsOf = (...keys: readonly (string | undefined)[]): readonly Item[] =>
  keys.map((key, at) => ({ key, at }));
const places = (repeats: Repeats, items: readonly Item[]) =>
  repeats.of(items, ({ key }) => key).map(({ first, again }) => ({ first: first.at, again: again.at }));

test('each item whose key stood before, with the first of it', () => {
  assert.deepEqual(places(new Repeats(), itemsOf('a', 'b', 'a', undefined, undefined, 'b', 'a')), [
    { first: 0, again: 2 },
    { first: 1, again: 5 },
    { first: 0, again: 6 },
  ]);
});

test('other keys are looked at anew; with the same keys the items are those given now', () => {
  const repeats = new Repeats();
  const first = { first: 0, again: 1 };
  assert.deepEqual(places(repeats, itemsOf('a', 'a')), [first]);
  const moved = itemsOf('a', 'a');
  assert.equal(repeats.of(moved, ({ key }) => key)[0]?.again, moved[1]);
  assert.deepEqual(places(repeats, itemsOf('a', 'b')), []);
  assert.deepEqual(places(repeats, itemsOf('a')), []);
  assert.deepEqual(places(repeats, itemsOf('a', 'a')), [first]);
});
