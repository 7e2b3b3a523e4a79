import type { Group, Placed } from '../domain/model';
import { groupsByName } from '../domain/references';
import { nameGroup, removeGroup } from '../edit';
import { shifted } from '../text';
import { freeName, groupNames, validGroupName } from './group-names';
import { amountsOf, isSet } from './limit-faults';
import { defineRule, type Fix, type FixScene } from './rule';

export const groupNameTaken = defineRule({
  id: 'group-name-taken',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'Two throttle groups must not have the same name.',
  explain: `Filters name a throttle group by its \`<group_name>\`, so a name may stand for only one group in a domain. The schema does not check it; libvirt refuses: \`duplicate group name 'gold' found\`. Upper and lower case differ.

Bad:
\`\`\`xml
<throttlegroup><group_name>gold</group_name>...</throttlegroup>
<throttlegroup><group_name>gold</group_name>...</throttlegroup>
\`\`\`
Good:
\`\`\`xml
<throttlegroup><group_name>gold</group_name>...</throttlegroup>
<throttlegroup><group_name>silver</group_name>...</throttlegroup>
\`\`\``,
  check({ domain }, report) {
    for (const [name, [first, ...others]] of groupsByName(domain)) {
      for (const group of others) {
        const [here, there] = [group.of.name, first?.of.name];
        if (first === undefined || here === undefined || there === undefined) continue;
        report({
          span: shifted(here, group.start),
          severity: 'error',
          refusedBy: 'libvirt',
          message: `There is already a throttle group '${name}': libvirt refuses two of the same name. Rename one of them or take it out.`,
          related: [{ span: shifted(there, first.start), message: `The first group '${name}'.` }],
          fixes: scene => fixesFor(scene, first, group, name),
        });
      }
    }
  },
});

function fixesFor(
  { source, domain }: FixScene,
  first: Placed<Group>,
  group: Placed<Group>,
  name: string,
): Fix[] {
  if (domain === undefined) return [];
  const taken = groupNames(domain);
  const free = freeName(validGroupName(name), wish => !taken.has(wish) && !domain.filterUses.has(wish));
  return [
    { title: `Rename it to '${free}'`, safe: false, edits: nameGroup(source, domain, group, free) },
    {
      title: `Remove this group '${name}'`,
      safe: sameLimits(first.of, group.of),
      edits: removeGroup(source, domain, group),
    },
  ];
}

function sameLimits(a: Group, b: Group): boolean {
  const text = (group: Group): string =>
    [...amountsOf(group.limits)]
      .filter(([, amount]) => isSet(amount))
      .map(([limit, amount]) => `${limit}=${String(amount)}`)
      .sort()
      .join();
  return text(a) === text(b) && !/unreadable|template/.test(text(a));
}
