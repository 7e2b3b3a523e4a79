/** States, plans and outcomes as the plain JSON that the commands answer. */

import {
  chainWords,
  CONSEQUENCES_TO_ALLOW,
  groupKeys,
  iotuneOf,
  changeCount,
  describePlan,
  iotuneWords,
  limitsText,
  limitsThatAreSet,
  matchDisk,
  namingOf,
  planSides,
  usersOnVm,
} from '../engine';
import type {
  DesiredDisk,
  Difference,
  FilterNode,
  PluggedDisk,
  LimitValues,
  Outcome,
  Plan,
  VmDisk,
  VmState,
} from '../engine';
import type {
  ApplyAnswer,
  ConnectAnswer,
  DiskSummary,
  DocumentDisk,
  GroupSummary,
  PlanAnswer,
  Planes,
} from '../protocol';
import type { TranscriptEntry } from '../qmp';

export const connectAnswer = (address: string, state: VmState): ConnectAnswer => ({
  address,
  target: state.target,
  runState: state.runState,
  groups: groupSummaries(state),
  disks: diskSummaries(state),
});

export const groupSummaries = (state: VmState): readonly GroupSummary[] =>
  state.groups.map(group => ({
    name: group.name,
    limitsText: limitsText(group.limits),
    limits: Object.fromEntries(
      Object.entries(limitsThatAreSet(group.limits)).map(([name, value]) => [name, value.toString()]),
    ),
    usedBy: [...usersOnVm(group, state)],
  }));

export function diskSummaries(state: VmState): readonly DiskSummary[] {
  const keys = groupKeys(state);
  return state.disks.map(disk => {
    const iotune = iotuneOf(disk);
    const { alias, target, source } = disk;
    const filters = disk.filters.map(({ group }) => keys.get(group) ?? group);
    const iotuneText = iotune === null ? null : iotuneWords(iotune);
    return { alias, target, filters, iotuneText, remarks: remarksOn(disk), source };
  });
}

/** The document's disks, and which of them the VM has: on each of the sides that are meant. */
export function documentDisksBeside(
  disks: readonly DesiredDisk[],
  state: VmState,
  planes: Planes,
): readonly DocumentDisk[] {
  const { definition } = state;
  const onlyConfig = planes.includes('config') && !planes.includes('live');
  const running = onlyConfig && definition !== undefined ? [] : [state];
  const sides = planes.includes('config') && definition !== undefined ? [...running, definition] : running;
  return disks.flatMap(disk => {
    const { title, target, source = null, filters = [] } = disk;
    if (target === undefined) return [];
    return [{ target, title, source, filters, attached: sides.every(side => isTaken(disk, side)) }];
  });
}

/** By its place alone, as a disk is attached: where its image is another disk's, it is not there for that. */
const isTaken = (disk: DesiredDisk, { disks }: VmState): boolean =>
  matchDisk({ ...disk, source: undefined, serial: undefined }, disks).kind !== 'none';

const remarksOn = ({ shape, readonly, thread, job }: VmDisk): readonly string[] => [
  ...(shape === 'empty' ? ['no medium'] : readonly ? ['read-only'] : []),
  ...(shape === 'mixed' ? ['throttle filters below other nodes'] : []),
  ...(thread.kind === 'main' ? [] : [thread.kind === 'iothread' ? `iothread ${thread.name}` : 'iothreads']),
  ...(job === null ? [] : [`block job ${job}`]),
];

export const planAnswer = (plan: Plan, address: string): PlanAnswer => ({
  address,
  target: plan.target,
  hash: plan.hash,
  changes: changeCount(plan),
  text: describePlan(plan, address),
  vmGroups: planSides(plan).vm,
  documentGroups: planSides(plan).wanted,
  notes: plan.notes,
  consequences: plan.consequences,
  deletes: plan.groupChanges.some(change => change.after === undefined),
  held: plan.held.map(({ message }) => message),
  wantsTaint: plan.held.some(({ reason }) => reason === 'taint'),
  toAllow: CONSEQUENCES_TO_ALLOW.filter(kind => plan.consequences.some(({ kind: told }) => told === kind)),
});

export const applyAnswer = (outcome: Outcome, transcript: readonly TranscriptEntry[]): ApplyAnswer => ({
  outcome: outcome.outcome,
  message: outcome.message,
  steps: outcome.steps,
  differs: outcome.differs.map(difference => ({
    object: difference.object,
    text: differenceWords(difference),
  })),
  transcript: transcriptText(transcript),
});

function differenceWords(difference: Difference): string {
  switch (difference.kind) {
    case 'group':
      return `was ${stateWords(difference.before)}, is now ${stateWords(difference.now)}`;
    case 'chain': {
      const { before, now } = difference;
      return `filters were ${filterWords(before)}, are now ${now === undefined ? 'not there' : filterWords(now)}`;
    }
    case 'iotune': {
      const { before, now } = difference;
      return `was ${iotuneWords(before)}, is now ${now === undefined ? 'not there' : iotuneWords(now)}`;
    }
    case 'plug':
      return `was ${diskWords(difference.before)}, is now ${diskWords(difference.now)}`;
    case 'leftover':
      return 'a step that stopped half-way has left it';
    case 'run-state':
      return `was ${difference.before}, is now ${difference.now}`;
  }
}

const filterWords = (filters: readonly FilterNode[]): string => chainWords(filters, id => namingOf(id).name);

const diskWords = (disk: PluggedDisk | null): string =>
  disk === null ? 'not there' : `there with filters ${filterWords(disk.filters)}`;

const stateWords = (limits: LimitValues | undefined): string =>
  limits === undefined ? 'not there' : limitsText(limits);

/** One JSON object a line. A message stays as it went over the wire, so that no number is rounded. */
function transcriptText(entries: readonly TranscriptEntry[]): string {
  return entries
    .map(({ time, direction, text }) => {
      const at = new Date(time).toISOString();
      const message = isJson(text) ? text : JSON.stringify(text);
      return `{"time":"${at}","direction":"${direction}","message":${message}}\n`;
    })
    .join('');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return !text.includes('\n');
  } catch {
    return false;
  }
}
