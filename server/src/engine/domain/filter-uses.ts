import type { Disk } from './model';

/**
 * Which disks name which throttle groups in their filters, known or not, template text left out. A keystroke changes one
 * disk of many: what the others name is taken over from the version before. Collected when it is first asked for.
 */
export class FilterUses {
  private collected: ReadonlyMap<string, readonly number[]> | undefined;

  /** `before` is that of the version before. */
  constructor(
    private readonly disks: readonly Disk[],
    private before?: FilterUses,
  ) {
    // Of versions that nobody asked, none is worth keeping but the latest that knows.
    if (before?.collected === undefined) this.before = before?.before;
  }

  /** Each name once. */
  names(): Iterable<string> {
    return this.places().keys();
  }

  has(name: string): boolean {
    return this.places().has(name);
  }

  /** The places in the domain's list of the disks that name the group, each once, ascending. */
  of(name: string): readonly number[] {
    return this.places().get(name) ?? NONE;
  }

  private places(): ReadonlyMap<string, readonly number[]> {
    if (this.collected === undefined) {
      this.collected = this.takenOver() ?? this.collect();
      this.before = undefined;
    }
    return this.collected;
  }

  private collect(): ReadonlyMap<string, readonly number[]> {
    const places = new Map<string, number[]>();
    for (const [place, disk] of this.disks.entries()) {
      for (const name of namesOf(disk)) {
        const others = places.get(name);
        if (others === undefined) places.set(name, [place]);
        else others.push(place);
      }
    }
    return places;
  }

  /** Undefined where there is nothing to take over, or where it would be more work than to collect anew. */
  private takenOver(): ReadonlyMap<string, readonly number[]> | undefined {
    const { disks, before } = this;
    if (before?.collected === undefined || before.disks.length !== disks.length) return undefined;
    const changed: number[] = [];
    for (let place = 0; place < disks.length; place++) {
      if (disks[place] === before.disks[place]) continue;
      if (changed.length === MOST_CHANGED) return undefined;
      changed.push(place);
    }
    const places = new Map(before.collected);
    for (const place of changed) {
      for (const name of namesOf(before.disks[place])) {
        const others = (places.get(name) ?? NONE).filter(other => other !== place);
        if (others.length > 0) places.set(name, others);
        else places.delete(name);
      }
      for (const name of namesOf(disks[place])) {
        places.set(
          name,
          [...(places.get(name) ?? NONE), place].sort((a, b) => a - b),
        );
      }
    }
    return places;
  }
}

const NONE: readonly number[] = [];

/** Where more changed, it was no keystroke: a disk came or went before the others, or much was pasted. */
const MOST_CHANGED = 20;

/** Each name once. */
function namesOf(disk: Disk | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { group } of disk?.filters ?? []) {
    if (group !== undefined && !group.template) names.add(group.value);
  }
  return names;
}
