import { analyze, attachWish, formatDiskOfWords, SourceText, type AttachWishResult } from '../engine';
import { readDocument } from '../files';
import { UsageError, type Arguments } from './arguments';
import { shownPath } from './check/report';
import type { Command } from './command';
import { printable } from './printable';
import type { OptionSyntax } from './syntax';
import { ACCEPT_OPTIONS, PLANE_OPTIONS, VM_DETAILS, VM_OPTION } from './vm/options';
import { allowedOf, wishPlanner } from './vm/planner';
import { writeToVm } from './vm/write';

const text = (name: string, label: string, summary: string): OptionSyntax => ({
  name,
  value: { label, completes: 'nothing' },
  summary,
});

const choice = (name: string, choices: readonly string[], summary: string): OptionSyntax => ({
  name,
  value: { label: 'WORD', choices, completes: 'nothing' },
  summary,
});

/** What describes the disk where no document does, by virsh's names. */
const DISK_OPTIONS: readonly OptionSyntax[] = [
  {
    name: '--source',
    value: { label: 'PATH', completes: 'file' },
    summary: 'The image, or the block device: an absolute path on the host of the VM.',
  },
  text(
    '--throttle-groups',
    'GROUP[,GROUP]...',
    'Its throttle filters, from the image up; the VM has the groups.',
  ),
  choice('--subdriver', ['raw', 'qcow2'], 'Format of the image; raw where not given.'),
  choice('--targetbus', ['virtio', 'scsi'], 'The bus; by TARGET where not given.'),
  choice('--sourcetype', ['file', 'block'], 'What the source is; block for /dev/..., else file.'),
  choice('--cache', ['none', 'writeback', 'writethrough', 'directsync', 'unsafe'], 'How the host caches.'),
  choice('--io', ['native', 'threads', 'io_uring'], 'How QEMU does the I/O.'),
  text('--iothread', 'N', 'The iothread that serves it (virtio).'),
  text('--serial', 'TEXT', 'The serial number that the guest sees.'),
  choice('--mode', ['readonly', 'shareable'], 'Not writable, or written by others too.'),
];

/** `domxml attach-disk`: plugs a disk into a VM with its throttle filters, so that it is limited from its first request. */
export const attachDiskCommand: Command = {
  syntax: {
    name: 'attach-disk',
    summary: 'Attach a disk to a VM with its throttle filters.',
    operand: { label: 'TARGET', completes: 'nothing', least: 1, most: 1 },
    options: [
      VM_OPTION,
      {
        name: '--from',
        value: { label: 'FILE', completes: 'file' },
        summary:
          'The document whose disk TARGET is attached, with the groups that its filters name; - is standard input.',
      },
      ...DISK_OPTIONS,
      ...PLANE_OPTIONS,
      ...ACCEPT_OPTIONS,
    ],
    usageExit: 2,
    details: [
      'TARGET is the name as in <target dev>: vdb. The disk is that of the document (--from), or the one that --source and the options behind it describe, which are those of virsh attach-disk.',
      'The image is opened and the filters are put over it before the guest sees the device. Groups of the document that the VM lacks are created; groups that it has are left as they are.',
      'A QMP socket takes disks of type file and block on virtio or virtio-scsi, raw and qcow2, and refuses what it does not understand in the element. libvirt:DOMAIN takes all that libvirt takes.',
      'Exit code: 0 attached and read back, or there already; 1 every other outcome; 2 a mistake in the arguments.',
      ...VM_DETAILS,
    ],
  },
  run: (given, terminal) =>
    writeToVm(given, terminal, {
      planner: async address => {
        const planner = wishPlanner(given, address);
        const result = await wishOf(given);
        return result.kind === 'wish'
          ? planner({ kind: 'attach-disk', disk: result.wish })
          : { refusal: result.refusal.message };
      },
      allow: allowedOf(given),
      expect: given.value('--expect'),
      stdinTaken: given.value('--from') === '-',
    }),
};

/** Throws `UsageError` where it is not said which disk. */
async function wishOf(given: Arguments): Promise<AttachWishResult> {
  const [target = ''] = given.operands;
  const document = given.value('--from');
  const words = DISK_OPTIONS.filter(({ name }) => given.has(name));
  if (document !== undefined) {
    const [word] = words;
    if (word !== undefined)
      throw new UsageError(`${word.name} does not go with --from: the document says it all`);
    const read = await readDocument(document);
    if (read.kind === 'unreadable') {
      const message = `${printable(shownPath(document))} cannot be read: ${read.message}.`;
      return { kind: 'refusal', refusal: { reason: 'unsupported', message } };
    }
    return attachWish(analyze(SourceText.of(read.text)), target);
  }
  const source = given.value('--source');
  if (source === undefined) throw new UsageError('give --from FILE, or --source PATH');
  const disk = formatDiskOfWords({
    source,
    target,
    sourcetype: given.value('--sourcetype'),
    targetbus: given.value('--targetbus'),
    subdriver: given.value('--subdriver'),
    cache: given.value('--cache'),
    io: given.value('--io'),
    iothread: given.value('--iothread'),
    serial: given.value('--serial'),
    mode: given.value('--mode'),
    throttleGroups: given.value('--throttle-groups')?.split(',') ?? [],
  });
  const domain = `<domain type='kvm'>\n<devices>\n${disk}\n</devices>\n</domain>\n`;
  return attachWish(analyze(SourceText.of(domain)), target, { groupsOnVm: true });
}
