import { compareVersions, versionText, type Version } from '../version';
import { defineRule } from './rule';

export const discardLost = defineRule({
  id: 'discard-lost',
  may: { warning: [null] },
  scope: 'disk',
  judgesAlone: true,
  summary: 'Libvirt 11.2 to 11.7 loses discard under throttle filters.',
  explain: `With \`discard='unmap'\` the space that the guest frees goes back to the host. Libvirt from 11.2 to before 11.8 does not pass that on through throttle filters: the guest's discards succeed, and the image never shrinks (measured with 11.3: 8 MiB written and discarded leave 8 MiB with a filter, 0 without). Libvirt 11.8 and later keep it.

The rule speaks only where the version of libvirt is known.

Affected:
\`\`\`xml
<driver name='qemu' type='raw' discard='unmap'/>
<throttlefilters><throttlefilter group='gold'/></throttlefilters>
\`\`\`
Until libvirt is newer: reclaim the space by other means, or limit the disk by \`<iotune>\`.
\`\`\`xml
<driver name='qemu' type='raw' discard='unmap'/>
<iotune><total_iops_sec>100</total_iops_sec></iotune>
\`\`\``,
  check(disk, report, { libvirt, runByQemu }) {
    if (libvirt === undefined || !runByQemu || disk.filters.length === 0) return;
    if (disk.discard?.value !== 'unmap' || !isAffected(libvirt)) return;
    report({
      span: disk.discard,
      severity: 'warning',
      refusedBy: null,
      message: `libvirt ${versionText(libvirt)} loses discard under throttle filters: the guest's discards have no effect, and the image does not shrink. libvirt 11.8 and later keep it; until then use <iotune> on this disk if its space must come back.`,
      related: disk.filterBlocks
        .filter(block => block.filters.length > 0)
        .slice(0, 1)
        .map(block => ({ span: block.nameSpan, message: 'The throttle filters of this disk.' })),
    });
  },
});

const FIRST = { major: 11, minor: 2, micro: 0 };
const MENDED = { major: 11, minor: 8, micro: 0 };

const isAffected = (libvirt: Version): boolean =>
  compareVersions(libvirt, FIRST) >= 0 && compareVersions(libvirt, MENDED) < 0;
