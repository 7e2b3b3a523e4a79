/** Work that nobody waits for, done while nobody waits for anything else. */

import { setTimeout as pause } from 'node:timers/promises';
import { turn } from './guard';

/** Two keystrokes of somebody who types fast are hardly further apart; milliseconds. */
const QUIET = 60;

/**
 * Takes the steps one at a time, each when nothing has been asked for a while, and lets waiting messages in between.
 * `idleMillis`: how long nothing has been asked. Ends early once `wanted` says no; rejects with what a step throws.
 */
export async function whileIdle(
  steps: Iterable<unknown>,
  idleMillis: () => number,
  wanted: () => boolean,
): Promise<void> {
  const iterator = steps[Symbol.iterator]();
  for (;;) {
    await turn();
    while (wanted() && idleMillis() < QUIET) await pause(QUIET);
    if (!wanted() || iterator.next().done === true) return;
  }
}
