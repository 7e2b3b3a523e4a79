import type { Disk, Iotune, LimitEntry } from '../domain/model';
import { removedAt, removeFiltersFix } from './filters';
import { defineRule, type Fix, type FixScene } from './rule';

export const filtersWithIotune = defineRule({
  id: 'filters-with-iotune',
  may: { error: ['libvirt', 'schema'] },
  scope: 'disk',
  summary: 'A disk has either throttle filters or iotune, not both.',
  explain: `\`<iotune>\` and \`<throttlefilters>\` are two ways to limit a disk, and libvirt takes only one of them: \`Operation not supported: block 'throttlefilters' can't be used together with 'iotune' for disk 'vda'\`. The schema refuses even an empty block of one beside the other.

Bad:
\`\`\`xml
<throttlefilters><throttlefilter group='gold'/></throttlefilters>
<iotune><total_iops_sec>100</total_iops_sec></iotune>
\`\`\`
Good: put the limits of \`<iotune>\` into a throttle group of their own and add a filter of it.
\`\`\`xml
<throttlefilters>
  <throttlefilter group='gold'/>
  <throttlefilter group='vda-own'/>
</throttlefilters>
\`\`\``,
  check(disk, report) {
    const block = disk.filterBlocks.find(candidate => candidate.filters.length > 0) ?? disk.filterBlocks[0];
    const iotune = disk.iotunes[0];
    if (block === undefined || iotune === undefined) return;
    const refused = bothAreInForce(disk, iotune);
    report({
      span: iotune.limits.nameSpan,
      severity: 'error',
      refusedBy: refused ? 'libvirt' : 'schema',
      message: refused
        ? '<iotune> and <throttlefilters> on one disk: libvirt takes only one of the two. Keep the filters and put these limits into a throttle group, or remove one of them.'
        : "`<iotune>` beside `<throttlefilters>`: libvirt's schema allows only one of the two, even when one is empty. Remove the empty one.",
      related: [{ span: block.nameSpan, message: 'The throttle filters of the same disk.' }],
      fixes: scene => fixesFor(scene, disk, refused),
    });
  },
});

/** Libvirt itself looks only at filters that are there, and at an iotune (the first) that sets something. */
function bothAreInForce(disk: Disk, iotune: Iotune): boolean {
  if (disk.filters.length === 0) return false;
  const name = iotune.limits.groupName;
  return (name !== undefined && (name.template || name.value !== '')) || iotune.limits.entries.some(isSet);
}

/** An unreadable limit counts as a limit. */
const isSet = ({ reading }: LimitEntry): boolean =>
  reading.kind === 'number' ? reading.value !== 0n : reading.kind !== 'empty';

function fixesFor(scene: FixScene, disk: Disk, refused: boolean): Fix[] {
  const withoutFilters = removeFiltersFix(scene, disk);
  const withoutIotune = {
    title: 'Remove <iotune> of this disk',
    safe: false,
    edits: disk.iotunes.flatMap(iotune => removedAt(scene, iotune.limits.nameSpan.start)),
  };
  if (refused) return [withoutIotune, withoutFilters];
  // Of the two that are not in force the filters go first, and only one of the two fixes is for `fix all`.
  if (disk.filters.length === 0) return [{ ...withoutFilters, safe: true }, withoutIotune];
  return [{ ...withoutIotune, safe: true }, withoutFilters];
}
