/** Cuts what a client sends into messages as QEMU does: an object ends with its last bracket, no line end is needed. */
export class Requests {
  private text = '';
  private at = 0;
  private depth = 0;
  private inString = false;
  private readonly decoder = new TextDecoder();

  /** Characters that one message may have (QEMU: MAX_TOKEN_SIZE, 64 MiB); what is longer is cut off and will not parse. */
  constructor(private readonly limit = 1024 * 1024) {}

  /** The messages that these bytes complete. */
  push(bytes: Uint8Array): readonly string[] {
    this.text += this.decoder.decode(bytes, { stream: true });
    const messages: string[] = [];
    for (; this.at < this.text.length; this.at++) {
      if (this.ends(this.text[this.at] ?? '') || this.at >= this.limit) messages.push(this.cut());
    }
    return messages.filter(message => message.trim() !== '');
  }

  /** Takes one character in; whether the message ends with it. */
  private ends(character: string): boolean {
    if (this.inString) {
      if (character === '\\') this.at++;
      else if (character === '"') this.inString = false;
      return false;
    }
    if (character === '"') this.inString = true;
    if (character === '{' || character === '[') this.depth++;
    if (character === '}' || character === ']') return --this.depth <= 0;
    // Outside of brackets there is nothing but garbage: a line of it is one message.
    return character === '\n' && this.depth === 0;
  }

  private cut(): string {
    const message = this.text.slice(0, this.at + 1);
    this.text = this.text.slice(this.at + 1);
    this.at = -1;
    this.depth = 0;
    this.inString = false;
    return message;
  }
}
