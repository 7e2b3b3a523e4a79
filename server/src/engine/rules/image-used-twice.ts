import type { Disk, Placed } from '../domain/model';
import { plainPath } from '../domain/plain-path';
import { childElements } from '../xml/navigate';
import { shifted } from '../text';
import { Repeats } from './repeats';
import { defineRule } from './rule';

export const imageUsedTwice = defineRule({
  id: 'image-used-twice',
  may: { error: ['qemu'] },
  scope: 'domain',
  summary: 'Two disks cannot write to one image.',
  explain: `QEMU locks the image of a disk that it may write to, so a second disk on the same file or device is not opened, and the domain does not start: \`Is another process using the image [/data/a.img]?\` (measured with libvirt 11.3 and QEMU 10.0). Read-only disks may share an image, and so may disks that are all \`<shareable/>\`.

Bad:
\`\`\`xml
<disk type='file'><source file='/data/a.img'/><target dev='vda' bus='virtio'/></disk>
<disk type='file'><source file='/data/a.img'/><target dev='vdb' bus='virtio'/></disk>
\`\`\`
Good:
\`\`\`xml
<disk type='file'><source file='/data/a.img'/><target dev='vda' bus='virtio'/></disk>
<disk type='file'><source file='/data/b.img'/><target dev='vdb' bus='virtio'/></disk>
\`\`\``,
  check({ domain, runByQemu }, report) {
    if (!runByQemu) return;
    for (const { first, again: disk } of repeats.of(domain.disks, imageOf)) {
      const [firstSource, source] = [first.of.source, disk.of.source];
      if (firstSource === undefined || source === undefined) continue;
      if (mayShare(first.of, disk.of)) continue;
      report({
        span: shifted(source, disk.start),
        severity: 'error',
        refusedBy: 'qemu',
        message: `'${source.value}' is already the image of ${words(first.of)}, and QEMU does not open it twice for writing: the domain does not start. Use another image, or make both disks <shareable/> or <readonly/>.`,
        related: [{ span: shifted(firstSource, first.start), message: 'The first disk on this image.' }],
      });
    }
  },
});

const repeats = new Repeats();

function imageOf({ of: { source, type } }: Placed<Disk>): string | undefined {
  if (source === undefined || source.template || source.value === '' || !LOCKED.has(type)) return undefined;
  // Where a `..` leads only the host knows: behind a symbolic link it is another folder than the text says.
  return source.value.split('/').includes('..') ? source.value : plainPath(source.value);
}

/** Types whose images are files or devices of the host, which QEMU locks. */
const LOCKED: ReadonlySet<string> = new Set(['file', 'block']);

function mayShare(one: Disk, other: Disk): boolean {
  const both = (is: (disk: Disk) => boolean): boolean => is(one) && is(other);
  return both(isReadOnly) || both(isShareable);
}

/** Libvirt makes a CD-ROM read-only by itself. */
const isReadOnly = (disk: Disk): boolean => disk.readonly !== undefined || disk.device === 'cdrom';

const isShareable = (disk: Disk): boolean =>
  childElements({ node: disk.element, start: 0, parent: undefined }, 'shareable').length > 0;

const words = (disk: Disk): string =>
  disk.target === undefined ? 'another disk' : `disk '${disk.target.value}'`;
