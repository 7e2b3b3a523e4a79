/**
 * Behind every text, for what stands nowhere. A small integer and not Infinity: V8 would keep every offset of the program
 * that was ever compared or added up with one that is none as a floating-point number, a heap object each.
 */
export const NOWHERE = 0x3fffffff;

/**
 * Where the next of some rare character stands. Asked with offsets that only grow, it reads the text once in all,
 * however often it is asked; so a text without the character costs one search.
 */
export class Watch {
  private next = -2;

  constructor(
    private readonly text: string,
    private readonly find: (text: string, from: number) => number,
  ) {}

  /** The first offset at or behind `from` where it stands, or `NOWHERE`. */
  from(from: number): number {
    if (this.next === -2 || this.next < from) {
      const found = this.find(this.text, from);
      this.next = found < 0 ? NOWHERE : found;
    }
    return this.next;
  }
}

/** The watches of one text, for all who read it. */
export class Watches {
  readonly lessThan: Watch;
  readonly lineFeed: Watch;
  readonly ampersand: Watch;
  readonly forbidden: Watch;
  readonly cdataEnd: Watch;
  readonly cdataStart: Watch;
  readonly commentEnd: Watch;
  readonly commentStart: Watch;
  readonly instructionEnd: Watch;
  readonly closeTag: Watch;

  constructor(text: string) {
    this.lessThan = new Watch(text, finding('<'));
    this.lineFeed = new Watch(text, finding('\n'));
    this.ampersand = new Watch(text, finding('&'));
    this.forbidden = new Watch(text, findForbidden);
    this.cdataEnd = new Watch(text, finding(']]>'));
    this.cdataStart = new Watch(text, finding('<![CDATA['));
    this.commentEnd = new Watch(text, finding('-->'));
    this.commentStart = new Watch(text, finding('<!--'));
    this.instructionEnd = new Watch(text, finding('?>'));
    this.closeTag = new Watch(text, finding('</'));
  }
}

// What XML 1.0 leaves out of Char, but surrogates: those are looked at where they stand alone.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const finding =
  (what: string) =>
  (text: string, from: number): number =>
    text.indexOf(what, from);

function findForbidden(text: string, from: number): number {
  FORBIDDEN.lastIndex = from;
  return FORBIDDEN.exec(text)?.index ?? -1;
}
