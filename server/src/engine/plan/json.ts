/** Plans and outcomes as the JSON of the command line (DESIGN 4.1). Integers are exact: bigint where a number rounds. */

import type { JsonValue } from '../json-value';
import type { LimitValues } from '../limits/values';
import { jsonText } from './hash';
import { iotuneOf } from './disk-changes';
import { groupKeys } from './names';
import type { Difference, Outcome } from './outcome';
import { changeCount } from './plan';
import { limitsJson } from './state';
import type { Plan, PluggedDisk, QmpCommand, Step, VirshCommand } from './types';
import type { DiskThread, FilterNode, IotuneState, Target, VmState } from './vm-state';

/** What `domxml plan --format json` prints. */
export const planJson = (plan: Plan, address: string): JsonValue => ({
  vm: address,
  target: targetJson(plan.target),
  hash: plan.hash,
  changes: changeCount(plan),
  notes: plan.notes,
  consequences: plan.consequences.map(({ kind, text }) => ({ kind, text })),
  steps: plan.steps.map(stepJson),
});

/** What `domxml apply --format json` prints. */
export const outcomeJson = (outcome: Outcome, address: string): JsonValue => ({
  vm: address,
  target: outcome.target === undefined ? null : targetJson(outcome.target),
  outcome: outcome.outcome,
  steps: outcome.steps.map(({ kind, summary, state }) => ({ kind, summary, state })),
  state: outcome.state === undefined ? null : stateJson(outcome.state),
  differs: outcome.differs.map(differenceJson),
  message: outcome.message,
});

/** Groups with all 19 limits by group name, disks with chain (image first) and iotune by alias. */
export function stateJson(state: VmState): JsonValue {
  const keys = groupKeys(state);
  return {
    groups: Object.fromEntries(
      state.groups.map(group => [keys.get(group.objectId) ?? group.objectId, limitsJson(group.limits)]),
    ),
    disks: Object.fromEntries(
      state.disks.map(disk => [
        disk.alias,
        {
          filters: disk.filters.map(({ group }) => keys.get(group) ?? group),
          iotune: disk.iotune === null ? null : limitsJson(disk.iotune),
        },
      ]),
    ),
  };
}

/** All that is known of the disks, for `domxml disks` and the editor: groups by their names, from the image up. */
export function disksJson(state: VmState): JsonValue {
  const keys = groupKeys(state);
  return state.disks.map(disk => ({
    alias: disk.alias,
    target: disk.target,
    qdev: disk.qdev,
    bus: disk.bus,
    serial: disk.serial,
    sources: disk.sources,
    filters: disk.filters.map(({ node, group }) => ({ group: keys.get(group) ?? group, node })),
    base: disk.base,
    shape: disk.shape,
    readonly: disk.readonly,
    thread: threadJson(disk.thread),
    job: disk.job,
    iotune: iotuneJson(iotuneOf(disk)),
    source: disk.source,
  }));
}

const threadJson = (thread: DiskThread): JsonValue => {
  switch (thread.kind) {
    case 'main':
    case 'mapped':
      return { kind: thread.kind };
    case 'iothread':
      return { kind: thread.kind, name: thread.name };
    case 'unreadable':
      return { kind: thread.kind, why: thread.why };
  }
};

export const targetJson = ({ name, uuid, qemu, libvirt, managedBy }: Target): JsonValue => ({
  name,
  uuid,
  qemu,
  libvirt,
  managedBy,
});

/** One command as it goes over the wire, compact, with exact integers. */
export const commandJson = (command: QmpCommand | VirshCommand): string => jsonText(commandObject(command));

function differenceJson(difference: Difference): JsonValue {
  const { object } = difference;
  switch (difference.kind) {
    case 'group':
      return { object, before: limitsOrNull(difference.before), now: limitsOrNull(difference.now) };
    case 'chain':
      return { object, before: chainJson(difference.before), now: chainJson(difference.now) };
    case 'iotune':
      return { object, before: iotuneJson(difference.before), now: iotuneJson(difference.now) };
    case 'plug':
      return { object, before: pluggedJson(difference.before), now: pluggedJson(difference.now) };
    case 'leftover':
      return { object, before: null, now: difference.now };
    case 'run-state':
      return { object, before: difference.before, now: difference.now };
  }
}

const chainJson = (filters: readonly FilterNode[] | undefined): JsonValue =>
  filters === undefined ? null : filters.map(({ node, group }) => ({ node, group }));

const pluggedJson = (disk: PluggedDisk | null): JsonValue =>
  disk === null ? null : { image: disk.image, filters: chainJson(disk.filters), nodes: disk.nodes };

const iotuneJson = (iotune: IotuneState | null | undefined): JsonValue =>
  iotune === null || iotune === undefined ? null : { group: iotune.group, limits: limitsJson(iotune.limits) };

const stepJson = (step: Step): JsonValue => ({
  kind: step.kind,
  plane: step.plane,
  via: step.via,
  summary: step.summary,
  commands: step.commands.map(commandObject),
  inverse: step.inverse.map(commandObject),
  sources: step.sources.map(source => ({
    object: step.object,
    source,
    value: valueBefore(step),
  })),
});

function valueBefore({ effect }: Step): JsonValue {
  switch (effect.kind) {
    case 'group':
      return limitsOrNull(effect.change.before);
    case 'chain':
      return chainJson(effect.change.before);
    case 'iotune':
      return iotuneJson(effect.change.before);
    case 'plug':
      return pluggedJson(effect.change.before);
    case 'none':
      return null;
  }
}

const commandObject = (command: QmpCommand | VirshCommand): JsonValue =>
  'argv' in command
    ? { argv: command.argv, ...(command.input !== undefined && { input: command.input }) }
    : command.arguments === undefined
      ? { execute: command.execute }
      : { execute: command.execute, arguments: command.arguments };

const limitsOrNull = (values: LimitValues | undefined): JsonValue =>
  values === undefined ? null : limitsJson(values);
