import type { Disk, Placed } from '../domain/model';
import { shifted, type Span } from '../text';
import { compareVersions, versionText, type Version } from '../version';
import { defineRule } from './rule';

export const discardLost = defineRule({
  id: 'discard-lost',
  may: { information: [null] },
  scope: 'domain',
  judgesAlone: true,
  summary: 'Libvirt 11.2 to 11.7 loses discard under throttle filters.',
  explain: `With \`discard='unmap'\` the space that the guest frees goes back to the host. Libvirt from 11.2 to before 11.8 does not pass that on through throttle filters: the guest's discards succeed, and the image never shrinks (measured with 11.3: 8 MiB written and discarded leave 8 MiB with a filter, 0 without). Libvirt 11.8 and later keep it.

It is told once for a document, with all disks that it concerns, and as information: the document is right, and does what it says as soon as libvirt is newer. Until then watch how full the storage is.

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
  check({ domain, libvirt, runByQemu }, report) {
    if (libvirt === undefined || !runByQemu || !isAffected(libvirt)) return;
    const [first, ...others] = domain.disks.flatMap(losing);
    if (first === undefined) return;
    report({
      span: first.span,
      severity: 'information',
      refusedBy: null,
      message: `libvirt ${versionText(libvirt)} loses discard under throttle filters: discards of the guest have no effect on ${inWords(first, others)}, and the image does not shrink. libvirt 11.8 and later keep it; until then watch how full the storage is, or use <iotune> where the space must come back.`,
      related: others
        .slice(0, MOST_RELATED)
        .map(({ span, name }) => ({ span, message: `Discard is lost on ${name} too.` })),
    });
  },
});

interface Losing {
  readonly span: Span;
  readonly name: string;
}

function losing({ of: disk, start }: Placed<Disk>): readonly Losing[] {
  const { discard, target, filters } = disk;
  if (discard?.value !== 'unmap' || filters.length === 0) return [];
  const name = target === undefined ? 'a disk' : `disk '${target.value}'`;
  return [{ span: shifted(discard, start), name }];
}

function inWords(first: Losing, others: readonly Losing[]): string {
  if (others.length === 0) return first.name;
  return `${first.name} and ${others.length === 1 ? (others[0]?.name ?? '') : `${String(others.length)} others`}`;
}

/** An editor shows no more of them. */
const MOST_RELATED = 20;

const FIRST = { major: 11, minor: 2, micro: 0 };
const MENDED = { major: 11, minor: 8, micro: 0 };

const isAffected = (libvirt: Version): boolean =>
  compareVersions(libvirt, FIRST) >= 0 && compareVersions(libvirt, MENDED) < 0;
