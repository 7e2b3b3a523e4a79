/** Cuts the byte stream of a monitor into JSON texts. */

/** More came without the end of a message than any QEMU would send. */
export class OversizeError extends Error {
  override readonly name = 'OversizeError';
}

/**
 * Takes bytes as they come and gives the messages that are complete: one per line (QEMU ends them with CRLF), or, from
 * a monitor in pretty mode (`-qmp-pretty`), the lines from a lone `{` to the lone `}`. Empty lines are passed over.
 * Each byte is looked at once and copied at most twice, however many packets a line comes in; text is decoded by whole
 * lines, so that a character may be split between packets.
 */
export class Framing {
  /** Pieces of the line that has not ended. */
  private pieces: Uint8Array[] = [];
  /** Lines of the pretty message that has not ended. */
  private lines: string[] = [];
  private bytes = 0;

  constructor(private limit: number) {}

  /** Sets how many bytes one message may have. */
  allow(limit: number): void {
    this.limit = limit;
  }

  /** The messages that these bytes complete; one at a time, so that the caller may stop in between. Throws OversizeError. */
  *push(chunk: Uint8Array): Generator<string, void> {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(0x0a, from);
      this.keep(chunk.subarray(from, end === -1 ? chunk.length : end));
      if (end === -1) return;
      from = end + 1;
      const message = this.lineEnded();
      if (message !== undefined) yield message;
    }
  }

  /** What has come of a message that has not ended, for words about it. */
  rest(): string {
    return [...this.lines, decode(this.pieces)].join('\n');
  }

  private keep(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.bytes += piece.length;
    if (this.bytes > this.limit) {
      throw new OversizeError(`More than ${this.limit} bytes came without the end of a message.`);
    }
    this.pieces.push(piece);
  }

  private lineEnded(): string | undefined {
    const line = decode(this.pieces).replace(/\r$/, '');
    this.pieces = [];
    if (line === '{' && this.lines.length === 0) {
      this.lines.push(line);
      return undefined;
    }
    if (this.lines.length > 0) {
      this.lines.push(line);
      if (line !== '}') return undefined;
    }
    const message = this.lines.length > 0 ? this.lines.join('\n') : line;
    this.lines = [];
    this.bytes = 0;
    return message.trim() === '' ? undefined : message;
  }
}

const decode = (pieces: readonly Uint8Array[]): string => Buffer.concat(pieces).toString('utf8');
