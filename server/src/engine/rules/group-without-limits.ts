import type { Group, Placed } from '../domain/model';
import { usersOf } from '../domain/references';
import { changeLimits, groupPlace, removeFilters, removeGroup } from '../edit';
import { LIMITS, type LimitName } from '../limits/table';
import { shifted } from '../text';
import { firstOfEachName, groupsAlone, isCreated, isValidGroupName } from './group-names';
import { bringsNoFault } from './limit-fixes';
import { GREATEST } from './limit-faults';
import { defineRule, type Fix, type FixScene } from './rule';

export const groupWithoutLimits = defineRule({
  id: 'group-without-limits',
  may: { error: ['qemu'], warning: [null] },
  scope: 'domain',
  summary: 'A throttle group needs at least one limit that is not 0.',
  explain: `Libvirt creates no object for a throttle group whose limits are all absent or 0. A disk that uses the group then keeps the VM from starting: \`Throttle group 'throttle-gold' does not exist\`. Where no disk uses it the VM starts, but the group can't be set or deleted while it runs: \`Device 'throttle-gold' not found\`.

For a group that does not limit for now, write a limit that nothing reaches, up to 1000000000000000.

Bad:
\`\`\`xml
<throttlegroup>
  <group_name>gold</group_name>
  <total_iops_sec>0</total_iops_sec>
</throttlegroup>
\`\`\`
Good:
\`\`\`xml
<throttlegroup>
  <group_name>gold</group_name>
  <total_iops_sec>1000000000000000</total_iops_sec>
</throttlegroup>
\`\`\``,
  check({ domain, runByQemu }, report) {
    if (!runByQemu) return;
    for (const group of firstOfEachName(domain)) {
      const { name } = group.of;
      if (name === undefined || isCreated(group.of)) continue;
      const used = domain.filterUses.has(name.value);
      report({
        span: shifted(name, group.start),
        severity: used ? 'error' : 'warning',
        refusedBy: used ? 'qemu' : null,
        message: used
          ? `Throttle group '${name.value}' has no limit other than 0, so libvirt does not create it, and the VM would not start because a disk uses it. Add a limit, or take the group and its filters out.`
          : `Throttle group '${name.value}' has no limit other than 0, so libvirt does not create it: it can't be used or changed while the VM runs. Add a limit, or take the group out.`,
        fixes: scene => fixesFor(scene, group, name.value),
      });
    }
  },
});

function fixesFor(scene: FixScene, group: Placed<Group>, name: string): Fix[] {
  const { source, domain } = scene;
  if (domain === undefined) return [];
  const users = usersOf(domain, name);
  const disks = new Set(users.map(({ disk }) => disk));
  const removal = [
    ...removeGroup(source, domain, group),
    ...[...disks].flatMap(disk =>
      removeFilters(
        source,
        disk,
        users.flatMap(user => (user.disk === disk ? [user.filter] : [])),
      ),
    ),
  ];
  const title =
    users.length === 0 ? `Remove group '${name}'` : `Remove group '${name}' and the filters that use it`;
  const fixes = unlimitedFix(scene, group);
  // Without this one the next of the same name would take its place.
  return groupsAlone(domain).includes(group) ? [...fixes, { title, safe: false, edits: removal }] : fixes;
}

/** A limit that nothing reaches: on a 0 that stands there already, else on the total of operations. */
function unlimitedFix({ source, domain }: FixScene, group: Placed<Group>): Fix[] {
  // Once it limits, QEMU would see its name.
  if (domain === undefined || !isValidGroupName(group.of.name?.value ?? '')) return [];
  const present = group.of.limits.entries.find(({ field }) => field.kind === 'rate')?.field.xml;
  const wished: LimitName[] = [present ?? TOTAL_IOPS, TOTAL_IOPS];
  const name = wished.find(wish => bringsNoFault(group.of.limits, new Map([[wish, GREATEST]])));
  if (name === undefined) return [];
  const edits = changeLimits(source, groupPlace(domain, group), new Map([[name, GREATEST]]));
  return [
    { title: `Set <${name}> so high that it does not limit (${String(GREATEST)})`, safe: false, edits },
  ];
}

const TOTAL_IOPS: LimitName =
  LIMITS.find(
    ({ kind, resource, direction }) => kind === 'rate' && resource === 'iops' && direction === 'total',
  )?.xml ?? LIMITS[0].xml;
