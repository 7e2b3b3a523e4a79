/** Work in the background gives way to somebody who types. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { whileIdle } from '../../server/src/lsp/while-idle';

const LIMIT = { timeout: 5000 };

test('no step is taken while keys come, and all of them when they stop', LIMIT, async () => {
  let [taken, idle] = [0, 0];
  const work = whileIdle(
    stepsThat(() => taken++),
    () => idle,
    () => true,
  );
  await pause(200);
  assert.equal(taken, 0, 'somebody types');
  idle = 1000;
  await work;
  assert.equal(taken, 3);
});

test('a key in the middle holds the rest back', LIMIT, async () => {
  let [taken, idle, wanted] = [0, 1000, true];
  const work = whileIdle(
    stepsThat(() => {
      taken++;
      idle = 0;
    }),
    () => idle,
    () => wanted,
  );
  await pause(200);
  assert.equal(taken, 1);
  wanted = false;
  await work;
});

test('work that is not wanted any more ends, in the middle of a wait too', LIMIT, async () => {
  let [taken, wanted] = [0, true];
  const work = whileIdle(
    stepsThat(() => taken++),
    () => 0,
    () => wanted,
  );
  await pause(50);
  wanted = false;
  await work;
  assert.equal(taken, 0);
});

test('a step that throws ends the work with its error', LIMIT, async () => {
  const work = whileIdle(
    stepsThat(() => {
      throw new Error('of the step');
    }),
    () => 1000,
    () => true,
  );
  await assert.rejects(work, /of the step/);
});

function* stepsThat(take: () => void): Generator<undefined, void> {
  for (let step = 0; step < 3; step++) {
    take();
    yield;
  }
}
