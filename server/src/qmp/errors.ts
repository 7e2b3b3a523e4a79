/**
 * All that can go wrong with a monitor, by kind. Every message can be shown to a person as it is.
 * `QmpError` is the base: what a call of this folder throws is one of these, or a mistake of the program.
 */

/** Base of all errors of a monitor. */
export abstract class QmpError extends Error {}

/** Why no connection came about. */
export type ConnectKind =
  | 'permission' // EACCES, EPERM
  | 'no-such-socket' // ENOENT: there is no file of that name
  | 'nobody-listening' // ECONNREFUSED
  | 'not-a-socket' // the file is something else
  | 'path-too-long' // for the operating system's address
  | 'libvirt-monitor' // libvirt's own socket, which must not be taken from it
  | 'name-lookup' // the host's name is unknown
  | 'unreachable' // no way to the host
  | 'timeout'
  | 'other';

/** No connection to the address. Thrown by `connectQmp` and `openChannel`. */
export class QmpConnectError extends QmpError {
  override readonly name = 'QmpConnectError';
  constructor(
    readonly kind: ConnectKind,
    readonly address: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Somebody answered, but not QMP: another protocol, or the end without a greeting. Thrown by `connectQmp`. */
export class QmpGreetingError extends QmpError {
  override readonly name = 'QmpGreetingError';
  constructor(
    readonly kind: 'not-qmp' | 'closed',
    readonly address: string,
    message: string,
  ) {
    super(message);
  }
}

/** Connected, but no greeting came: QEMU serves one client per socket. Thrown by `connectQmp`. */
export class QmpBusyError extends QmpError {
  override readonly name = 'QmpBusyError';
  constructor(
    readonly address: string,
    message: string,
  ) {
    super(message);
  }
}

/** This QEMU is too old. Thrown by `connectQmp`. */
export class QmpVersionError extends QmpError {
  override readonly name = 'QmpVersionError';
  constructor(
    /** QEMU's version, "5.2.0". */
    readonly version: string,
    message: string,
  ) {
    super(message);
  }
}

/** QEMU refused a command; it was not executed. Thrown by `execute`. */
export class QmpCommandError extends QmpError {
  override readonly name = 'QmpCommandError';
  constructor(
    readonly command: string,
    /** QEMU's error class: GenericError, CommandNotFound, DeviceNotFound, ... */
    readonly errorClass: string,
    /** QEMU's own words. */
    readonly desc: string,
  ) {
    super(`QEMU refused ${command}: ${desc}${/[.!?]$/.test(desc) ? '' : '.'}`);
  }
}

/** No reply in time. The command was sent: QEMU may still execute it. Thrown by `execute`. */
export class QmpTimeoutError extends QmpError {
  override readonly name = 'QmpTimeoutError';
  constructor(
    readonly command: string,
    /** Milliseconds that passed without a reply. */
    readonly deadline: number,
  ) {
    super(
      `QEMU did not answer ${command} within ${deadline / 1000} s. It may be busy or frozen, and may still execute the command.`,
    );
  }
}

/** The connection ended. Thrown by `execute`. */
export class QmpDisconnectedError extends QmpError {
  override readonly name = 'QmpDisconnectedError';
  constructor(
    message: string,
    /** Whether the command had been handed to the connection: then QEMU may have executed it. */
    readonly sent: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What came is not the protocol, or what should go cannot be said in it. Thrown by `execute`; ends the connection unless `sent` is false. */
export class QmpProtocolError extends QmpError {
  override readonly name = 'QmpProtocolError';
  constructor(
    message: string,
    readonly sent: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The caller's AbortSignal said stop. Thrown by `connectQmp` and `execute`. */
export class QmpAbortedError extends QmpError {
  override readonly name = 'QmpAbortedError';
  constructor(
    readonly what: string,
    /** Whether a command had been handed to the connection: then QEMU may still execute it. */
    readonly sent: boolean,
  ) {
    super(
      sent
        ? `${what} was interrupted after it was sent; QEMU may still execute it.`
        : `${what} was cancelled.`,
    );
  }
}
