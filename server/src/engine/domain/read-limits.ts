/** Reads the limits of a `<throttlegroup>` or an `<iotune>`: one type for both. */

import { readLimit } from '../limits/read';
import { limitNamed } from '../limits/table';
import type { Span } from '../text';
import { childElements, nameSpan, spanOf } from '../xml/navigate';
import type { Located } from '../xml/tree';
import type { LimitEntry, Limits, Piece } from './model';
import { contentOf, relative } from './pieces';

/** The limits of a `<throttlegroup>` or `<iotune>`; spans relative to `base`. */
export function readLimits(text: string, located: Located, owner: Limits['owner'], base: number): Limits {
  const entries: LimitEntry[] = [];
  let groupName: Piece | undefined;
  let groupNameSpan: Span | undefined;
  for (const child of childElements(located)) {
    const field = limitNamed(child.node.name);
    if (field !== undefined) {
      const content = contentOf(text, child, base);
      const holdsElements = child.node.children.some(node => node.kind === 'element');
      entries.push({
        field,
        span: relative(spanOf(child), base),
        nameSpan: relative(nameSpan(child), base),
        text: content,
        reading: holdsElements ? { kind: 'unreadable', why: 'elements' } : readLimit(content.value),
      });
    } else if (child.node.name === 'group_name' && groupName === undefined) {
      groupName = contentOf(text, child, base);
      groupNameSpan = relative(spanOf(child), base);
    }
  }
  return { owner, entries, nameSpan: relative(nameSpan(located), base), groupName, groupNameSpan };
}
