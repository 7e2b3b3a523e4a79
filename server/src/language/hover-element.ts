/** Hover texts of the elements around the limits. */

import { closeNameSpan, elementAt, nameSpan } from '../engine';
import type { Domain, Located, XmlDocument } from '../engine';
import type { HoverPart } from './hover';
import { touches } from './mentions';
import { codeSpan, escapeMarkdown, limitsWords } from './words';

/** The element whose name, in the open or the close tag, the offset touches. */
export function elementHover(domain: Domain, document: XmlDocument, offset: number): HoverPart | undefined {
  const located = elementAt(document, offset);
  if (located === undefined) return undefined;
  const close = closeNameSpan(located);
  const span = touches(nameSpan(located), offset)
    ? nameSpan(located)
    : close !== undefined && touches(close, offset)
      ? close
      : undefined;
  if (span === undefined) return undefined;
  const words = THROTTLE_ELEMENTS.get(located.node.name);
  if (words === undefined) return undefined;
  const now = stateOf(domain, located);
  return { markdown: `**${located.node.name}**: ${words}${now === '' ? '' : `\n\n${now}`}`, span };
}

/** What the elements of throttling are, beside the limits, which stand in the table of limits. */
export const THROTTLE_ELEMENTS: ReadonlyMap<string, string> = new Map([
  [
    'throttlegroups',
    'the throttle groups of this domain. Disks refer to them by name in `<throttlefilters>`. Since libvirt 11.2.0.',
  ],
  [
    'throttlegroup',
    'limits under a name. Every disk that uses the group shares them: two disks in a group of 100 IOPS have 100 together.',
  ],
  [
    'group_name',
    "the name. In a throttle group: letters, digits, `-`, `.` and `_`; QEMU's object is `throttle-NAME`. In `<iotune>`: disks with the same name share one set of limits.",
  ],
  [
    'throttlefilters',
    "the throttle groups that this disk's requests pass, one after the other. The first is nearest to the image, the last nearest to the guest; the tightest limit wins. Not together with `<iotune>`. Since libvirt 11.2.0.",
  ],
  ['throttlefilter', 'one throttle group, by name, that all requests of this disk pass.'],
  [
    'iotune',
    'limits for this disk alone, or shared by the disks that name the same `<group_name>`. Not together with `<throttlefilters>`.',
  ],
]);

/** What the element is in this document. */
function stateOf(domain: Domain, located: Located): string {
  const group = domain.groups.find(candidate => candidate.start === located.start);
  if (group !== undefined) {
    const name = group.of.name === undefined ? '' : `${codeSpan(group.of.name.value)}: `;
    return `${name}${escapeMarkdown(limitsWords(group.of.limits))}`;
  }
  for (const disk of domain.disks) {
    const block = disk.of.filterBlocks.find(({ span }) => span.start + disk.start === located.start);
    if (block === undefined) continue;
    const names = block.filters.map(filter => codeSpan(filter.group?.value ?? '?'));
    return names.length === 0 ? '' : `image → ${names.join(' → ')} → guest`;
  }
  return '';
}
