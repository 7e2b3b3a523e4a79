/** Letting a guest run on that was paused for a change: whatever has happened meanwhile, also over a new connection. */

import { RESUME } from '../engine';
import { isJsonObject, jsonMember } from '../qmp';
import { errorWords } from './errors';
import type { Link } from './link';

/** How often a lost VM is looked for again: a guest that stands still is worth more tries than a reading. */
const TRIES = 5;

export type Resumed =
  | { readonly kind: 'running' }
  /** It answers, and its guest does not run. */
  | { readonly kind: 'standing'; readonly runState: string }
  /** Nobody answers, or another process does: nobody knows. */
  | { readonly kind: 'unknown'; readonly words: string };

/**
 * Sends `cont`, which does nothing to a guest that runs, and reads what has become of it. `process` is the one whose
 * guest was paused: to another, which may be paused for reasons of its own, nothing is sent. Never throws.
 */
export async function letRunOn(link: Link, process: string | null): Promise<Resumed> {
  let words = '';
  for (let tries = 1; tries <= TRIES; tries++) {
    try {
      const now = await link.read();
      if (now.process !== process) return { kind: 'unknown', words: 'Another QEMU process answers now.' };
      if (now.runState === 'running') return { kind: 'running' };
      for (const command of RESUME.commands) await link.send(command);
      const status = await link.send({ execute: 'query-status' });
      const runState = isJsonObject(status) ? jsonMember(status, 'status') : undefined;
      if (runState === 'running') return { kind: 'running' };
      return { kind: 'standing', runState: typeof runState === 'string' ? runState : 'unknown' };
    } catch (error) {
      words = errorWords(error);
      await link.drop();
    }
  }
  return { kind: 'unknown', words };
}
