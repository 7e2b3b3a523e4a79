import { CONSEQUENCES_TO_ALLOW } from '../../engine';
import type { OptionSyntax } from '../syntax';

/** Options that the commands for a VM share. */

export const VM_OPTION: OptionSyntax = {
  name: '--vm',
  value: { label: 'ADDRESS', completes: 'address' },
  required: true,
  summary: 'The VM: unix:PATH or tcp:HOST:PORT of a QMP socket.',
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

/** What a plan is made from, beside the document. */
export const PLAN_OPTIONS: readonly OptionSyntax[] = [
  { name: '--prune', summary: 'Delete groups of the VM that the document does not name and nothing uses.' },
  { name: '--live', summary: 'Change the running VM; so it is where neither --live nor --config is given.' },
  {
    name: '--config',
    summary: "Change libvirt's definition; a QMP socket does not reach it, so this version refuses.",
  },
];

export const ALLOW_OPTION: OptionSyntax = {
  name: '--allow',
  value: { label: 'KIND', choices: CONSEQUENCES_TO_ALLOW, completes: 'nothing' },
  repeatable: true,
  summary: 'Allow a consequence that --yes does not cover.',
};

/** For `--help`: what concerns every command that connects. */
export const VM_DETAILS: readonly string[] = [
  'A QMP socket serves one client at a time, has no password, and lets its client do all that QEMU can. So tcp: to another host is refused unless DOMXML_ALLOW_REMOTE_TCP=1 is set.',
];
