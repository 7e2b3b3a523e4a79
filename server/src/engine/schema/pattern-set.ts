/** Sets of element or attribute patterns, interned: equal sets are one object, so that states can be kept by them. */

import type { AttributePattern, ElementPattern } from './pattern';

export class PatternSet<P extends ElementPattern | AttributePattern> {
  /** Subsets by the bits of their members; only of sets with few members. */
  private readonly subsets: (PatternSet<P> | undefined)[] = [];
  private byText: Map<string, PatternSet<P> | undefined> | undefined;

  /** Made by `PatternSets` only. */
  constructor(
    readonly id: number,
    /** Sorted by id. */
    readonly members: readonly P[],
    private readonly sets: PatternSets<P>,
  ) {}

  has(pattern: P): boolean {
    return this.members.includes(pattern);
  }

  /** The members that pass; undefined where none does. */
  passing(passes: (member: P) => boolean): PatternSet<P> | undefined {
    if (this.members.length > MOST_BITS) {
      const passed = this.members.filter(passes);
      return passed.length === 0 ? undefined : this.sets.of(passed);
    }
    let bits = 0;
    for (let index = 0; index < this.members.length; index++) {
      const member = this.members[index];
      if (member !== undefined && passes(member)) bits |= 1 << index;
    }
    if (bits === 0) return undefined;
    return (this.subsets[bits] ??= this.sets.of(
      this.members.filter((_, index) => (bits & (1 << index)) !== 0),
    ));
  }

  /** As `passing`, kept by a text on which alone it depends. */
  passingFor(text: string, passes: (member: P) => boolean): PatternSet<P> | undefined {
    if (text.length > LONGEST_KEPT) return this.passing(passes);
    const byText = (this.byText ??= new Map<string, PatternSet<P> | undefined>());
    if (byText.has(text)) return byText.get(text);
    const passed = this.passing(passes);
    if (byText.size >= MOST_KEPT) byText.clear();
    byText.set(text, passed);
    return passed;
  }
}

/** Small integers without sign. */
const MOST_BITS = 30;
const MOST_KEPT = 256;

/** A longer piece of a document is kept by V8 as a view of the whole text, which would then stay alive with it. */
export const LONGEST_KEPT = 12;

export class PatternSets<P extends ElementPattern | AttributePattern> {
  private readonly known = new Map<string, PatternSet<P>>();

  get size(): number {
    return this.known.size;
  }

  of(members: Iterable<P>): PatternSet<P> {
    const sorted = [...new Set(members)].sort((a, b) => a.id - b.id);
    const key = sorted.map(member => member.id).join(' ');
    let set = this.known.get(key);
    if (set === undefined) this.known.set(key, (set = new PatternSet(this.known.size, sorted, this)));
    return set;
  }
}
