/** The whole way of the product from a document's text to a live VM: analysed, planned, applied. */

import {
  analyze,
  desiredGroups,
  makePlan,
  SourceText,
  type Outcome,
  type Plan,
  type PlanOptions,
  type PlanResult,
  type VmState,
} from '../../server/src/engine';
import type { VmSession } from '../../server/src/vm';

/** The plan of a document for a state of the VM, as a user would be shown it. */
export function planDocument(text: string, state: VmState, options: PlanOptions = {}): PlanResult {
  const desired = desiredGroups(analyze(SourceText.of(text)));
  return desired.kind === 'refusal' ? desired : makePlan(desired.desired, state, options);
}

export interface Applied {
  readonly plan: Plan;
  readonly outcome: Outcome;
}

/** Reads the VM, makes the plan and applies it at once. Throws the refusal's words where there is no plan. */
export async function applyDocument(
  session: VmSession,
  text: string,
  options: PlanOptions = {},
): Promise<Applied> {
  const result = planDocument(text, await session.read(), options);
  if (result.kind === 'refusal') throw new Error(`refused: ${result.refusal.message}`);
  const { plan } = result;
  const outcome = await session.apply({
    plan: state => planDocument(text, state, options),
    expect: plan.hash,
  });
  return { plan, outcome };
}

export interface DocumentDisk {
  readonly target: string;
  readonly bus: string;
  /** Given where libvirt's own rule would not find the device. */
  readonly alias?: string | undefined;
  readonly source?: string | undefined;
  readonly serial?: string | undefined;
  /** Names of groups, from the image up. */
  readonly filters: readonly string[];
}

export interface DocumentOfVm {
  readonly name: string;
  readonly uuid?: string | undefined;
  /** Groups with their total_iops_sec. */
  readonly groups: { readonly [name: string]: number };
  readonly disks: readonly DocumentDisk[];
}

/** A domain's document as a user would write it. */
export function documentText({ name, uuid, groups, disks }: DocumentOfVm): string {
  return [
    `<domain type='qemu'>`,
    `  <name>${name}</name>`,
    ...(uuid === undefined ? [] : [`  <uuid>${uuid}</uuid>`]),
    `  <throttlegroups>`,
    ...Object.entries(groups).map(
      ([group, iops]) =>
        `    <throttlegroup><group_name>${group}</group_name><total_iops_sec>${iops}</total_iops_sec></throttlegroup>`,
    ),
    `  </throttlegroups>`,
    `  <devices>`,
    ...disks.flatMap(diskLines),
    `  </devices>`,
    `</domain>`,
    '',
  ].join('\n');
}

function diskLines(disk: DocumentDisk): readonly string[] {
  const filters = disk.filters.map(group => `<throttlefilter group='${group}'/>`).join('');
  return [
    `    <disk type='file' device='disk'>`,
    ...(disk.source === undefined ? [] : [`      <source file='${disk.source}'/>`]),
    `      <target dev='${disk.target}' bus='${disk.bus}'/>`,
    ...(filters === '' ? [] : [`      <throttlefilters>${filters}</throttlefilters>`]),
    ...(disk.serial === undefined ? [] : [`      <serial>${disk.serial}</serial>`]),
    ...(disk.alias === undefined ? [] : [`      <alias name='${disk.alias}'/>`]),
    `    </disk>`,
  ];
}
