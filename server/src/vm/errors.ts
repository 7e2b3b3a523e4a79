/** What can go wrong beside QMP itself, and words for all of it. */

import { LibvirtError, VirshAbortedError, VirshCommandError } from '../libvirt';
import { QmpAbortedError, QmpCommandError, QmpConnectError, QmpError } from '../qmp';

/** The address must not, or cannot yet, be opened. Thrown by `connectVm`; the message says what to do. */
export class VmAddressError extends Error {
  override readonly name = 'VmAddressError';
}

/** The VM answers, but not in a way that we can rely on. Thrown by `readState`; nothing is written then. */
export class VmUnreadableError extends Error {
  override readonly name = 'VmUnreadableError';
}

/** A guard kept a command from being sent: it could have ended or frozen QEMU, or hit another disk. */
export class VmGuardError extends Error {
  override readonly name = 'VmGuardError';
  /** For `surelyNotExecuted`. */
  readonly sent = false;

  constructor(
    /** K1, F2, ... as in facts/qemu.md 0. */
    readonly guard: string,
    message: string,
  ) {
    super(message);
  }
}

/** A guest has not let go of a device. */
export class VmUnplugError extends Error {
  override readonly name = 'VmUnplugError';

  constructor(
    message: string,
    /** It said so; else it has not answered, and may still let go. */
    readonly refused: boolean,
  ) {
    super(message);
  }
}

/** Any error in words for people; what is neither QMP's nor ours is a fault of the program and says so. */
export function errorWords(error: unknown): string {
  const isOurs =
    error instanceof QmpError ||
    error instanceof LibvirtError ||
    error instanceof VmAddressError ||
    error instanceof VmUnreadableError ||
    error instanceof VmGuardError ||
    error instanceof VmUnplugError;
  if (isOurs) return error.message;
  return `Unexpected fault of domxml: ${error instanceof Error ? error.message : String(error)}`;
}

/** Whether the caller's own signal ended it. */
export const isAborted = (error: unknown): boolean =>
  error instanceof QmpAbortedError || error instanceof VirshAbortedError;

/** Whether QEMU or libvirt surely did not execute the command that failed so. */
export function surelyNotExecuted(error: unknown): boolean {
  if (error instanceof QmpCommandError || error instanceof VirshCommandError) return true;
  return typeof error === 'object' && error !== null && 'sent' in error && error.sent === false;
}

/** Whether it makes sense to try the address again: not where nobody is there. */
export const mayAnswerLater = (error: unknown): boolean =>
  error instanceof QmpError &&
  !(error instanceof QmpAbortedError) &&
  !(error instanceof QmpConnectError && error.kind !== 'timeout' && error.kind !== 'other');
