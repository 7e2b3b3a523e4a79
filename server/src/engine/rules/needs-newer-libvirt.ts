import type { Disk, Placed } from '../domain/model';
import { shifted, span, type Span } from '../text';
import type { SchemaFolder } from '../schema/schema';
import { compareVersions, versionText } from '../version';
import { defineRule, type DomainScene } from './rule';

export const needsNewerLibvirt = defineRule({
  id: 'needs-newer-libvirt',
  may: { error: ['schema'] },
  scope: 'domain',
  judgesAlone: true,
  summary: 'Throttle groups and filters need libvirt 11.2.',
  explain: `\`<throttlegroups>\` and \`<throttlefilters>\` came with libvirt 11.2.0. The schema of an older release refuses them, but a plain \`virsh define\` **succeeds and drops them without a word**: the disks then run without any limit. The same happens on a migration or restore to an older host.

The rule speaks only where the version of libvirt is known, or its schema is at hand.

Not with libvirt 9.0:
\`\`\`xml
<throttlefilters><throttlefilter group='gold'/></throttlefilters>
\`\`\`
With any libvirt:
\`\`\`xml
<iotune><total_iops_sec>100</total_iops_sec></iotune>
\`\`\``,
  check(scene, report) {
    const { libvirt } = scene;
    const tooOld =
      libvirt === undefined ? !knowsThrottling(scene.schema) : compareVersions(libvirt, SINCE) < 0;
    if (!tooOld) return;
    const place = firstThrottleElement(scene);
    if (place === undefined) return;
    const filtered = scene.domain.disks.filter(disk => disk.of.filters.length > 0).length;
    report({
      span: place,
      severity: 'error',
      refusedBy: 'schema',
      message: `${libvirt === undefined ? 'The libvirt whose schema is used' : `libvirt ${versionText(libvirt)}`} does not know throttle groups and filters (they need 11.2.0): its schema refuses them, and without validation it drops them silently${unlimited(filtered)}. Update libvirt, or use <iotune>.`,
    });
  },
});

/** The elements that came with throttle groups. */
export const THROTTLE_ELEMENTS: ReadonlySet<string> = new Set(['throttlegroups', 'throttlefilters']);

/** Whether domains may have throttle groups by these schemas; what cannot be told is taken for new enough. */
export const knowsThrottling = (schemas: SchemaFolder | undefined): boolean =>
  schemas?.knowsThrottling ?? true;

const SINCE = { major: 11, minor: 2, micro: 0 };

const unlimited = (filtered: number): string =>
  filtered === 0
    ? ''
    : filtered === 1
      ? ', and the disk with filters runs without them'
      : `, and the ${String(filtered)} disks with filters run without them`;

/** One finding for the document: the first groups block, else the first filters block. */
function firstThrottleElement({ domain }: DomainScene): Span | undefined {
  const block = domain.groupBlocks[0];
  if (block !== undefined) return shifted(span(1, 1 + block.of.name.length), block.start);
  const disk = domain.disks.find((candidate: Placed<Disk>) => candidate.of.filterBlocks.length > 0);
  const filters = disk?.of.filterBlocks[0];
  return disk === undefined || filters === undefined ? undefined : shifted(filters.nameSpan, disk.start);
}
