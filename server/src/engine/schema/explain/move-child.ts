/** Where a misplaced element can go. */

import { LAST, moveElement, removeElement, type ChildPlace } from '../../edit/elements';
import type { SourceText, TextEdit } from '../../text';
import { childElements } from '../../xml/navigate';
import type { Located } from '../../xml/tree';
import { splitName } from '../rng-file';

/** Edits with the title of the fix that they would be; not tried yet. */
export interface Way {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Other edits: where they mend more, this way makes a new mistake. */
  readonly noWorseThan?: readonly TextEdit[];
}

/** More places are not tried. */
const MOST_PLACES = 40;

/** Into an element around it, or into one that stands right in one of those. */
export function movesOf(source: SourceText, child: Located, homes: readonly string[]): Way[] {
  const ways: Way[] = [];
  const wanted = new Set(homes);
  const tried = new Set<number>();
  for (let around = child.parent; around !== undefined; around = around.parent) {
    const inner = childElements(around).filter(
      candidate => candidate.start !== child.start && wanted.has(localName(candidate)),
    );
    const near = inner.length === 1 ? inner : [];
    const own = around.start !== child.parent?.start && wanted.has(localName(around)) ? [around] : [];
    for (const home of [...own, ...near]) {
      if (tried.has(home.start) || ways.length >= MOST_PLACES) continue;
      tried.add(home.start);
      const title = `Move <${child.node.name}> into <${home.node.name}>`;
      // One may be there already, and a second one not be allowed.
      const guard = childElements(home, child.node.name).length > 0 && {
        noWorseThan: removeElement(source, child),
      };
      for (const place of placesIn(home)) {
        ways.push({ title, edits: moveElement(source, child, home, place), ...guard });
      }
    }
  }
  return ways;
}

const localName = ({ node }: Located): string => splitName(node.name)[1];

/** The end will do nearly everywhere; where the order counts, each place is tried. */
function placesIn(home: Located): ChildPlace[] {
  const children = childElements(home);
  const each = children.length > 12 ? [] : children.map((before): ChildPlace => ({ before }));
  return [LAST, ...each];
}
