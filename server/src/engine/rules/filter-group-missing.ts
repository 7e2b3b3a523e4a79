import { span } from '../text';
import type { Disk, Filter } from '../domain/model';
import { setAttribute } from '../edit/attributes';
import { filterElement, fixesIn, groupsFor, removeFilterFix, type DomainFixScene } from './filters';
import { defineRule, type Fix } from './rule';

export const filterGroupMissing = defineRule({
  id: 'filter-group-missing',
  may: { error: ['libvirt'] },
  scope: 'disk',
  judgesAlone: true,
  summary: 'A throttle filter must name its group.',
  explain: `A \`<throttlefilter>\` does nothing by itself: its attribute \`group\` names the throttle group whose limits it applies.

Without the attribute, libvirt (11.3 and 12.8 were tried) does not refuse the document: **libvirtd crashes** on \`virsh define\`, and all its clients are cut off. With an empty name it answers \`throttle group '' not found\`.

Bad:
\`\`\`xml
<throttlefilter/>
\`\`\`
Good:
\`\`\`xml
<throttlefilter group='gold'/>
\`\`\``,
  check(disk, report) {
    for (const filter of disk.filters) {
      if (filter.group === undefined) {
        report({
          span: filter.nameSpan,
          severity: 'error',
          refusedBy: 'libvirt',
          message:
            '<throttlefilter> needs the attribute group with the name of a throttle group. libvirtd crashes on a filter without it, so do not define this document.',
          fixes: fixesIn(scene => fixesFor(scene, disk, filter)),
        });
      } else if (filter.group.value === '' && !filter.group.template) {
        report({
          // With its quotes, so that there is something to see.
          span: span(filter.group.start - 1, filter.group.end + 1),
          severity: 'error',
          refusedBy: 'libvirt',
          message:
            'The filter names no group: group is empty, and libvirt finds no throttle group without a name. Write the name of the group whose limits shall apply.',
          fixes: fixesIn(scene => fixesFor(scene, disk, filter)),
        });
      }
    }
  },
});

/** More than these few groups are not offered one by one: completion does that better. */
const OFFERED = 3;

function fixesFor(scene: DomainFixScene, disk: Disk, filter: Filter): Fix[] {
  const element = filterElement(scene, filter);
  if (element === undefined) return [];
  const named = groupsFor(scene.domain, disk)
    .slice(0, OFFERED)
    .map(name => ({
      title: `Use group '${name}'`,
      safe: false,
      edits: setAttribute(scene.source, element, 'group', name),
    }));
  return [...named, removeFilterFix(scene, disk, filter)];
}
