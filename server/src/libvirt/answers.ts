/** Telling the answers of one virsh process apart: marks that it is made to echo around each command. */

import { randomBytes } from 'node:crypto';

/**
 * The marks of one process. A mark is sent in two quoted halves, which virsh's parser joins: so it stands whole in what
 * virsh answers and nowhere in what readline echoes of our input. It is random, so no name or XML can hold it.
 */
export class Marks {
  private readonly token = randomBytes(9).toString('base64url');

  of(index: number): Mark {
    const mark = (kind: string): Half => ({
      whole: `${this.token}${kind}${index}.`,
      sent: `'${this.token}''${kind}${index}.'`,
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
 * option); the second, which ends the answer, is a line of its own for that reason. `echo` adds no line end of its own.
 */
export const lineBetween = (mark: Mark, command: string): string =>
  `echo ${mark.begin.sent}; ${command}; echo ${mark.done.sent}\necho --err ${mark.end.sent}\n`;

/** One of the two output streams, of which complete answers are taken off the front. */
export class Stream {
  private text = '';
  /** What was searched for last and not found, and where to go on searching for it. */
  private sought = { mark: '', from: 0 };

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
    const at = this.text.indexOf(mark, this.sought.mark === mark ? this.sought.from : 0);
    if (at < 0) {
      this.sought = { mark, from: Math.max(0, this.text.length - mark.length) };
      return undefined;
    }
    const before = this.text.slice(0, at);
    this.text = this.text.slice(at + mark.length);
    return before;
  }
}

/** What the command printed, out of standard output up to its `done` mark; empty where that never came. */
export function outputBehind({ begin }: Mark, output: string | undefined): string {
  const at = output?.indexOf(begin.whole) ?? -1;
  return output === undefined || at < 0 ? '' : output.slice(at + begin.whole.length);
}

/**
 * What is an error of the command, without "error: ", without the beginning of the end mark's own line, and without what
 * virsh and libvirt's client say on the side: log lines, and that a connection was lost and made anew.
 */
export function ownWords(stderr: string): string {
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
