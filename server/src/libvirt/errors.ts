/** All that can go wrong with virsh, by kind. Every message can be shown to a person as it is. */

import type { ContactKind } from './first-contact';

/** Base of all errors of this folder. */
export abstract class LibvirtError extends Error {}

/** No connection to libvirt came about; nothing was sent. Thrown by `openVirsh`. */
export class VirshConnectError extends LibvirtError {
  override readonly name = 'VirshConnectError';
  constructor(
    readonly kind: ContactKind,
    message: string,
    /** What virsh itself said, as it is. */
    readonly stderr: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** An argument that virsh's parser cannot be given, or a URI that is not used. Nothing was sent. */
export class VirshArgumentError extends LibvirtError {
  override readonly name = 'VirshArgumentError';
  /** Like the errors of QMP: whether something may have been executed. */
  readonly sent = false;
}

/** Libvirt refused a command, or virsh did not know it. Thrown by `run`. */
export class VirshCommandError extends LibvirtError {
  override readonly name = 'VirshCommandError';
  constructor(
    readonly command: string,
    /** Libvirt's own words, without "error: ". */
    readonly words: string,
  ) {
    super(`Libvirt refused ${command}: ${words}`);
  }
}

/** The domain that a command is about does not exist (any more). */
export class DomainGoneError extends LibvirtError {
  override readonly name = 'DomainGoneError';
  readonly sent = false;
}

/** No answer in time; the virsh process was ended. Libvirt may still execute the command. */
export class VirshTimeoutError extends LibvirtError {
  override readonly name = 'VirshTimeoutError';
  readonly sent = true;
  constructor(
    readonly command: string,
    /** Milliseconds that passed without an answer. */
    readonly deadline: number,
  ) {
    super(
      `Libvirt did not answer ${command} within ${deadline / 1000} s. It may be busy, and may still execute the command.`,
    );
  }
}

/** The virsh process ended. */
export class VirshEndedError extends LibvirtError {
  override readonly name = 'VirshEndedError';
  constructor(
    message: string,
    /** Whether the command had been given to it. */
    readonly sent: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The caller's AbortSignal said stop. */
export class VirshAbortedError extends LibvirtError {
  override readonly name = 'VirshAbortedError';
  constructor(
    readonly what: string,
    readonly sent: boolean,
  ) {
    super(
      sent
        ? `${what} was interrupted after it was sent; libvirt may still execute it.`
        : `${what} was cancelled.`,
    );
  }
}

/** What virsh gave cannot be understood. */
export class VirshAnswerError extends LibvirtError {
  override readonly name = 'VirshAnswerError';
}
