import type { Span } from '../text';
import { removeFilterFix } from './filters';
import { defineRule } from './rule';

export const filterRepeated = defineRule({
  id: 'filter-repeated',
  may: { error: ['libvirt'] },
  scope: 'disk',
  summary: 'A disk must not have two filters of the same group.',
  explain: `A second filter of the same group counts every request twice, so the disk would get half the limit, and QEMU can abort when the group of such a chain is changed. Libvirt refuses the document: \`XML error: duplicate filter name 'gold' found\`. That holds across several \`<throttlefilters>\` blocks too, for libvirt merges them.

Bad:
\`\`\`xml
<throttlefilters>
  <throttlefilter group='gold'/>
  <throttlefilter group='gold'/>
</throttlefilters>
\`\`\`
Good:
\`\`\`xml
<throttlefilters>
  <throttlefilter group='gold'/>
</throttlefilters>
\`\`\``,
  check(disk, report) {
    if (disk.filters.length < 2) return;
    const firsts = new Map<string, Span>();
    for (const filter of disk.filters) {
      // A filter without a name is the rule filter-group-missing's.
      if (filter.group === undefined || filter.group.template || filter.group.value === '') continue;
      const name = filter.group.value;
      const first = firsts.get(name);
      if (first === undefined) {
        firsts.set(name, filter.group);
        continue;
      }
      report({
        span: filter.group,
        severity: 'error',
        refusedBy: 'libvirt',
        message: `This disk already has a filter of group '${name}'. A group may be used once on a disk: libvirt refuses the second filter. Remove it, or name another group.`,
        related: [{ span: first, message: `The first filter of '${name}' on this disk.` }],
        fixes: scene => [removeFilterFix(scene, disk, filter)],
      });
    }
  },
});
