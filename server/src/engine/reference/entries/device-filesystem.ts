/** A directory of the host, shared with the guest. */

import type { ElementEntry } from '../entry';

const chapter = 'filesystems';

export const FILESYSTEM_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/devices/filesystem',
    summary:
      "Shares a directory of the host with the guest. For QEMU use the driver `virtiofs`, which is fast and behaves like a local file system, but needs shared memory (`<memoryBacking>` with `<access mode='shared'/>`).",
    example:
      "<filesystem type='mount'>\n  <driver type='virtiofs'/>\n  <source dir='/srv/share'/>\n  <target dir='share'/>\n</filesystem>",
    chapter,
    attributes: {
      type: {
        summary: 'What is shared.',
        values:
          '`mount` (default; a directory). For containers also `file` (an image), `block` (a device), `ram` (memory), `bind` (a directory of the container itself); `template` for OpenVZ.',
      },
      accessmode: {
        summary: 'Under whose identity files are touched. Virtiofs knows `passthrough` only.',
        values:
          "`passthrough` (default; owners and modes as the guest sets them, needs root), `mapped` (all files belong to QEMU, the guest's owners are kept in extended attributes), `squash` (like `passthrough`, but a failed change of owner is ignored).",
        since: '0.8.5',
      },
      model: {
        summary:
          'Variant of the virtio device. Transitional ones go into a conventional PCI slot and work with very old guest drivers.',
        values: '`virtio`, `virtio-transitional`, `virtio-non-transitional`.',
        since: '5.2.0',
      },
      multidevs: {
        summary:
          'With 9p: what to do when the directory spans several file systems, whose inode numbers may be equal.',
        values:
          "`remap` (numbers are changed, safe), `forbid` (only the first file system can be reached), `warn` (a line in the log), `default` (QEMU's choice, now `warn`).",
        since: '6.3.0',
      },
      fmode: {
        summary: 'With 9p and `mapped`: permissions that new files get on the host.',
        values: 'Octal; 600 when left out.',
        since: '6.10.0',
      },
      dmode: {
        summary: 'With 9p and `mapped`: permissions that new directories get on the host.',
        values: 'Octal; 700 when left out.',
        since: '6.10.0',
      },
    },
  },
  {
    path: 'domain/devices/filesystem/source',
    summary: 'What is shared; the type of the file system decides which attribute counts.',
    example: "<source dir='/srv/share'/>",
    chapter,
    attributes: {
      dir: { summary: 'Types `mount` and `bind`: the directory, with its full path.' },
      file: { summary: 'Type `file`: image whose file system the container mounts.' },
      dev: { summary: 'Type `block`: device whose file system the container mounts.' },
      name: { summary: 'Type `template`: the OpenVZ template to start from.' },
      usage: {
        summary: 'Type `ram`: how much memory it may fill.',
        unit: 'KiB, or what `units` says',
        since: '0.9.13',
      },
      units: {
        summary: 'Type `ram`: what `usage` counts.',
        values: '`KiB` (default), `MiB`, `GiB` and so on.',
      },
      socket: {
        summary:
          'With virtiofs: socket of a virtiofsd that you started yourself; its options then hold, not those here.',
      },
    },
  },
  {
    path: 'domain/devices/filesystem/target',
    summary:
      'What the guest calls it. A QEMU guest mounts it by this tag (`mount -t virtiofs share /mnt`); in containers it is the place itself.',
    example: "<target dir='share'/>",
    chapter,
    attributes: { dir: { summary: 'Tag or mount point. Tags of virtiofs have at most 36 bytes, of 9p 31.' } },
  },
  {
    path: 'domain/devices/filesystem/readonly',
    summary: 'The guest can read but not change anything. Works with 9p, and with virtiofs since 11.0.0.',
    chapter,
  },
  {
    path: 'domain/devices/filesystem/driver',
    summary:
      'How the sharing is done. Virtiofs runs a process virtiofsd for each share; `path` is 9p inside QEMU, slower and without shared memory.',
    chapter,
    since: '1.0.6',
    attributes: {
      type: {
        summary: 'The way of sharing.',
        values:
          "`virtiofs` (since 6.2.0), `path` (9p, QEMU's default), `handle` (9p by file handles, gone from current QEMU), `mtp` (a USB device, since 10.2.0); `loop` and `nbd` for containers, `ploop` for Virtuozzo.",
      },
      format: {
        summary: 'Format of an image behind `loop`, `nbd` or `ploop`.',
        values: '`raw` for `loop`, any for `nbd`, `ploop` for `ploop`.',
      },
      wrpolicy: {
        summary:
          "With 9p: starts writing to the medium right after each write of the guest, which keeps little in the host's cache.",
        values: '`immediate`.',
        since: '0.9.10',
      },
      queue: {
        summary: 'With virtiofs: how many requests fit into its queue.',
        values: "QEMU's default is 128; 1024 is usual.",
        since: '6.2.0',
      },
    },
  },
  {
    path: 'domain/devices/filesystem/binary',
    summary: 'Options of the virtiofsd that libvirt starts for this share.',
    example: "<binary path='/usr/libexec/virtiofsd' xattr='on'>\n  <cache mode='always'/>\n</binary>",
    chapter,
    since: '6.2.0',
    attributes: {
      path: { summary: 'The program to run, where not the one that the distribution registered.' },
      xattr: {
        summary:
          'Whether the guest can use extended attributes; needed for SELinux, ACLs and overlay file systems in it.',
        values: '`on` or `off`.',
      },
    },
  },
  {
    path: 'domain/devices/filesystem/binary/cache',
    summary: 'How long the guest trusts what it has read.',
    chapter,
    since: '6.2.0',
    attributes: {
      mode: {
        summary: 'Choose `always` only where nobody else changes the files.',
        values: '`none` (asks each time) or `always` (fastest).',
      },
    },
  },
  {
    path: 'domain/devices/filesystem/binary/lock',
    summary: 'Which file locks of the guest are also seen by the host and other guests.',
    chapter,
    since: '6.2.0',
    attributes: {
      posix: { summary: 'Locks made with fcntl.', values: '`on` or `off`.' },
      flock: { summary: 'Locks made on whole files with the BSD call.', values: '`on` or `off`.' },
    },
  },
  {
    path: 'domain/devices/filesystem/binary/sandbox',
    summary: 'How virtiofsd is shut into the shared directory.',
    chapter,
    since: '7.2.0',
    attributes: {
      mode: {
        summary: 'The weaker one is for hosts that are containers themselves.',
        values: '`namespace` (default) or `chroot`.',
      },
    },
  },
  {
    path: 'domain/devices/filesystem/binary/thread_pool',
    summary: 'Threads that serve requests side by side. Helps on slow storage, costs on fast storage.',
    chapter,
    since: '8.5.0',
    attributes: { size: { summary: 'Most threads that may run; 0 does without a pool.' } },
  },
  {
    path: 'domain/devices/filesystem/binary/openfiles',
    summary: 'Bound for the files that the guest keeps open at the same time.',
    chapter,
    since: '10.6.0',
    attributes: { max: { summary: 'Most file descriptors of virtiofsd.', values: 'From 1.' } },
  },
  {
    path: 'domain/devices/filesystem/idmap',
    summary:
      'With virtiofs: maps users and groups of the guest to others on the host, needed when libvirt runs without root rights.',
    example:
      "<idmap>\n  <uid start='0' target='1000' count='1'/>\n  <gid start='0' target='1000' count='1'/>\n</idmap>",
    chapter,
    since: '10.0.0',
  },
  {
    path: 'domain/devices/filesystem/idmap/uid',
    summary: 'A row of users and whom they are on the host.',
    chapter,
    since: '10.0.0',
    attributes: {
      start: { summary: 'First user number in the guest.' },
      target: { summary: 'User number on the host that the first one becomes.' },
      count: { summary: 'How many users in a row are mapped.' },
    },
  },
  {
    path: 'domain/devices/filesystem/idmap/gid',
    summary: 'A row of groups and which they are on the host.',
    chapter,
    since: '10.0.0',
    attributes: {
      start: { summary: 'First group number in the guest.' },
      target: { summary: 'Group number on the host that the first one becomes.' },
      count: { summary: 'How many groups in a row are mapped.' },
    },
  },
  {
    path: 'domain/devices/filesystem/space_hard_limit',
    summary: 'OpenVZ: space that the guest can never exceed.',
    unit: 'bytes, or what `unit` says',
    chapter,
    since: '0.9.13',
    attributes: {
      unit: { summary: 'What the number counts.', values: '`bytes` (default), `KiB`, `MiB`, `GiB`.' },
    },
  },
  {
    path: 'domain/devices/filesystem/space_soft_limit',
    summary: 'OpenVZ: space that the guest may exceed for a time of grace.',
    unit: 'bytes, or what `unit` says',
    chapter,
    since: '0.9.13',
    attributes: {
      unit: { summary: 'What the number counts.', values: '`bytes` (default), `KiB`, `MiB`, `GiB`.' },
    },
  },
];
