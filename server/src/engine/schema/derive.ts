/**
 * Derivatives of patterns (J. Clark, An algorithm for RELAX NG validation), bottom-up: what is left of a pattern when a
 * set of its element or attribute patterns has matched. There are no After patterns, for an element is checked before
 * its parent moves on; so a step depends on (pattern, matched set) alone and is worked out once.
 */

import { takesName, type ExpandedName } from './name-class';
import type { AttributePattern, ElementPattern, Pattern, PatternTable } from './pattern';
import type { PatternSet } from './pattern-set';

type Composite = Extract<Pattern, { kind: 'choice' | 'group' | 'interleave' | 'one-or-more' }>;

export class Deriver {
  private readonly elementSteps = new Map<number, Pattern>();
  private readonly attributeSteps = new Map<number, Pattern>();
  private readonly leaves = new Map<Pattern, ReadonlySet<Pattern>>();
  private readonly closings = new Map<Pattern, Pattern>();

  constructor(readonly table: PatternTable) {}

  /** What may follow when the next child was matched by these element patterns. */
  afterElements(pattern: Pattern, matched: PatternSet<ElementPattern>): Pattern {
    if (pattern.kind === 'element') return matched.has(pattern) ? this.table.empty : this.table.notAllowed;
    if (!isComposite(pattern) || !this.mayMatch(pattern, matched)) return this.table.notAllowed;
    return kept(this.elementSteps, pattern, matched, () =>
      this.step(pattern, 'ordered', member => this.afterElements(member, matched)),
    );
  }

  /** What is left when these attribute patterns have matched an attribute; attributes have no order. */
  afterAttributes(pattern: Pattern, matched: PatternSet<AttributePattern>): Pattern {
    if (pattern.kind === 'attribute') return matched.has(pattern) ? this.table.empty : this.table.notAllowed;
    if (!isComposite(pattern) || !this.mayMatch(pattern, matched)) return this.table.notAllowed;
    return kept(this.attributeSteps, pattern, matched, () =>
      this.step(pattern, 'unordered', member => this.afterAttributes(member, matched)),
    );
  }

  /** What is left behind text that is more than blank, values aside. */
  afterText(pattern: Pattern): Pattern {
    if (pattern.kind === 'text') return pattern;
    if (!isComposite(pattern)) return this.table.notAllowed;
    return this.step(pattern, 'ordered', member => this.afterText(member));
  }

  /** At the end of the tag: attributes that did not come can't come any more. */
  closed(pattern: Pattern): Pattern {
    return this.replaced(pattern, this.closings, this.table.notAllowed);
  }

  /** As `closed`, but attributes that are missing are taken as given: to go on behind the error. */
  closedAsIfGiven(pattern: Pattern): Pattern {
    return this.replaced(pattern, new Map(), this.table.empty);
  }

  /**
   * Whether some of the set is among the pattern. Only asked of parts that stay the same from state to state, of which
   * most have nothing to do with the child at hand.
   */
  private mayMatch(pattern: Composite, matched: PatternSet<ElementPattern | AttributePattern>): boolean {
    if (pattern.kind === 'group' || pattern.kind === 'interleave') return true;
    let leaves = this.leaves.get(pattern);
    if (leaves === undefined) {
      const found = new Set<Pattern>();
      forEachLeaf(pattern, leaf => found.add(leaf));
      this.leaves.set(pattern, (leaves = found));
    }
    for (const member of matched.members) if (leaves.has(member)) return true;
    return false;
  }

  private replaced(pattern: Pattern, known: Map<Pattern, Pattern>, attribute: Pattern): Pattern {
    if (pattern.kind === 'attribute') return attribute;
    if (!isComposite(pattern)) return pattern;
    let made = known.get(pattern);
    if (made === undefined) {
      made =
        pattern.kind === 'one-or-more'
          ? this.table.oneOrMore(this.replaced(pattern.member, known, attribute))
          : this.table[pattern.kind](pattern.members.map(member => this.replaced(member, known, attribute)));
      known.set(pattern, made);
    }
    return made;
  }

  private step(
    pattern: Composite,
    order: 'ordered' | 'unordered',
    derive: (member: Pattern) => Pattern,
  ): Pattern {
    const { table } = this;
    switch (pattern.kind) {
      case 'choice':
        return table.choice(pattern.members.map(derive));
      case 'one-or-more':
        return table.group([derive(pattern.member), table.zeroOrMore(pattern.member)]);
      case 'group':
      case 'interleave': {
        const anywhere = order === 'unordered' || pattern.kind === 'interleave';
        const ways: Pattern[] = [];
        for (let index = 0; index < pattern.members.length; index++) {
          const member = pattern.members[index];
          if (member === undefined) break;
          const left = derive(member);
          if (left.kind !== 'not-allowed') {
            const before = anywhere ? pattern.members.slice(0, index) : [];
            ways.push(table[pattern.kind]([...before, left, ...pattern.members.slice(index + 1)]));
          }
          if (!anywhere && !member.nullable) break;
        }
        return table.choice(ways);
      }
    }
  }
}

/** The element patterns that may come next and take the name. */
export function offeredElements(pattern: Pattern, name: ExpandedName): ElementPattern[] {
  const found: ElementPattern[] = [];
  forEachNext(pattern, element => {
    if (takesName(element.nameClass, name)) found.push(element);
  });
  return found;
}

/** Calls back for each element pattern that may come next. */
export function forEachNext(pattern: Pattern, found: (element: ElementPattern) => void): void {
  switch (pattern.kind) {
    case 'element':
      found(pattern);
      return;
    case 'choice':
    case 'interleave':
      for (const member of pattern.members) forEachNext(member, found);
      return;
    case 'group':
      for (const member of pattern.members) {
        forEachNext(member, found);
        if (!member.nullable) return;
      }
      return;
    case 'one-or-more':
      forEachNext(pattern.member, found);
      return;
    case 'not-allowed':
    case 'empty':
    case 'text':
    case 'attribute':
    case 'data':
    case 'value':
    case 'list':
      return;
  }
}

/** Calls back for each pattern at the level of one element: attributes, elements, text and values, none in another. */
export function forEachLeaf(pattern: Pattern, found: (leaf: Pattern) => void): void {
  switch (pattern.kind) {
    case 'choice':
    case 'interleave':
    case 'group':
      for (const member of pattern.members) forEachLeaf(member, found);
      return;
    case 'one-or-more':
      forEachLeaf(pattern.member, found);
      return;
    case 'element':
    case 'attribute':
    case 'not-allowed':
    case 'empty':
    case 'text':
    case 'data':
    case 'value':
    case 'list':
      found(pattern);
      return;
  }
}

const isComposite = (pattern: Pattern): pattern is Composite =>
  pattern.kind === 'choice' ||
  pattern.kind === 'group' ||
  pattern.kind === 'interleave' ||
  pattern.kind === 'one-or-more';

function kept(
  memo: Map<number, Pattern>,
  pattern: Pattern,
  matched: { readonly id: number },
  make: () => Pattern,
): Pattern {
  // Neither number comes near 2 to the power of 26, so the two together are exact.
  const key = pattern.id * 0x4000000 + matched.id;
  let made = memo.get(key);
  if (made === undefined) memo.set(key, (made = make()));
  return made;
}
