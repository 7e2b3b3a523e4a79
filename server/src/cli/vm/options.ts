import { CONSEQUENCES_TO_ALLOW } from '../../engine';
import type { OptionSyntax } from '../syntax';

/** Options that the commands for a VM share. */

export const VM_OPTION: OptionSyntax = {
  name: '--vm',
  value: { label: 'ADDRESS', completes: 'address' },
  required: true,
  summary: 'The VM: unix:PATH or tcp:HOST:PORT of a QMP socket, or libvirt:DOMAIN[@CONNECT-URI].',
};

export const FORMAT_OPTION: OptionSyntax = {
  name: '--format',
  value: { label: 'FORMAT', choices: ['text', 'json'], completes: 'nothing' },
  summary: 'How the result is written on stdout; text where not given.',
};

export const YES_OPTION: OptionSyntax = {
  name: '--yes',
  summary: 'Do not ask. Needed where there is no terminal to ask on.',
};

/** Which side of a libvirt domain is meant. */
export const PLANE_OPTIONS: readonly OptionSyntax[] = [
  { name: '--live', summary: 'Change the running VM. A QMP socket reaches nothing else.' },
  {
    name: '--config',
    summary: "Change libvirt's persistent definition, in force from the next start; with --live both.",
  },
];

/** What a plan is made from, beside the document. */
export const PLAN_OPTIONS: readonly OptionSyntax[] = [
  { name: '--prune', summary: 'Delete groups of the VM that the document does not name and nothing uses.' },
  ...PLANE_OPTIONS,
  {
    name: '--return',
    summary: "Instead of a document: give running disks the filters of libvirt's live XML again.",
  },
];

/** Hash of a plan that somebody has looked at. */
export const EXPECT_OPTION: OptionSyntax = {
  name: '--expect',
  value: { label: 'HASH', completes: 'nothing' },
  summary: 'Apply only the plan of this hash, as plan gave it.',
};

export const WAIT_OPTION: OptionSyntax = {
  name: '--wait',
  value: { label: 'SECONDS', completes: 'nothing' },
  summary: 'How long the guest may take to let go of the disk; 20 where not given.',
};

export const ALLOW_OPTION: OptionSyntax = {
  name: '--allow',
  value: { label: 'KIND', choices: CONSEQUENCES_TO_ALLOW, completes: 'nothing' },
  repeatable: true,
  summary: 'Allow a consequence that --yes does not cover.',
};

/** One word of the command that starts virsh, where plain `virsh` is not it. */
export const VIRSH_OPTION: OptionSyntax = {
  name: '--virsh',
  value: { label: 'WORD', completes: 'nothing' },
  repeatable: true,
  summary: 'A word of the command that starts virsh, in order: --virsh docker --virsh exec ...',
};

/** For commands that only look: QEMU itself is asked, which marks the domain. */
const LOOK_OPTION: OptionSyntax = {
  name: '--allow',
  value: { label: 'KIND', choices: ['taint'], completes: 'nothing' },
  repeatable: true,
  summary: 'Ask QEMU itself for what libvirt does not know; libvirt marks the domain as tainted.',
};

/** All options of the commands that only look. */
export const LOOK_OPTIONS: readonly OptionSyntax[] = [VM_OPTION, LOOK_OPTION, FORMAT_OPTION, VIRSH_OPTION];

/** For `--help`: what concerns every command that connects. */
export const VM_DETAILS: readonly string[] = [
  'A QMP socket serves one client at a time, has no password, and lets its client do all that QEMU can. So tcp: to another host is refused unless DOMXML_ALLOW_REMOTE_TCP=1 is set.',
  'Through libvirt:DOMAIN groups and iotune change by virsh, so that its definitions stay true; --live, --config or both must be said. The filters of running disks are known to and changed in QEMU only, which needs --allow taint.',
];

/** How a command that writes a plan is told to go on, and to say what came of it. */
export const ACCEPT_OPTIONS: readonly OptionSyntax[] = [
  YES_OPTION,
  ALLOW_OPTION,
  EXPECT_OPTION,
  FORMAT_OPTION,
  VIRSH_OPTION,
];
