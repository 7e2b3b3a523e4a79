import { createInterface } from 'node:readline';

/** Where a command reads and writes. Its output is on stdout; words for people are on stderr. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether a person can be asked: stdin and stderr are both a terminal. */
  readonly canAsk: boolean;
  /** Whether stdout may carry colours and how wide it is. */
  readonly colors: boolean;
  readonly width: number;
  /** Asks on stderr for yes or no; anything but y and yes is no, as are end of input and Ctrl-C. */
  readonly confirm: (question: string, signal: AbortSignal) => Promise<boolean>;
}

/**
 * The terminal of this process. A reader that goes away (`domxml check . | head -1`) ends the output, not the command:
 * the exit code stays true, and an apply is not cut in the middle.
 */
export function processTerminal(): Terminal {
  const out = writerTo(process.stdout);
  const err = writerTo(process.stderr);
  return {
    out,
    err,
    canAsk: process.stdin.isTTY && process.stderr.isTTY,
    colors: process.stdout.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
    width: process.stdout.isTTY ? Math.max(40, Math.min(process.stdout.columns || 80, 100)) : 80,
    confirm,
  };
}

function writerTo(stream: NodeJS.WriteStream): (text: string) => void {
  let gone = false;
  stream.on('error', () => (gone = true));
  return text => {
    if (!gone) stream.write(text);
  };
}

async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<boolean>(resolve => {
      let answered = false;
      const no = (): void => {
        if (!answered) process.stderr.write('\n'); // The question's line has no end yet.
        answered = true;
        resolve(false);
      };
      reader.once('close', no);
      reader.once('SIGINT', no);
      signal.addEventListener('abort', no, { once: true });
      reader.question(`${question} [y/N] `, answer => {
        answered = true;
        resolve(/^\s*y(es)?\s*$/i.test(answer));
      });
    });
  } finally {
    reader.close();
  }
}
