/**
 * Finds valid elements that libxml2, and so libvirt's own validation, refuses for the order of their children.
 *
 * libxml2 (2.9.14, relaxng.c, xmlRelaxNGValidateInterleave) sorts the children of an `<interleave>` into a list for
 * each of its members by changing the `next` pointers of the nodes themselves. An `<interleave>` within a member does
 * the same with its own list and then puts the pointers back as they stand in the document, from its last node to its
 * first: so it tears the lists of other members whose elements stand between. Those are then seen with strangers in
 * them. This file walks the same way over the same pointers.
 */

import type { Compiler } from './compile';
import { nameClassKey } from './name-class';
import type { ElementPattern } from './pattern';
import { siblingParts, type SiblingPart } from './sibling-parts';
import type { ElementSet } from './state';

/** Children that must stand next to each other, in their order; by their places among the child elements. */
export interface OrderRefusal {
  readonly together: readonly number[];
}

export class SiblingOrders {
  /** Undefined for elements in which no `<interleave>` stands within another. */
  private readonly fragile = new Map<ElementPattern, FragileContent | undefined>();
  /** By pattern and order of children: disks are mostly written alike. */
  private readonly known = new Map<string, OrderRefusal | undefined>();

  constructor(private readonly compiler: Compiler) {}

  /** Whether the order of children can matter to libxml2 in an element of this pattern. */
  isFragile(pattern: ElementPattern): boolean {
    return this.contentOf(pattern) !== undefined;
  }

  /**
   * What libxml2 stumbles over in a valid element; undefined where it takes the element. `children` says for each
   * child element which patterns it matched.
   */
  refusal(pattern: ElementPattern, children: readonly ElementSet[]): OrderRefusal | undefined {
    const content = this.contentOf(pattern);
    // One child, or none, has no order; and what is not torn apart is not torn by libxml2 either.
    if (content === undefined || children.length < 2 || content.standsTogether(children)) return undefined;
    const { part } = content;
    if (children.length > MOST_CHILDREN_KEPT) return refusalOf(part, children);
    let key = String(pattern.id);
    for (const child of children) key += ` ${child.id}`;
    if (this.known.has(key)) return this.known.get(key);
    const refusal = refusalOf(part, children);
    if (this.known.size >= MOST_KEPT) this.known.clear();
    this.known.set(key, refusal);
    return refusal;
  }

  private contentOf(pattern: ElementPattern): FragileContent | undefined {
    if (!this.fragile.has(pattern)) {
      const part = siblingParts(pattern, this.compiler);
      const content = hasNestedInterleave(part, 'outside') ? new FragileContent(part) : undefined;
      this.fragile.set(pattern, content);
    }
    return this.fragile.get(pattern);
  }
}

/** A content in which `<interleave>`s stand within others. */
class FragileContent {
  /** The members of outer interleaves that hold inner ones: names of the elements in each. */
  private readonly members: ReadonlySet<string>[] = [];
  private readonly membersOf = new Map<ElementSet, readonly number[]>();

  constructor(readonly part: SiblingPart) {
    this.collect(part);
  }

  /** Whether the children of each such member stand next to each other: then no list can be torn. */
  standsTogether(children: readonly ElementSet[]): boolean {
    const lastPlace: (number | undefined)[] = this.members.map(() => undefined);
    for (let place = 0; place < children.length; place++) {
      const child = children[place];
      if (child === undefined) continue;
      for (const member of this.membersWith(child)) {
        const last = lastPlace[member];
        if (last !== undefined && last !== place - 1) return false;
        lastPlace[member] = place;
      }
    }
    return true;
  }

  private membersWith(child: ElementSet): readonly number[] {
    let found = this.membersOf.get(child);
    if (found === undefined) {
      const names = child.members.map(member => nameClassKey(member.nameClass));
      found = this.members.flatMap((member, index) => (names.some(name => member.has(name)) ? [index] : []));
      this.membersOf.set(child, found);
    }
    return found;
  }

  private collect(part: SiblingPart): void {
    switch (part.kind) {
      case 'element':
      case 'nothing':
        return;
      case 'interleave':
        for (const inner of part.parts) {
          if (hasNestedInterleave(inner, 'inside')) this.members.push(new Set(namesIn(inner)));
        }
        return;
      case 'group':
      case 'choice':
        for (const inner of part.parts) this.collect(inner);
        return;
      case 'optional':
      case 'zero-or-more':
      case 'one-or-more':
        this.collect(part.part);
    }
  }
}

function namesIn(part: SiblingPart): string[] {
  switch (part.kind) {
    case 'nothing':
      return [];
    case 'element':
      return [nameClassKey(part.pattern.nameClass)];
    case 'group':
    case 'choice':
    case 'interleave':
      return part.parts.flatMap(namesIn);
    case 'optional':
    case 'zero-or-more':
    case 'one-or-more':
      return namesIn(part.part);
  }
}

const MOST_CHILDREN_KEPT = 100;
const MOST_KEPT = 1000;

function refusalOf(part: SiblingPart, children: readonly ElementSet[]): OrderRefusal | undefined {
  const walk = new Walk(children);
  if (walk.takesAll(part)) return undefined;
  // The list that was torn is mended by putting its elements together; where that does not help, another may.
  for (const list of walk.torn) {
    const order = orderWithTogether(children.length, list);
    const moved = new Walk(order.map(index => children[index]).filter(set => set !== undefined));
    if (moved.takesAll(part)) return { together: list };
  }
  return { together: [] };
}

