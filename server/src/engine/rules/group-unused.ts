import { removeGroup } from '../edit';
import { shifted } from '../text';
import { groupsAlone, hasTemplateFilters, isCreated, isValidGroupName } from './group-names';
import { defineRule } from './rule';

export const groupUnused = defineRule({
  id: 'group-unused',
  may: { hint: [null] },
  scope: 'domain',
  summary: 'No disk uses this throttle group.',
  explain: `A throttle group limits only the disks that name it in \`<throttlefilters>\`. One that no disk names is created all the same and does nothing, which may be meant: a disk attached later can use it.

\`\`\`xml
<disk type='file' device='disk'>
  ...
  <throttlefilters>
    <throttlefilter group='gold'/>
  </throttlefilters>
</disk>
\`\`\``,
  check({ domain }, report) {
    if (hasTemplateFilters(domain)) return;
    for (const group of groupsAlone(domain)) {
      const { name } = group.of;
      if (name === undefined || domain.filterUses.has(name.value)) continue;
      // An invalid name, or a group without limits, is told of by its own rule.
      if (!isValidGroupName(name.value) || !isCreated(group.of)) continue;
      report({
        span: shifted(name, group.start),
        severity: 'hint',
        refusedBy: null,
        unnecessary: true,
        message: `No disk of this domain uses throttle group '${name.value}': name it in a disk's <throttlefilters>.`,
        fixes: ({ source, domain: whole }) =>
          whole === undefined
            ? []
            : [
                {
                  title: `Remove group '${name.value}'`,
                  safe: false,
                  edits: removeGroup(source, whole, group),
                },
              ],
      });
    }
  },
});
