/** What the VM commands work with, and how they come to their VM. */

import type { WorkDoneProgressReporter } from 'vscode-languageserver/node';
import type { PracticeVms } from './practice-vms';
import type { Session } from './session';
import { addressIn, allowedIn } from './vm-arguments';
import type { Arguments } from './vm-arguments';
import type { Reach, Use, VmSessions } from './vm-sessions';

export interface Scene {
  readonly session: Session;
  readonly worldsChanged: () => void;
  readonly sessions: VmSessions;
  readonly practice: PracticeVms;
}

/** One command: what it answers where it did its work. Throws `CommandRefused` where it cannot. */
export type Run = (
  scene: Scene,
  argument: Arguments,
  signal: AbortSignal,
  progress: WorkDoneProgressReporter,
) => Promise<object>;

/** Works with the VM of the address. */
export const withVm = async <T>(
  scene: Scene,
  argument: Arguments,
  signal: AbortSignal,
  work: (use: Use) => Promise<T>,
): Promise<T> => scene.sessions.use(await reachIn(scene, argument, signal), signal, work);

/**
 * QEMU of a libvirt domain is asked where the user allowed it now, or in the settings for this domain, by its name or
 * its uuid: what the address does not say of the two is looked up, which marks nothing.
 */
async function reachIn(
  { session, sessions }: Scene,
  argument: Arguments,
  signal: AbortSignal,
): Promise<Reach> {
  const address = addressIn(argument);
  const plain = { address, mayTaint: false };
  if (address.kind !== 'libvirt') return plain;
  const { allowTaint } = session.settings;
  if (allowedIn(argument).includes('taint') || allowTaint.includes(address.domain)) {
    return { address, mayTaint: true };
  }
  if (allowTaint.length === 0) return plain;
  const { name, uuid } = await sessions.use(plain, signal, use => Promise.resolve(use.session.state.target));
  return { address, mayTaint: [name, uuid].some(known => known !== null && allowTaint.includes(known)) };
}
