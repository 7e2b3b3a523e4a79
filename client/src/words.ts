/** Words of buttons and messages, and which question comes before an apply. Needs no VS Code. */

import {
  CONSEQUENCES_TO_ALLOW,
  type ConsequenceKind,
  type OutcomeKind,
  type Target,
} from '../../server/src/engine';
import { DETACH_SECONDS } from '../../server/src/protocol';
import type {
  ApplyAnswer,
  CheckWorkspaceAnswer,
  DiskSummary,
  FindingsAnswer,
  GroupSummary,
  PlanAnswer,
  Planes,
} from '../../server/src/protocol';

/** What the VM is called: its own name, else its address. */
export const vmName = (target: Target, address: string): string => target.name ?? address;

/** "db01 (unix:/run/db01.sock)": whom a change will meet is said in full. */
export const vmTitle = (target: Target, address: string): string =>
  target.name === null ? address : `${target.name} (${address})`;

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** "Apply 3 changes to db01 (unix:/run/db01.sock)". */
export const applyTitle = (changes: number, target: Target, address: string): string =>
  `Apply ${counted(changes, 'change')} to ${vmTitle(target, address)}`;

/** How loud an outcome is told. */
export function toneOf(outcome: OutcomeKind): 'information' | 'warning' | 'error' {
  switch (outcome) {
    case 'applied':
    case 'unchanged':
      return 'information';
    case 'refused':
    case 'drifted':
    case 'cancelled':
    case 'rolled-back':
      return 'warning';
    case 'failed':
    case 'partial':
    case 'unknown':
      return 'error';
  }
}

/** What stands in the place of a plan's button once it was used. */
export function doneWords(outcome: OutcomeKind): string {
  switch (outcome) {
    case 'applied':
      return 'This plan was carried out: applied';
    case 'unchanged':
      return 'There was nothing to change';
    case 'refused':
      return 'This plan was refused: nothing was sent';
    case 'drifted':
      return 'This plan is out of date: nothing was sent';
    case 'cancelled':
      return 'This plan was cancelled: nothing of it is in force';
    case 'failed':
      return 'This plan failed: nothing of it is in force';
    case 'rolled-back':
      return 'This plan failed and was undone';
    case 'partial':
      return 'This plan failed: not all is as before';
    case 'unknown':
      return 'This plan was broken off: what is in force is not known';
  }
}

/** What became of a change, as a document to read: the outcome, each step, what differs now, and the transcript. */
export function recordText(
  result: Pick<ApplyAnswer, 'outcome' | 'message' | 'steps' | 'differs' | 'transcript'>,
): string {
  const width = Math.max(0, ...result.steps.map(step => step.state.length));
  return [
    `Outcome: ${result.outcome}`,
    ...folded(result.message),
    ...section(
      'Steps',
      result.steps.map(step => `${step.state.padEnd(width)}  ${step.summary}`),
    ),
    ...section(
      'Differs from before',
      result.differs.map(({ object, text }) => `${object}: ${text}`),
    ),
    ...section('Transcript', result.transcript === '' ? [] : result.transcript.trimEnd().split('\n')),
    '',
  ].join('\n');
}

/** Text in lines of about 100 characters: an editor does not wrap lines of plain text. */
function folded(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > 100) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines];

/** What is known of a change before it is made; decides whether a modal asks. */
export interface Weight {
  readonly firstToVm: boolean;
  /** Sentences that are reason enough to ask. */
  readonly reasons: readonly string[];
  readonly consequences: PlanAnswer['consequences'];
  /** A simulated VM: nothing real is changed, so nothing is asked. */
  readonly practice: boolean;
}

/** What of a plan decides about the question. Taint that was allowed to make the plan is not asked for again. */
export const weightOf = (
  { reasons, consequences }: Pick<Weight, 'reasons' | 'consequences'>,
  allowed: readonly ConsequenceKind[],
  { practice }: Pick<Weight, 'practice'>,
): Omit<Weight, 'firstToVm'> => ({
  reasons,
  consequences: consequences.filter(({ kind }) => kind !== 'taint' || !allowed.includes('taint')),
  practice,
});

/**
 * The reasons for a modal question, as sentences; none: the button was the confirmation.
 * A modal comes for the first change to a VM in a window, for what is taken away, for a disk left without limits, and
 * for what the user has to allow one by one.
 */
export function reasonsToAsk(weight: Weight, vm: string): readonly string[] {
  if (weight.practice) return [];
  const reasons: string[] = [];
  if (weight.firstToVm) reasons.push(`This is the first change to ${vm} from this window.`);
  reasons.push(...weight.reasons);
  for (const { kind, text } of weight.consequences) {
    if (kind === 'unthrottles' || needsAllowing(kind)) reasons.push(text);
  }
  return reasons;
}

export const GROUP_DELETED = 'A throttle group is deleted.';

/** What a detached disk means to whoever uses it, for the question. */
export const detachedWords = (planes: Planes): string =>
  planes.includes('live')
    ? `The guest is asked to let go of the disk, which can take up to ${DETACH_SECONDS} s. Unmount what is on it in the guest first.`
    : 'The disk is taken out of the persistent definition: the VM is without it from its next start.';

/** The consequences that the user allows by answering the question. */
export const allowedBy = (weight: Pick<Weight, 'consequences'>): readonly ConsequenceKind[] =>
  weight.consequences.map(consequence => consequence.kind).filter(needsAllowing);

const toAllow: ReadonlySet<ConsequenceKind> = new Set(CONSEQUENCES_TO_ALLOW);
const needsAllowing = (kind: ConsequenceKind): boolean => toAllow.has(kind);

