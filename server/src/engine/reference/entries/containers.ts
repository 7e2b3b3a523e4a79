/** What only containers (LXC) have. */

import type { AttributeEntry, ElementEntry } from '../entry';

const MAPPING: Readonly<Record<string, AttributeEntry>> = {
  start: {
    summary: 'First ID inside the container that this row maps.',
    values: 'The first row must begin with 0 (root).',
  },
  target: {
    summary: 'ID on the host that the first mapped one becomes; the following ones go up from there.',
  },
  count: { summary: 'How many consecutive IDs are mapped. The container cannot use any beyond.' },
};

export const CONTAINER_ENTRIES: readonly ElementEntry[] = [
  {
    path: 'domain/os/init',
    summary: 'First program in the container, its process 1; when it ends, so does the container.',
    values: 'An absolute path inside the container, such as /sbin/init or /bin/sh.',
    chapter: 'container-boot',
    example: '<init>/bin/systemd</init>\n<initarg>--unit</initarg>\n<initarg>emergency.service</initarg>',
  },
  {
    path: 'domain/os/initarg',
    summary: 'One argument for the first program; repeat it for more. No shell splits or expands it.',
    chapter: 'container-boot',
  },
  {
    path: 'domain/os/initenv',
    summary: 'An environment variable that the first program finds; the content is its value.',
    example: "<initenv name='LANG'>C.UTF-8</initenv>",
    chapter: 'container-boot',
    attributes: { name: { summary: 'What the variable is called, such as PATH or LANG.' } },
  },
  {
    path: 'domain/os/initdir',
    summary: 'Working directory in which the first program is started.',
    values: 'An absolute path inside the container.',
    chapter: 'container-boot',
  },
  {
    path: 'domain/os/inituser',
    summary: 'User as whom the first program runs, instead of root.',
    values: 'A name or an ID; a plus sign in front makes sure that digits are read as an ID.',
    chapter: 'container-boot',
  },
  {
    path: 'domain/os/initgroup',
    summary: "Group as which the first program runs, instead of root's.",
    values: 'A name or an ID; a plus sign in front makes sure that digits are read as an ID.',
    chapter: 'container-boot',
  },
  {
    path: 'domain/idmap',
    summary:
      'Gives a container its own user namespace: root inside is an ordinary user on the host, so that a break-out gains little.',
    example:
      "<idmap>\n  <uid start='0' target='100000' count='65536'/>\n  <gid start='0' target='100000' count='65536'/>\n</idmap>",
    chapter: 'container-boot',
  },
  {
    path: 'domain/idmap/uid',
    summary: 'A range of user IDs in the container and the range on the host that they stand for.',
    chapter: 'container-boot',
    attributes: MAPPING,
  },
  {
    path: 'domain/idmap/gid',
    summary: 'A range of group IDs in the container and the range on the host that they stand for.',
    chapter: 'container-boot',
    attributes: MAPPING,
  },
  {
    path: 'domain/features/privnet',
    summary:
      "Takes the container off the host's network even when it has no interface of its own. With an interface that is so anyway.",
    chapter: 'hypervisor-features',
  },
  {
    path: 'domain/features/capabilities',
    summary:
      'Which Linux capabilities processes in the container keep. Some, among them mknod, are dropped by default; giving them back weakens the wall to the host.',
    since: '1.2.6',
    example: "<capabilities policy='default'>\n  <mknod state='on'/>\n</capabilities>",
    chapter: 'drvlxc#altering-the-available-capabilities',
    attributes: {
      policy: {
        summary: 'What holds for capabilities that are not listed inside.',
        values: "`default` (libvirt's selection), `allow` (keep all, later ones too), `deny` (drop all).",
      },
    },
  },
  {
    path: 'domain/features/capabilities/*',
    summary:
      'The Linux capability of this name without its CAP_ (see capabilities(7)), as an exception from the policy.',
    since: '1.2.6',
    chapter: 'drvlxc#altering-the-available-capabilities',
    attributes: {
      state: { summary: 'Whether processes keep or lose it.', values: '`on` (kept) or `off` (dropped).' },
    },
  },
];
