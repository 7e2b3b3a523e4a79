/** Work that a person, or the system, may cancel between two commands. */
export interface Interruptible {
  readonly signal: AbortSignal;
  /** Takes the handlers away again. */
  readonly end: () => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns Ctrl-C, SIGTERM and SIGHUP into an abort. The work then ends in order and says what is true; every reply has a
 * deadline, so that a second Ctrl-C needs to do no more than say so.
 */
export function interruptible(say: (words: string) => void): Interruptible {
  const controller = new AbortController();
  const abort = (): void => {
    say(
      controller.signal.aborted
        ? 'still bringing the VM into a known state; this ends by itself'
        : 'cancelling after the command under way',
    );
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, abort);
  return {
    signal: controller.signal,
    end: () => {
      for (const signal of SIGNALS) process.off(signal, abort);
    },
  };
}