/** "2 errors, 1 warning", or undefined where there is nothing to say. */
export function findingsSummary(findings: FindingsAnswer['findings']): string | undefined {
  return countsSummary({
    error: findings.filter(({ severity }) => severity === 'error').length,
    warning: findings.filter(({ severity }) => severity === 'warning').length,
    information: findings.filter(({ severity }) => severity === 'information').length,
    hint: findings.filter(({ severity }) => severity === 'hint').length,
  });
}

function countsSummary(counts: CheckWorkspaceAnswer['findings']): string | undefined {
  const severities = [
    ['error', 'error', 'errors'],
    ['warning', 'warning', 'warnings'],
    ['information', 'note', 'notes'],
    ['hint', 'hint', 'hints'],
  ] as const;
  const parts: string[] = [];
  for (const [severity, one, many] of severities) {
    if (counts[severity] > 0) parts.push(counted(counts[severity], one, many));
  }
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** What a check of the workspace came to, in one sentence or two. */
export function workspaceSummary(answer: CheckWorkspaceAnswer): string {
  const { checked, withFindings, findings, unreadable, limited, cancelled } = answer;
  if (checked === 0 && !cancelled) return 'There are no libvirt documents in the workspace.';
  const found = countsSummary(findings);
  const parts = [`${counted(checked, 'libvirt document')} checked`];
  parts.push(
    found === undefined ? ': nothing found.' : `: ${found} in ${counted(withFindings, 'document')}.`,
  );
  if (unreadable.length > 0) {
    parts.push(` ${counted(unreadable.length, 'file')} could not be read: the log says why.`);
  }
  if (cancelled) parts.push(' Cancelled before the end.');
  if (limited)
    parts.push(' There are more files: the setting libvirtDomain.workspaceFiles says how many are read.');
  return parts.join('');
}

/** Libvirt's word for a domain that does not run, as the server gives it for a run state. */
export const SHUT_OFF = 'shutoff';

/** What taint means to a user, for the question that allows it. */
export const TAINT =
  "Libvirt has no way to read or change the filters of a running disk; QEMU has. Where QEMU is asked directly (qemu-monitor-command), libvirt marks the domain as tainted: virsh dominfo and libvirt's log say so until the VM is started anew. The mark itself breaks nothing. What a change breaks is said in its plan, before anything is changed.";

/** What of a libvirt domain is changed, in words. */
export function planesWords(planes: Planes): string {
  const live = planes.includes('live');
  if (live && planes.includes('config')) return 'the running VM and its persistent definition';
  return live ? 'the running VM' : 'the persistent definition';
}

/** A foreign value as planes; undefined where it names none. */
export function planesOf(value: unknown): Planes | undefined {
  const given = Array.isArray(value) ? value : [];
  const planes = (['live', 'config'] as const).filter(plane => given.includes(plane));
  return planes.length === 0 ? undefined : planes;
}

/** Disks with their filters and limits as a document to read. */
export function disksText(title: string, disks: readonly DiskSummary[]): string {
  const parts = [`# ${title}`, ...(disks.length === 0 ? ['There are no disks.'] : disks.map(diskText))];
  const source = sourceWords(disks);
  return `${[...parts, ...(source === undefined ? [] : [source])].join('\n\n')}\n`;
}

function diskText({ alias, target, filters, iotuneText, remarks }: DiskSummary): string {
  return [
    target === null || target === alias ? `## ${alias}` : `## ${target} (${alias})`,
    '',
    filters.length === 0 ? 'No filters.' : `Filters, from the image up: ${filters.join(', then ')}`,
    ...(iotuneText === null ? [] : [`Limits of its own (iotune): ${iotuneText}`]),
    ...(remarks.length === 0 ? [] : [`Remarks: ${remarks.join(', ')}`]),
  ].join('\n');
}

/** A chain of filters in a list of disks. */
export const filtersWords = (filters: readonly string[]): string =>
  filters.length === 0 ? 'no filters' : `filters: ${filters.join(', then ')}`;

/** Where the values were seen: what libvirt's XML says need not be what QEMU has. */
function sourceWords(disks: readonly DiskSummary[]): string | undefined {
  switch (disks.find(({ source }) => source !== undefined)?.source) {
    case 'libvirt-live':
      return "As libvirt's live XML has it. What was changed in QEMU behind libvirt's back is not seen there.";
    case 'libvirt-config':
      return "As libvirt's persistent definition has it: the domain is not running.";
    case 'qemu':
      return 'As QEMU itself has it.';
    case undefined:
      return undefined;
  }
}

/** Throttle groups as a document to read. */
export function groupsText(title: string, groups: readonly GroupSummary[]): string {
  const parts = [`# ${title}`];
  if (groups.length === 0) parts.push('There are no throttle groups.');
  for (const group of groups) parts.push(groupText(group));
  return `${parts.join('\n\n')}\n`;
}

function groupText(group: GroupSummary): string {
  const limits = Object.entries(group.limits);
  const width = Math.max(0, ...limits.map(([name]) => name.length));
  return [
    `## ${group.name}`,
    '',
    group.limitsText === '' ? 'No limits.' : group.limitsText,
    `Used by: ${group.usedBy.length === 0 ? 'nothing' : group.usedBy.join(', ')}`,
    ...(limits.length === 0
      ? []
      : ['', ...limits.map(([name, value]) => `    ${name.padEnd(width)}  ${value}`)]),
  ].join('\n');
}

/** The command that edits a domain's definition, for a POSIX shell; the name is data, whatever is in it. */
export function virshEdit(domain: string): string {
  if (domain === '') return 'virsh edit DOMAIN';
  const plain = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(domain);
  return plain ? `virsh edit ${domain}` : `virsh edit -- '${domain.replaceAll("'", `'\\''`)}'`;
}
