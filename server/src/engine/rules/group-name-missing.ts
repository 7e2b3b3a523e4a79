import type { Domain, Group, Placed } from '../domain/model';
import { usedNames } from '../domain/references';
import { nameGroup } from '../edit';
import { shifted } from '../text';
import { freeName, groupNames, isCreated, isValidGroupName } from './group-names';
import { defineRule, type Fix, type FixScene } from './rule';

export const groupNameMissing = defineRule({
  id: 'group-name-missing',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'Every throttle group needs a name.',
  explain: `Filters name a throttle group by its \`<group_name>\`. The schema lets a group without one pass; libvirt refuses it: \`missing group name\`. An empty \`<group_name/>\` is the same.

Bad:
\`\`\`xml
<throttlegroup>
  <total_iops_sec>500</total_iops_sec>
</throttlegroup>
\`\`\`
Good:
\`\`\`xml
<throttlegroup>
  <group_name>gold</group_name>
  <total_iops_sec>500</total_iops_sec>
</throttlegroup>
\`\`\``,
  check({ domain }, report) {
    for (const group of domain.groups) {
      const { name, limits } = group.of;
      if (name !== undefined && name.value !== '') continue;
      const element = limits.groupNameSpan;
      const at =
        element === undefined
          ? limits.nameSpan
          : { start: element.start + 1, end: element.start + 1 + 'group_name'.length };
      report({
        span: shifted(at, group.start),
        severity: 'error',
        refusedBy: 'libvirt',
        message:
          element === undefined
            ? 'This throttle group has no <group_name>: libvirt refuses it, and no filter could name it.'
            : '<group_name> is empty: libvirt refuses a throttle group without a name, and no filter could name it.',
        fixes: scene => fixesFor(scene, group),
      });
    }
  },
});

function fixesFor({ source, domain }: FixScene, group: Placed<Group>): Fix[] {
  if (domain === undefined) return [];
  const taken = groupNames(domain);
  const free = freeName('group', name => !taken.has(name) && !domain.filterUses.has(name));
  const wanted = isCreated(group.of) ? wantedNames(domain, taken) : [];
  return [...wanted, free].map(name => ({
    title: `Name it '${name}'`,
    safe: false,
    edits: nameGroup(source, domain, group, name),
  }));
}

/** Names that filters use and no group has, in document order: most likely one of them was meant. */
const wantedNames = (domain: Domain, taken: ReadonlySet<string>): readonly string[] =>
  usedNames(domain, name => !taken.has(name) && isValidGroupName(name)).slice(0, 3);
