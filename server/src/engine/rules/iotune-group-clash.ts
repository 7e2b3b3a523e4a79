import type { Domain } from '../domain/model';
import { shifted } from '../text';
import { firstOfEachName, freeName, isCreated } from './group-names';
import { iotuneUsers, limitsAnything, renamedIotunes } from './iotune-groups';
import { defineRule, type Fix } from './rule';

const PREFIX = 'throttle-';

export const iotuneGroupClash = defineRule({
  id: 'iotune-group-clash',
  may: { warning: [null] },
  scope: 'domain',
  summary: "An iotune's group_name must not be the object of a throttle group.",
  explain: `Libvirt makes an object \`throttle-gold\` of throttle group \`gold\`. An \`<iotune>\` with the group_name \`throttle-gold\` joins that very object when the VM starts, and overwrites its limits with its own: disks filtered by \`gold\` then share them, while \`virsh domthrottlegroupinfo\` goes on showing the old numbers. Nobody refuses it. An iotune group_name without the prefix has nothing to do with throttle groups.

Bad:
\`\`\`xml
<throttlegroup><group_name>gold</group_name>...</throttlegroup>
<iotune>...<group_name>throttle-gold</group_name></iotune>
\`\`\`
Good:
\`\`\`xml
<iotune>...<group_name>backup</group_name></iotune>
\`\`\``,
  check({ domain, runByQemu }, report) {
    if (!runByQemu) return;
    const users = iotuneUsers(domain).filter(limitsAnything);
    if (users.length === 0) return;
    const groups = new Map(
      firstOfEachName(domain)
        .filter(({ of }) => isCreated(of))
        .map(group => [PREFIX + (group.of.name?.value ?? ''), group]),
    );
    for (const user of users) {
      const group = groups.get(user.name.value);
      const name = group?.of.name;
      if (group === undefined || name === undefined) continue;
      report({
        span: shifted(user.name, user.disk.start),
        severity: 'warning',
        refusedBy: null,
        message: `'${user.name.value}' is the object of throttle group '${name.value}': this iotune would overwrite the limits of the group when the VM starts. Give the iotune group another name.`,
        related: [{ span: shifted(name, group.start), message: `The throttle group '${name.value}'.` }],
        fixes: ({ domain: whole }) => (whole === undefined ? [] : [renameFix(whole, user.name.value)]),
      });
    }
  },
});

/** Another name on all disks that share the iotune group: none of another iotune group, none of a group's object. */
function renameFix(domain: Domain, old: string): Fix {
  const users = iotuneUsers(domain);
  const taken = new Set([
    ...users.map(({ name }) => name.value),
    ...domain.groups.map(({ of }) => PREFIX + (of.name?.value ?? '')),
  ]);
  const name = freeName(old.slice(PREFIX.length), wish => !taken.has(wish));
  const sharing = users.filter(user => user.name.value === old);
  const where = sharing.length > 1 ? ` on its ${String(sharing.length)} disks` : '';
  return {
    title: `Rename the iotune group to '${name}'${where}`,
    safe: false,
    edits: renamedIotunes(sharing, name),
  };
}
