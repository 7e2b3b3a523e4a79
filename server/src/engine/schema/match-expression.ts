/**
 * Matches whole texts against an expression of XML Schema. Two engines give the same answer: JavaScript's RegExp where
 * its backtracking cannot get out of hand, and an automaton, slower but linear, for long texts and nested repetitions.
 * So no text makes the check of a document hang.
 */

import { setSource } from './character-set';
import { readExpression, type Expression } from './regular-expression';

/** Whether the whole text matches; undefined where the source is no regular expression of XML Schema. */
export function expressionTest(source: string): ((text: string) => boolean) | undefined {
  const expression = readExpression(source);
  if (expression === undefined) return undefined;
  let regExp: RegExp | undefined;
  let automaton: Automaton | undefined;
  const nested = repeatsInRepeat(expression);
  return text => {
    if (nested || text.length > LONGEST_FOR_REGEXP) {
      automaton ??= new Automaton(expression);
      return automaton.matches(text);
    }
    regExp ??= new RegExp(expressionSource(expression), 'u');
    return regExp.test(text);
  };
}

/** Without repetitions in repetitions the work of RegExp is polynomial in this length at worst. */
const LONGEST_FOR_REGEXP = 256;

/** The expression as source of a JavaScript RegExp with the flag `u`, anchored at both ends. */
export const expressionSource = (expression: Expression): string => `^(?:${partSource(expression)})$`;

function partSource(expression: Expression): string {
  switch (expression.kind) {
    case 'set':
      return setSource(expression.set);
    case 'sequence':
      return expression.parts.map(partSource).join('');
    case 'branches':
      return `(?:${expression.branches.map(partSource).join('|')})`;
    case 'repeat': {
      const { min, max, part } = expression;
      const times = `{${min}${max === min ? '' : max === Infinity ? ',' : `,${max}`}}`;
      return `(?:${partSource(part)})${times}`;
    }
  }
}

/** Whether something of variable length is repeated without bound, or a great many times. */
function repeatsInRepeat(expression: Expression): boolean {
  switch (expression.kind) {
    case 'set':
      return false;
    case 'sequence':
      return expression.parts.some(repeatsInRepeat);
    case 'branches':
      return expression.branches.some(repeatsInRepeat);
    case 'repeat':
      return (expression.max > 16 && variableLength(expression.part)) || repeatsInRepeat(expression.part);
  }
}

function variableLength(expression: Expression): boolean {
  switch (expression.kind) {
    case 'set':
      return false;
    case 'sequence':
      return expression.parts.some(variableLength);
    case 'branches':
      // Branches may overlap, and then each round of the repetition has several ways.
      return true;
    case 'repeat':
      return expression.min !== expression.max || variableLength(expression.part);
  }
}

/** A state of the automaton: it either reads one character of `set`, or goes on to others without reading. */
interface AutomatonState {
  readonly reads: RegExp | undefined;
  readonly next: number[];
}

/** Thompson's automaton: all states that a text may have led to are followed at once. */
class Automaton {
  private readonly states: AutomatonState[] = [];
  private readonly start: number;
  private readonly end: number;
  private readonly sets = new Map<string, RegExp>();

  constructor(expression: Expression) {
    this.end = this.state(undefined, []);
    this.start = this.build(expression, this.end);
  }

  matches(text: string): boolean {
    let current = this.reached([this.start]);
    for (const character of text) {
      const next: number[] = [];
      for (const index of current) {
        const state = this.states[index];
        if (state?.reads?.test(character) === true) next.push(...state.next);
      }
      if (next.length === 0) return false;
      current = this.reached(next);
    }
    return current.has(this.end);
  }

  /** The states reached from these without reading. */
  private reached(from: readonly number[]): Set<number> {
    const reached = new Set<number>();
    const pending = [...from];
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      if (reached.has(index)) continue;
      reached.add(index);
      const state = this.states[index];
      if (state !== undefined && state.reads === undefined) pending.push(...state.next);
    }
    return reached;
  }

  /** The state from which the expression leads to `then`. */
  private build(expression: Expression, then: number): number {
    switch (expression.kind) {
      case 'set':
        return this.state(this.readerOf(setSource(expression.set)), [then]);
      case 'sequence':
        return expression.parts.reduceRight((after, part) => this.build(part, after), then);
      case 'branches':
        return this.state(
          undefined,
          expression.branches.map(branch => this.build(branch, then)),
        );
      case 'repeat':
        return this.buildRepeat(expression.part, expression.min, expression.max, then);
    }
  }

  private buildRepeat(part: Expression, min: number, max: number, then: number): number {
    let entry = then;
    if (max === Infinity) {
      const loop: number[] = [then];
      entry = this.state(undefined, loop);
      loop.push(this.build(part, entry));
    } else {
      for (let times = min; times < max; times++) {
        entry = this.state(undefined, [then, this.build(part, entry)]);
      }
    }
    for (let times = 0; times < min; times++) entry = this.build(part, entry);
    return entry;
  }

  private readerOf(source: string): RegExp {
    const known = this.sets.get(source);
    if (known !== undefined) return known;
    const made = new RegExp(`^${source}$`, 'u');
    this.sets.set(source, made);
    return made;
  }

  private state(reads: RegExp | undefined, next: number[]): number {
    return this.states.push({ reads, next }) - 1;
  }
}
