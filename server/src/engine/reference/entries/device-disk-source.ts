/**
 * Where the data of a disk lies. The same elements stand below `<source>` of a disk, of the images behind it, of the
 * target of a copy and of a data file, and of the firmware's variables; they are written once and placed below each.
 */

import type { ElementEntry } from '../entry';
import { sourceAccessParts } from './device-disk-source-access';
import { sourceAttributes, sourceParts } from './device-disk-source-parts';

const chapter = 'hard-drives-floppy-disks-cdroms';

/** Deeper chains than this are not described: each overlay of a snapshot adds one. */
const LONGEST_CHAIN = 8;

const disk = 'domain/devices/disk';
const chain = [disk, `${disk}/mirror`].flatMap(top =>
  Array.from({ length: LONGEST_CHAIN }, (_, depth) => top + '/backingStore'.repeat(depth + 1)),
);

/** The elements that have a `<source>` of the kind a disk has. */
const sourceParents = [
  disk,
  ...chain,
  `${disk}/mirror`,
  `${disk}/source/dataStore`,
  `${disk}/backingStore/source/dataStore`,
];

export const DISK_SOURCE_ENTRIES: readonly ElementEntry[] = [
  ...chain.flatMap(backingStoreEntries),
  ...sourceParents.flatMap(sourceEntriesBelow),
  ...partsOf('domain/os/nvram/source'),
  {
    path: `${disk}/mirror`,
    summary:
      'A copy or commit that runs on this disk, as libvirt reports it. Ignored in what you write: start and end such jobs with `virsh blockcopy`, `blockcommit` and `blockjob`.',
    chapter,
    attributes: {
      type: { summary: 'Kind of storage that the copy goes to, as for a disk.', since: '1.2.6' },
      job: { summary: 'What was asked for.', values: '`copy` or `active-commit`.', since: '1.2.7' },
      ready: {
        summary: 'How far it is; absent while data is still copied.',
        values: '`yes` (both sides are equal, you can pivot), `abort` or `pivot` (it is ending).',
      },
      file: { summary: 'Path of the copy, kept for old programs; see `<source>`.', since: '0.9.12' },
      format: { summary: 'Format of the copy, kept for old programs; see `<format>`.', since: '0.9.12' },
    },
  },
  formatEntry(`${disk}/mirror`, 'Format of the copy, which may differ from that of the disk.', '1.2.6'),
];

/** A `<source>` below `parent` and what it may contain. */
function sourceEntriesBelow(parent: string): readonly ElementEntry[] {
  const path = `${parent}/source`;
  const source: ElementEntry = {
    path,
    summary:
      'The storage itself; the `type` of the element around it decides which attributes count. A CD-ROM or floppy without it is an empty drive.',
    example: "<source file='/var/lib/libvirt/images/guest.qcow2'/>",
    chapter,
    attributes: sourceAttributes,
  };
  return [source, ...partsOf(path)];
}

function partsOf(source: string): readonly ElementEntry[] {
  return [...sourceParts, ...sourceAccessParts].map(part => ({ ...part, path: `${source}/${part.path}` }));
}

function backingStoreEntries(path: string): readonly ElementEntry[] {
  return [
    {
      path,
      summary:
        'The image behind this one: what the overlay does not hold is read from it. Written by hand it takes the place of the name inside the image (since 5.10.0); an empty element says that nothing lies behind; left out, libvirt reads the chain from the images.',
      example:
        "<backingStore type='file'>\n  <format type='qcow2'/>\n  <source file='/var/lib/libvirt/images/base.qcow2'/>\n  <backingStore/>\n</backingStore>",
      chapter,
      since: '1.2.4',
      attributes: {
        type: { summary: 'Kind of storage of the image, with the same words as for a disk.' },
        index: {
          summary:
            'Names the image in block jobs: `vda[2]` is the one with index 2 of disk vda. Given by libvirt while the guest runs, ignored in what you write.',
        },
      },
    },
    formatEntry(
      path,
      'Format of the image behind; it must be right, since libvirt does not guess it.',
      '1.2.4',
    ),
    {
      path: `${path}/format/metadata_cache`,
      summary:
        'Memory for the tables of this qcow2 image; the one in `<driver>` speaks of the top image only.',
      chapter,
      since: '7.0.0',
    },
    {
      path: `${path}/format/metadata_cache/max_size`,
      summary: 'Upper bound of the cache for this image.',
      unit: 'bytes, or what `unit` says',
      chapter,
      since: '7.0.0',
      attributes: {
        unit: { summary: 'Unit of the number.', values: '`bytes` (default), `KiB`, `MiB`, `GiB`.' },
      },
    },
  ];
}

function formatEntry(parent: string, summary: string, since: string): ElementEntry {
  return {
    path: `${parent}/format`,
    summary,
    chapter,
    since,
    attributes: {
      type: {
        summary: 'Name of the format.',
        values: '`raw`, `qcow2` and the others that `<driver type>` takes.',
      },
    },
  };
}
