/** A plan as text for people: the command line prints it, the editor shows it as a document. */

import { formatDisk, formatGroups } from '../edit/format';
import { LIMITS } from '../limits/table';
import { formatLimit } from '../limits/units';
import { vmTitle } from './identity';
import { commandJson } from './json';
import { changeCount } from './plan';
import type { GroupChange, NamedDisk, NamedLimits, Plan } from './types';
import type { Target } from './vm-state';
import { changeSummary, shown } from './words';

/** The whole plan: who, what changes from what to what, what it brings with it, and the exact commands. */
export function describePlan(plan: Plan, address: string): string {
  const count = changeCount(plan) - heldAlone(plan).length;
  const sections: (readonly string[])[] = [[`VM: ${targetLine(plan.target, address)}`, `Plan: ${plan.hash}`]];
  if (count === 0) sections.push(['Nothing to do: groups and disks on the VM are as wanted.']);
  else
    sections.push([
      `${count} ${count === 1 ? 'change' : 'changes'}:`,
      ...plan.groupChanges.flatMap(changeLines),
      ...plan.steps.flatMap(({ effect, summary }) =>
        effect.kind === 'group' || effect.kind === 'none' ? [] : [`  ${summary}`],
      ),
    ]);
  const { held } = plan;
  if (held.length > 0) sections.push(['Not changed:', ...held.map(({ message }) => `  - ${message}`)]);
  if (plan.consequences.length > 0) {
    sections.push([
      'What this brings with it:',
      ...plan.consequences.map(({ kind, text }) => `  - ${text} (${kind})`),
    ]);
  }
  const notes = plan.notes.filter(note => !held.some(({ message }) => message === note));
  if (notes.length > 0) sections.push(['Notes:', ...notes.map(note => `  - ${note}`)]);
  if (plan.steps.length > 0) sections.push(['Commands, in this order:', ...plan.steps.flatMap(stepLines)]);
  return `${sections.map(section => section.join('\n')).join('\n\n')}\n`;
}

/** Disks of which nothing is changed. */
const heldAlone = ({ held, chainChanges, iotuneChanges }: Plan): readonly string[] => [
  ...new Set(
    held
      .map(({ title }) => title)
      .filter(title => ![...chainChanges, ...iotuneChanges].some(change => change.title === title)),
  ),
];

/** "db01 (unix:/run/db01.sock), uuid ..., QEMU 10.0.13, managed by libvirt". */
export function targetLine(target: Target, address: string): string {
  const parts = [`${vmTitle(target)} (${shown(address)})`];
  if (target.name !== null && target.uuid !== null) parts.push(`uuid ${shown(target.uuid)}`);
  parts.push(`QEMU ${target.qemu}`);
  if (target.libvirt !== null) parts.push(`libvirt ${target.libvirt}`);
  if (target.managedBy === 'libvirt') parts.push('managed by libvirt');
  return parts.join(', ');
}

/** Groups as libvirt would write them: the two sides of the diff. */
export const groupsAsXml = (groups: readonly NamedLimits[]): string => `${formatGroups(groups)}\n`;

/** Both sides of the diff of a plan: groups and, of the disks that differ, filters and iotune. */
export const planSides = (plan: Plan): { readonly vm: string; readonly wanted: string } => ({
  vm: `${groupsAsXml(plan.vmGroups)}${plan.vmDisks.map(diskAsXml).join('')}`,
  wanted: `${groupsAsXml(plan.wantedGroups)}${plan.wantedDisks.map(diskAsXml).join('')}`,
});

const diskAsXml = ({ title, filters, iotune }: NamedDisk): string =>
  `${formatDisk(title, filters, iotune)}\n`;

/** The summary of a change, and below it each limit that becomes another: "total_iops_sec: 500 IOPS -> 800 IOPS". */
function changeLines(change: GroupChange): readonly string[] {
  const { before, after } = change;
  const lines = [`  ${changeSummary(change)}`];
  if (before === undefined || after === undefined) return lines;
  for (const field of LIMITS) {
    const [was, is] = [before[field.xml], after[field.xml]];
    if (was !== is) lines.push(`    ${field.xml}: ${formatLimit(field, was)} -> ${formatLimit(field, is)}`);
  }
  return lines;
}

const stepLines = (step: Plan['steps'][number], index: number): readonly string[] => [
  `  ${index + 1}. ${step.summary}`,
  ...step.commands.map(command => `     ${commandJson(command)}`),
];
