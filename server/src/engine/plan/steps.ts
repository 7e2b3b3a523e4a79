/** Changes as steps: what to send, in an order that keeps the guest going, and what takes it back exactly. */

import { chainCommands, type ChainPlace } from './chains/chain-commands';
import type { FreeNames } from './chains/free-names';
import type { DiskChanges, PlannedChain, PlannedIotune } from './disk-changes';
import { drains } from './disk-changes';
import { createGroup, deleteGroup, pauseGuest, resumeGuest, setGroup, setIotune } from './qmp-commands';
import type { GroupChange, QmpStep } from './types';
import { chainSummary, changeSummary, iotuneSummary, shown } from './words';
import type { Wake } from './wake';

export interface Changes {
  readonly groups: readonly GroupChange[];
  readonly disks: Pick<DiskChanges, 'chains' | 'iotunes'>;
  readonly nameOf: (objectId: string) => string;
  readonly names: FreeNames;
  /** `back`: undoing, where chains come before limits. */
  readonly order?: 'forth' | 'back';
}

/**
 * The order of facts/qemu.md 3.2: what is created, limits, iotune, chains, what is deleted. A pause
 * holds as few chains as can be. An iotune that goes away goes when at most one filter is below it.
 */
export function stepsOf({ groups, disks, nameOf, names, order = 'forth' }: Changes): readonly QmpStep[] {
  const group = (kind: QmpStep['kind']): readonly QmpStep[] =>
    groups.map(groupStep).filter(step => step.kind === kind);
  const chain = (planned: PlannedChain): QmpStep => chainStep(planned, nameOf, names);
  const [late, early] = split(disks.iotunes, planned => comesLate(planned, disks.chains));
  const [paused, free] = split(disks.chains, ({ way }) => way.kind === 'paused');
  const limits = group('change-group');
  return [
    ...group('create-group'),
    ...(order === 'forth' ? limits : []),
    ...early.map(iotuneStep),
    ...free.map(chain),
    ...(paused.length === 0 ? [] : [PAUSE, ...paused.map(chain), RESUME]),
    ...late.map(iotuneStep),
    ...(order === 'back' ? limits : []),
    ...group('delete-group'),
  ];
}

/** How a step, a difference and an outcome call a group. */
export const groupTitle = (name: string): string => `group ${shown(name)}`;

/** How a step, a difference and an outcome call a disk. */
export const diskTitleOf = (title: string): string => `disk ${shown(title)}`;

const LIVE = { plane: 'live', via: 'qmp', sources: ['qemu'] } as const;

export function groupStep(change: GroupChange): QmpStep {
  const { objectId, before, after } = change;
  const common = {
    ...LIVE,
    object: groupTitle(change.name),
    effect: { kind: 'group', change },
    summary: changeSummary(change),
  } as const;
  if (before !== undefined && after !== undefined) {
    const [commands, inverse] = [[setGroup(objectId, after)], [setGroup(objectId, before)]];
    return { ...common, kind: 'change-group', commands, inverse };
  }
  const gone = [deleteGroup(objectId)];
  if (before !== undefined) {
    return { ...common, kind: 'delete-group', commands: gone, inverse: [createGroup(objectId, before)] };
  }
  const made = after === undefined ? [] : [createGroup(objectId, after)];
  return { ...common, kind: 'create-group', commands: made, inverse: gone };
}

export function chainStep(
  { change, way }: PlannedChain,
  nameOf: (objectId: string) => string,
  names: FreeNames,
): QmpStep {
  const { qdev, base, before, after, title } = change;
  const place: ChainPlace = {
    qdev,
    base,
    names,
    placeholder: way.kind === 'placeholder' ? way.size : undefined,
  };
  return {
    ...LIVE,
    kind: before.length === 0 ? 'insert-filters' : after.length === 0 ? 'remove-filters' : 'change-filters',
    object: diskTitleOf(title),
    effect: { kind: 'chain', change },
    summary: chainSummary(change, nameOf),
    commands: chainCommands(before, after, place),
    inverse: chainCommands(after, before, place),
  };
}

export const iotuneStep = ({ change }: PlannedIotune): QmpStep => ({
  ...LIVE,
  kind: 'set-iotune',
  object: diskTitleOf(change.title),
  effect: { kind: 'iotune', change },
  summary: iotuneSummary(change),
  commands: [setIotune(change.qdev, change.after)],
  inverse: [setIotune(change.qdev, change.before)],
});

export const wakeStep = ({ title, groups, command }: Wake): QmpStep => ({
  ...LIVE,
  kind: 'wake-waiting',
  object: diskTitleOf(title),
  effect: { kind: 'none' },
  summary: `Let requests of ${shown(title)} that wait by an old limit (${groups.map(shown).join(', ')}) go by the new one`,
  commands: [command],
  // Requests that were let through cannot be called back, and the nodes are as before.
  inverse: [],
});

export const PAUSE: QmpStep = {
  ...LIVE,
  kind: 'pause',
  object: 'guest',
  effect: { kind: 'none' },
  summary: 'Pause the guest',
  commands: [pauseGuest],
  inverse: [resumeGuest],
};

export const RESUME: QmpStep = {
  ...LIVE,
  kind: 'resume',
  object: 'guest',
  effect: { kind: 'none' },
  summary: 'Let the guest run on',
  commands: [resumeGuest],
  inverse: [pauseGuest],
};

/**
 * Whether an iotune goes after the chains: where it is taken away, so that the disk is not without limits in between,
 * unless the chain then has two filters or more, over which QEMU can freeze.
 */
function comesLate({ change, disk }: PlannedIotune, chains: readonly PlannedChain[]): boolean {
  if (!drains(change.before, change.after)) return false;
  const chain = chains.find(planned => planned.change.qdev === change.qdev)?.change;
  const [before, after] = [disk.filters.length, (chain?.after ?? disk.filters).length];
  return before >= 2 || (change.after === null && after < 2);
}

function split<T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(test), items.filter(item => !test(item))];
}
