/** What a QMP connection offers to those who use it. The real one is `QmpClient`; tests may script their own. */

/** JSON with exact integers: a bigint where a number would round. */
export type JsonValue =
  string | number | bigint | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type JsonObject = { readonly [key: string]: JsonValue };

export interface ExecuteOptions {
  /** Gives up waiting when aborted; a command that was sent may still be executed by QEMU. */
  readonly signal?: AbortSignal;
  /** Milliseconds to wait for the reply before `QmpTimeoutError`. */
  readonly deadline?: number;
}

export interface QmpEvent {
  readonly event: string;
  readonly data: JsonObject;
  /** Seconds since 1970, with microseconds as fraction. */
  readonly timestamp: number;
}

export interface QemuVersion {
  readonly major: number;
  readonly minor: number;
  readonly micro: number;
}

export interface Monitor {
  /** From the greeting. */
  readonly qemu: QemuVersion;
  /**
   * Sends one command and gives its `return` value.
   * Throws QmpCommandError (QEMU refused: class and text kept), QmpTimeoutError, QmpDisconnectedError,
   * QmpProtocolError, QmpAbortedError.
   */
  execute(command: string, args?: JsonObject, options?: ExecuteOptions): Promise<JsonValue>;
  /** Calls the listener for each event until the returned function is called. */
  onEvent(listener: (event: QmpEvent) => void): () => void;
  /** Calls the listener once when the connection ends, until the returned function is called. */
  onClose(listener: (reason: Error) => void): () => void;
  /** Closes the connection; everything pending fails with QmpDisconnectedError. Never throws. */
  close(): Promise<void>;
}