/** Places of `count` elements after those of the list have been put behind its first one. */
export function orderWithTogether(count: number, list: readonly number[]): number[] {
  const [first = -1, ...others] = list;
  const order: number[] = [];
  for (let index = 0; index < count; index++) {
    if (!others.includes(index)) order.push(index);
    if (index === first) order.push(...others);
  }
  return order;
}

function hasNestedInterleave(part: SiblingPart, where: 'outside' | 'inside'): boolean {
  switch (part.kind) {
    case 'element':
    case 'nothing':
      return false;
    case 'interleave':
      return where === 'inside' || part.parts.some(inner => hasNestedInterleave(inner, 'inside'));
    case 'group':
    case 'choice':
      return part.parts.some(inner => hasNestedInterleave(inner, where));
    case 'optional':
    case 'zero-or-more':
    case 'one-or-more':
      return hasNestedInterleave(part.part, where);
  }
}

/** The end of a list. */
const NONE = -1;

/** One walk of libxml2 over the children; changes `next` as it does. */
class Walk {
  private readonly next: number[];
  /** Lists of which something was left over, the innermost and first ones first. */
  readonly torn: number[][] = [];

  constructor(private readonly children: readonly ElementSet[]) {
    this.next = children.map((_, index) => (index + 1 < children.length ? index + 1 : NONE));
  }

  takesAll(part: SiblingPart): boolean {
    return this.run(part, this.children.length === 0 ? NONE : 0).has(NONE);
  }

  /** Where the part may end when it begins at `at`; empty where it does not match. */
  private run(part: SiblingPart, at: number): Set<number> {
    switch (part.kind) {
      case 'nothing':
        return new Set([at]);
      case 'element':
        return at !== NONE && this.children[at]?.has(part.pattern) === true
          ? new Set([this.next[at] ?? NONE])
          : new Set();
      case 'group':
        return part.parts.reduce((ends, inner) => this.runFromAll(inner, ends), new Set([at]));
      case 'choice':
        return new Set(part.parts.flatMap(inner => [...this.run(inner, at)]));
      case 'optional':
        return new Set([at, ...this.run(part.part, at)]);
      case 'zero-or-more':
        return this.repeated(part.part, new Set([at]));
      case 'one-or-more':
        return this.repeated(part.part, this.run(part.part, at));
      case 'interleave':
        return this.interleave(part.parts, at);
    }
  }

  private runFromAll(part: SiblingPart, from: ReadonlySet<number>): Set<number> {
    const ends = new Set<number>();
    for (const at of from) for (const end of this.run(part, at)) ends.add(end);
    return ends;
  }

  private repeated(part: SiblingPart, from: Set<number>): Set<number> {
    const ends = new Set(from);
    let latest = from;
    while (latest.size > 0) {
      latest = new Set([...this.runFromAll(part, latest)].filter(end => !ends.has(end)));
      for (const end of latest) ends.add(end);
    }
    return ends;
  }

  private interleave(parts: readonly SiblingPart[], start: number): Set<number> {
    const lists: number[][] = parts.map(() => []);
    let at = start;
    let lastChanged = NONE;
    while (at !== NONE) {
      const member = parts.findIndex(part => this.names(part, at));
      const list = lists[member];
      if (list === undefined) break;
      const before = list.at(-1);
      if (before !== undefined) this.next[before] = at;
      list.push(at);
      const behind = this.next[at] ?? NONE;
      lastChanged = behind === NONE ? at : behind;
      at = behind;
    }
    const takesAll = this.runMembers(parts, lists);
    for (let back = lastChanged; back > 0 && back !== start; back--) this.next[back - 1] = back;
    return takesAll ? new Set([at]) : new Set();
  }

  private runMembers(parts: readonly SiblingPart[], lists: readonly (readonly number[])[]): boolean {
    for (const [index, part] of parts.entries()) {
      const list = lists[index] ?? [];
      const last = list.at(-1);
      const behind = last === undefined ? NONE : (this.next[last] ?? NONE);
      if (last !== undefined) this.next[last] = NONE;
      if (!this.run(part, list[0] ?? NONE).has(NONE)) {
        if (list.length > 1) this.torn.push([...list]);
        return false;
      }
      if (last !== undefined) this.next[last] = behind;
    }
    return true;
  }

  /** Whether the child could belong to the part, by its name alone as libxml2 sorts. */
  private names(part: SiblingPart, at: number): boolean {
    switch (part.kind) {
      case 'nothing':
        return false;
      case 'element':
        return this.children[at]?.members.some(member => sameNames(member, part.pattern)) === true;
      case 'group':
      case 'choice':
      case 'interleave':
        return part.parts.some(inner => this.names(inner, at));
      case 'optional':
      case 'zero-or-more':
      case 'one-or-more':
        return this.names(part.part, at);
    }
  }
}

/** Elements are of one name mostly, and then a child that one of them matched is sorted to the other as well. */
const sameNames = (a: ElementPattern, b: ElementPattern): boolean =>
  a === b || nameClassKey(a.nameClass) === nameClassKey(b.nameClass);
