/**
 * Where the check of an element stands: what is left of its pattern. Every step from a state to the next is kept with
 * the state, so that a document walks along ways that are known.
 */

import { Deriver, forEachLeaf, forEachNext, offeredElements } from './derive';
import { isBlankText, matchesValue, type Judge } from './match-value';
import { nameOfKey, takesName } from './name-class';
import type { AttributePattern, ElementPattern, Pattern, PatternTable } from './pattern';
import { LONGEST_KEPT, PatternSets, type PatternSet } from './pattern-set';

export type ElementSet = PatternSet<ElementPattern>;
export type AttributeSet = PatternSet<AttributePattern>;

/** Makes states; one for each pattern. */
export class States {
  readonly elementSets = new PatternSets<ElementPattern>();
  readonly attributeSets = new PatternSets<AttributePattern>();
  readonly deriver: Deriver;
  private readonly known = new Map<Pattern, State>();

  constructor(readonly table: PatternTable) {
    this.deriver = new Deriver(table);
  }

  /** How many states have been met: what must stay bounded. */
  get size(): number {
    return this.known.size;
  }

  of(pattern: Pattern): State {
    let state = this.known.get(pattern);
    if (state === undefined) this.known.set(pattern, (state = new State(pattern, this)));
    return state;
  }
}

export class State {
  // Most states are met with few questions: what is kept for each is made when it is first needed.
  private elements: Map<string, ElementSet | undefined> | undefined;
  private attributes: Map<string, AttributeSet | undefined> | undefined;
  private elementsAnywhere: Map<string, ElementSet | undefined> | undefined;
  private afterElement: Map<ElementSet, State> | undefined;
  private afterAttribute: Map<AttributeSet, State> | undefined;
  private texts: Map<string, boolean> | undefined;
  private closedState: State | undefined;
  private closedAsIfGivenState: State | undefined;
  private afterTextState: State | undefined;

  /** Made by `States` only. */
  constructor(
    readonly pattern: Pattern,
    private readonly states: States,
  ) {}

  /** Whether nothing more needs to come. */
  get complete(): boolean {
    return this.pattern.nullable;
  }

  /** Whether there is no way on. */
  get dead(): boolean {
    return this.pattern.kind === 'not-allowed';
  }

  /** The element patterns that may come next and take the name (a `nameKey`); undefined where none does. */
  elementsNamed(key: string): ElementSet | undefined {
    const known = (this.elements ??= new Map<string, ElementSet | undefined>());
    if (known.has(key)) return known.get(key);
    const found = offeredElements(this.pattern, nameOfKey(key));
    const set = found.length === 0 ? undefined : this.states.elementSets.of(found);
    return keep(known, key, set);
  }

  /** As `elementsNamed`, for elements anywhere in what is left, whatever must come before them. */
  elementsAnywhereNamed(key: string): ElementSet | undefined {
    const known = (this.elementsAnywhere ??= new Map<string, ElementSet | undefined>());
    if (known.has(key)) return known.get(key);
    const name = nameOfKey(key);
    const found = this.leaves('element').filter(element => takesName(element.nameClass, name));
    const set = found.length === 0 ? undefined : this.states.elementSets.of(found);
    return keep(known, key, set);
  }

  /** The attribute patterns that take the name; undefined where none does. */
  attributesNamed(key: string): AttributeSet | undefined {
    const known = (this.attributes ??= new Map<string, AttributeSet | undefined>());
    if (known.has(key)) return known.get(key);
    const name = nameOfKey(key);
    const found = this.leaves('attribute').filter(attribute => takesName(attribute.nameClass, name));
    const set = found.length === 0 ? undefined : this.states.attributeSets.of(found);
    return keep(known, key, set);
  }

  /** The state behind a child that these patterns matched. */
  withElements(matched: ElementSet): State {
    const known = (this.afterElement ??= new Map<ElementSet, State>());
    let next = known.get(matched);
    if (next === undefined) {
      next = this.states.of(this.states.deriver.afterElements(this.pattern, matched));
      known.set(matched, next);
    }
    return next;
  }

  /** The state behind an attribute that these patterns matched. */
  withAttributes(matched: AttributeSet): State {
    const known = (this.afterAttribute ??= new Map<AttributeSet, State>());
    let next = known.get(matched);
    if (next === undefined) {
      next = this.states.of(this.states.deriver.afterAttributes(this.pattern, matched));
      known.set(matched, next);
    }
    return next;
  }

  /** The state behind the open tag; dead where an attribute is missing. */
  get closed(): State {
    this.closedState ??= this.states.of(this.states.deriver.closed(this.pattern));
    return this.closedState;
  }

  /** As `closed`, with what is missing taken as given. */
  get closedAsIfGiven(): State {
    this.closedAsIfGivenState ??= this.states.of(this.states.deriver.closedAsIfGiven(this.pattern));
    return this.closedAsIfGivenState;
  }

  /** The state behind text that is more than blank, among elements; dead where none is allowed. */
  get withText(): State {
    this.afterTextState ??= this.states.of(this.states.deriver.afterText(this.pattern));
    return this.afterTextState;
  }

  /**
   * Whether an element without child elements may hold just this text. `raw` is the text as written; `decode` gives
   * what it stands for and is called only for a text that was not met before.
   */
  acceptsText(raw: string, decode: (raw: string) => string): boolean {
    if (this.pattern.kind === 'text') return true;
    if (raw.length > LONGEST_KEPT) return acceptsValue(this.pattern, decode(raw));
    const texts = (this.texts ??= new Map<string, boolean>());
    const known = texts.get(raw);
    if (known !== undefined) return known;
    const accepted = acceptsValue(this.pattern, decode(raw));
    if (texts.size >= MOST_TEXTS_KEPT) texts.clear();
    texts.set(raw, accepted);
    return accepted;
  }

  /** The element patterns that may come next. */
  nextElements(): ElementPattern[] {
    const found = new Set<ElementPattern>();
    forEachNext(this.pattern, element => found.add(element));
    return [...found];
  }

  /** The patterns of one kind at this level, each once. */
  leaves<K extends Pattern['kind']>(kind: K): Extract<Pattern, { kind: K }>[] {
    const found = new Set<Extract<Pattern, { kind: K }>>();
    forEachLeaf(this.pattern, leaf => {
      if (isOfKind(leaf, kind)) found.add(leaf);
    });
    return [...found];
  }
}

/** Whether a value, decoded, is one that the pattern takes; nothing at all counts as blank text. */
export const acceptsValue = (pattern: Pattern, value: string, judge?: Judge): boolean =>
  matchesValue(pattern, value, judge) || (pattern.nullable && isBlankText(value));

const MOST_TEXTS_KEPT = 256;

function isOfKind<K extends Pattern['kind']>(
  pattern: Pattern,
  kind: K,
): pattern is Extract<Pattern, { kind: K }> {
  return pattern.kind === kind;
}

function keep<V>(memo: Map<string, V>, key: string, value: V): V {
  // Names come from documents: they must not pile up while somebody types.
  if (memo.size >= MOST_NAMES_KEPT) memo.clear();
  memo.set(key, value);
  return value;
}

const MOST_NAMES_KEPT = 512;
