/** Telling the answers of one virsh process apart: marks that it is made to echo around each command. */

import { randomBytes } from 'node:crypto';

/**
 * The marks of one process. A mark is sent in two quoted halves, which virsh's parser joins: so it stands whole in what
 * virsh answers and nowhere in what readline echoes of our input. It is random, so no name or XML can hold it.
 */
export class Marks {
  private readonly token = randomBytes(12).toString('hex');

  of(index: number): Mark {
    const mark = (kind: string): Half => ({
      whole: `${this.token}-${kind}${index}.`,
      sent: `'${this.token}-''${kind}${index}.'`,
    });
    return { begin: mark('b'), done: mark('d'), end: mark('e') };
  }
}

interface Half {
  readonly whole: string;
  readonly sent: string;
}

export interface Mark {
  readonly begin: Half;
  readonly done: Half;
  readonly end: Half;
}

/**
 * What to write for one command. The first line is nothing to virsh where it cannot be parsed (an unknown command or
 * option); the second, which ends the answer on both streams, is a line of its own for that reason. `echo` adds no line
 * end of its own.
 */
export const lineBetween = (mark: Mark, command: string): string =>
  `echo ${mark.begin.sent}; ${command}; echo ${mark.done.sent}\necho ${mark.end.sent}; echo --err ${mark.end.sent}\n`;

/** What virsh said to one command. */
export interface RawAnswer {
  readonly stdout: string;
  readonly stderr: string;
  /** Whether virsh could parse the line and came to its end. */
  readonly ran: boolean;
}

/** One of the two output streams, of which complete answers are taken off the front. */
export class Stream {
  private text = '';
  /** Where to go on searching. */
  private from = 0;

  get size(): number {
    return this.text.length;
  }

  get rest(): string {
    return this.text;
  }

  add(chunk: string): void {
    this.text += chunk;
  }

  /** Everything before the mark, which is taken off; undefined where it has not come yet. */
  takeTo(mark: string): string | undefined {
    const at = this.text.indexOf(mark, this.from);
    if (at < 0) {
      this.from = Math.max(0, this.text.length - mark.length);
      return undefined;
    }
    const before = this.text.slice(0, at);
    this.text = this.text.slice(at + mark.length);
    this.from = 0;
    return before;
  }
}

/** Takes an answer apart, from all of both streams up to its end marks. */
export function readAnswer(mark: Mark, stdout: string, stderr: string): RawAnswer {
  const begin = stdout.indexOf(mark.begin.whole);
  const start = begin < 0 ? stdout.length : begin + mark.begin.whole.length;
  const done = stdout.indexOf(mark.done.whole, start);
  return {
    stdout: stdout.slice(start, done < 0 ? stdout.length : done),
    stderr: ownWords(stderr),
    ran: begin >= 0 && done >= 0,
  };
}

/**
 * What is an error of the command, without "error: ", without the beginning of the end mark's own line, and without what
 * virsh and libvirt's client say on the side: log lines, and that a connection was lost and made anew.
 */
function ownWords(stderr: string): string {
  return stderr
    .split('\n')
    .filter(line => !/^(?:\S+: )?$/.test(line) && !SIDE_REMARKS.some(pattern => pattern.test(line)))
    .map(line => line.replace(/^error: /, '').trim())
    .join(' ');
}

const SIDE_REMARKS = [
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+\d+: \d+: (?:debug|info|warning|error) ?: /,
  /^error: Reconnected to the hypervisor$/,
  /^error: Disconnected from .* due to /,
];
