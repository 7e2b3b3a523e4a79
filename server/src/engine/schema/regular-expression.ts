/** Reads a regular expression of XML Schema (part 2, appendix F). Its syntax is not JavaScript's: `$` is a character. */

import {
  ANY_BUT_LINE_BREAK,
  BLOCKS,
  complement,
  ESCAPED_SETS,
  isCategory,
  setOf,
  type CharacterRange,
  type CharacterSet,
} from './character-set';

export type Expression =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  | { readonly kind: 'branches'; readonly branches: readonly Expression[] }
  /** `max` is Infinity where there is no upper bound. */
  | { readonly kind: 'repeat'; readonly part: Expression; readonly min: number; readonly max: number };

/** The expression, or undefined where the text is none. */
export function readExpression(source: string): Expression | undefined {
  const reader = new Reader(Array.from(source));
  try {
    const expression = reader.branches();
    return reader.atEnd() ? expression : undefined;
  } catch (error) {
    if (error instanceof NotAnExpression) return undefined;
    throw error;
  }
}

class NotAnExpression extends Error {}

/** Escapes that stand for one character; `\-` and the like stand for what follows. */
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ['n', 0xa],
  ['r', 0xd],
  ['t', 0x9],
]);

class Reader {
  private at = 0;

  constructor(private readonly characters: readonly string[]) {}

  atEnd(): boolean {
    return this.at >= this.characters.length;
  }

  branches(): Expression {
    const branches = [this.sequence()];
    while (this.takes('|')) branches.push(this.sequence());
    const [only] = branches;
    return branches.length === 1 && only !== undefined ? only : { kind: 'branches', branches };
  }

  private sequence(): Expression {
    const parts: Expression[] = [];
    while (!this.atEnd() && this.peek() !== '|' && this.peek() !== ')') parts.push(this.piece());
    return { kind: 'sequence', parts };
  }

  private piece(): Expression {
    const part = this.atom();
    if (this.takes('*')) return { kind: 'repeat', part, min: 0, max: Infinity };
    if (this.takes('+')) return { kind: 'repeat', part, min: 1, max: Infinity };
    if (this.takes('?')) return { kind: 'repeat', part, min: 0, max: 1 };
    if (!this.takes('{')) return part;
    const min = this.number();
    const max = this.takes(',') ? (this.peek() === '}' ? Infinity : this.number()) : min;
    this.expect('}');
    if (max < min) throw new NotAnExpression();
    return { kind: 'repeat', part, min, max };
  }

  private atom(): Expression {
    const character = this.next();
    switch (character) {
      case '(': {
        const inner = this.branches();
        this.expect(')');
        return inner;
      }
      case '[':
        return { kind: 'set', set: this.characterClass() };
      case '.':
        return { kind: 'set', set: ANY_BUT_LINE_BREAK };
      case '\\':
        return { kind: 'set', set: this.escape() };
      case ')':
      case ']':
      case '{':
      case '}':
      case '*':
      case '+':
      case '?':
        throw new NotAnExpression();
      default:
        return { kind: 'set', set: single(character) };
    }
  }

  /** What follows `[`, to behind its `]`. */
  private characterClass(): CharacterSet {
    const negated = this.takes('^');
    const ranges: CharacterRange[] = [];
    const properties: string[] = [];
    let minus: CharacterSet | undefined;
    for (let first = true; !this.takes(']'); first = false) {
      if (!first && this.peek() === '-' && this.peek(1) === '[') {
        this.at += 2;
        minus = this.characterClass();
        this.expect(']');
        break;
      }
      const set = this.classMember();
      const [low] = set.ranges;
      const isOne = set.ranges.length === 1 && low !== undefined && low[0] === low[1];
      const isRange = this.peek() === '-' && this.peek(1) !== ']' && this.peek(1) !== '[';
      if (isOne && isRange) {
        this.at++;
        const [high] = this.classMember().ranges;
        if (high === undefined || high[0] < low[0]) throw new NotAnExpression();
        ranges.push([low[0], high[0]]);
      } else {
        ranges.push(...set.ranges);
        properties.push(...set.properties);
      }
    }
    if (ranges.length === 0 && properties.length === 0) throw new NotAnExpression();
    return { ranges, properties, negated, minus };
  }

  private classMember(): CharacterSet {
    const character = this.next();
    if (character === '[') throw new NotAnExpression();
    return character === '\\' ? this.escape() : single(character);
  }

  /** What follows a backslash. */
  private escape(): CharacterSet {
    const character = this.next();
    const set = ESCAPED_SETS.get(character);
    if (set !== undefined) return set;
    if (character === 'p' || character === 'P') return this.property(character);
    const control = CONTROLS.get(character);
    if (control !== undefined) return setOf([[control, control]]);
    if (/[A-Za-z0-9]/.test(character)) throw new NotAnExpression();
    return single(character);
  }

  private property(letter: 'p' | 'P'): CharacterSet {
    this.expect('{');
    let name = '';
    while (!this.takes('}')) name += this.next();
    if (isCategory(name)) return setOf([], [`\\${letter}{${name}}`]);
    const block = name.startsWith('Is') ? BLOCKS.get(name.slice(2)) : undefined;
    if (block === undefined) throw new NotAnExpression();
    return letter === 'p' ? setOf([block]) : complement(setOf([block]));
  }

  private number(): number {
    let digits = '';
    while (/^[0-9]$/.test(this.peek())) digits += this.next();
    if (digits === '') throw new NotAnExpression();
    return Number(digits);
  }

  private peek(ahead = 0): string {
    return this.characters[this.at + ahead] ?? '';
  }

  private next(): string {
    const character = this.characters[this.at++];
    if (character === undefined) throw new NotAnExpression();
    return character;
  }

  private takes(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }

  private expect(character: string): void {
    if (!this.takes(character)) throw new NotAnExpression();
  }
}

function single(character: string): CharacterSet {
  const code = character.codePointAt(0) ?? 0;
  return setOf([[code, code]]);
}
