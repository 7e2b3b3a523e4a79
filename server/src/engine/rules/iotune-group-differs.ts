import type { Domain } from '../domain/model';
import { diskTitle } from '../domain/references';
import { changeLimits, limitsPlace } from '../edit';
import type { LimitName } from '../limits/table';
import { shifted } from '../text';
import { freeName } from './group-names';
import { differingLimits, iotuneUsers, renamedIotunes, type IotuneUser } from './iotune-groups';
import { amountsOf } from './limit-faults';
import { bringsNoFault } from './limit-fixes';
import { defineRule, type Fix, type FixScene } from './rule';

export const iotuneGroupDiffers = defineRule({
  id: 'iotune-group-differs',
  may: { error: ['libvirt'] },
  scope: 'domain',
  summary: 'Disks with the same iotune group_name must have the same limits.',
  explain: `Disks whose \`<iotune>\` has the same \`<group_name>\` share one set of limits, so all of them must write the same. The schema does not check it; libvirt refuses: \`different iotunes for disks vda and vdb\`. An absent limit and 0 are the same.

Bad:
\`\`\`xml
<iotune><total_iops_sec>100</total_iops_sec><group_name>shared</group_name></iotune>  <!-- vda -->
<iotune><total_iops_sec>200</total_iops_sec><group_name>shared</group_name></iotune>  <!-- vdb -->
\`\`\`
Good:
\`\`\`xml
<iotune><total_iops_sec>100</total_iops_sec><group_name>shared</group_name></iotune>  <!-- vda -->
<iotune><total_iops_sec>100</total_iops_sec><group_name>shared</group_name></iotune>  <!-- vdb -->
\`\`\``,
  check({ domain, runByQemu }, report) {
    if (!runByQemu) return;
    const firsts = new Map<string, IotuneUser>();
    for (const user of iotuneUsers(domain)) {
      const first = firsts.get(user.name.value);
      if (first === undefined) {
        firsts.set(user.name.value, user);
        continue;
      }
      const differing = differingLimits(amountsOf(first.iotune.limits), amountsOf(user.iotune.limits));
      if (differing.length === 0) continue;
      const title = diskTitle(domain, first.disk);
      report({
        span: shifted(user.name, user.disk.start),
        severity: 'error',
        refusedBy: 'libvirt',
        message: `Disk ${title} has the same iotune group '${user.name.value}' with other limits (${differing.map(name => `<${name}>`).join(', ')}): libvirt refuses that, because they share one set. Write the same limits, or take another group name.`,
        related: [{ span: shifted(first.name, first.disk.start), message: `The iotune of ${title}.` }],
        fixes: scene => fixesFor(scene, first, user, differing),
      });
    }
  },
});

function fixesFor(
  scene: FixScene,
  first: IotuneUser,
  user: IotuneUser,
  differing: readonly LimitName[],
): Fix[] {
  const { domain } = scene;
  if (domain === undefined) return [];
  return [...sameLimitsFix(scene, domain, first, user, differing), ownNameFix(domain, user)];
}

/** Takes over the limits of the first disk; what it has not set goes. */
function sameLimitsFix(
  { source, document }: FixScene,
  domain: Domain,
  first: IotuneUser,
  user: IotuneUser,
  differing: readonly LimitName[],
): Fix[] {
  const amounts = amountsOf(first.iotune.limits);
  const changes = new Map<LimitName, bigint | undefined>(
    differing.map(name => {
      const amount = amounts.get(name);
      return [name, typeof amount === 'bigint' && amount > 0n ? amount : undefined];
    }),
  );
  const place = limitsPlace(document, user.disk.start, user.iotune.limits);
  if (place === undefined || !bringsNoFault(user.iotune.limits, changes)) return [];
  const edits = changeLimits(source, place, changes);
  return [{ title: `Take over the limits of ${diskTitle(domain, first.disk)}`, safe: false, edits }];
}

function ownNameFix(domain: Domain, user: IotuneUser): Fix {
  const taken = new Set(iotuneUsers(domain).map(({ name }) => name.value));
  const objects = new Set(domain.groups.map(({ of }) => `throttle-${of.name?.value ?? ''}`));
  const name = freeName(
    `${user.name.value}-${diskTitle(domain, user.disk).replace(/\W+/g, '-')}`,
    wish => !taken.has(wish) && !objects.has(wish),
  );
  return {
    title: `Give this disk its own iotune group '${name}'`,
    safe: false,
    edits: renamedIotunes([user], name),
  };
}
