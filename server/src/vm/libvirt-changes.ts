/** What differs between what is wanted and a domain's persistent definition. */

import type {
  DesiredGroup,
  GroupChange,
  HeldDisk,
  IotuneState,
  Refusal,
  VmDisk,
  VmGroup,
  VmState,
} from '../engine';
import {
  groupObjectId,
  iotuneOf,
  limitsNothing,
  refusalOfValues,
  sameIotune,
  sameLimits,
  shown,
  usersOnVm,
} from '../engine';

/** What is wanted, of a document or of one command. */
export interface Wanted {
  readonly groups: readonly Pick<DesiredGroup, 'name' | 'limits'>[];
  readonly disks: readonly WantedDisk[];
  /** Delete groups that are not named and that nothing uses. */
  readonly prune: boolean;
}

export interface WantedDisk {
  readonly title: string;
  readonly target: string | undefined;
  readonly alias: string | undefined;
  /** Names from the image up; undefined: left as they are. */
  readonly filters: readonly string[] | undefined;
  /** Undefined: left as it is. */
  readonly iotune: IotuneState | null | undefined;
}

export interface FiltersChange {
  readonly title: string;
  readonly disk: VmDisk;
  /** Names from the image up. */
  readonly after: readonly string[];
}

export interface DiskIotuneChange {
  readonly title: string;
  readonly disk: VmDisk;
  readonly before: IotuneState | null;
  readonly after: IotuneState | null;
}

export interface DefinitionChanges {
  /** Groups to create or change, then those to delete. */
  readonly groups: readonly GroupChange[];
  readonly deleted: readonly GroupChange[];
  readonly filters: readonly FiltersChange[];
  readonly iotunes: readonly DiskIotuneChange[];
  readonly held: readonly HeldDisk[];
  readonly notes: readonly string[];
}

export type ChangesResult =
  | { readonly kind: 'changes'; readonly changes: DefinitionChanges }
  | { readonly kind: 'refusal'; readonly refusal: Refusal };

/**
 * `running`: names of the groups that the running VM will have by then, as libvirt knows them; undefined where none
 * runs. Libvirt looks there for the groups of a disk in the persistent definition (measured with 11.3 and 12.8:
 * update-device --config says `throttle group 'x' not found`).
 */
export function definitionChanges(
  wanted: Wanted,
  state: VmState,
  running?: ReadonlySet<string>,
): ChangesResult {
  const found = matchDisks(wanted.disks, state);
  if (found.kind === 'refusal') return found;
  const groups: GroupChange[] = [];
  for (const { name, limits } of wanted.groups) {
    if (limits === undefined) continue;
    const group = groupOf(state, name);
    const same = group === undefined ? limitsNothing(limits) : sameLimits(group.limits, limits);
    if (same) continue;
    const refused = refusalOfValues(name, limits, group, state);
    if (refused !== undefined) return { kind: 'refusal', refusal: refused };
    groups.push({ name, objectId: groupObjectId(name), before: group?.limits, after: limits });
  }
  const filters = found.pairs.flatMap(pair => filtersChange(pair));
  const unknown = unknownGroup(filters, wanted, state);
  if (unknown !== undefined) return { kind: 'refusal', refusal: unknown };
  const iotunes = found.pairs.flatMap(pair => iotuneChange(pair));
  const held = [...heldDisks(filters, iotunes), ...heldByRunning(filters, running)];
  const isHeld = (title: string, what: HeldDisk['what']): boolean =>
    held.some(one => one.title === title && one.what === what);
  const kept = filters.filter(({ title }) => !isHeld(title, 'filters'));
  return {
    kind: 'changes',
    changes: {
      groups,
      deleted: wanted.prune ? prunable(wanted, state, kept) : [],
      filters: kept,
      iotunes: iotunes.filter(({ title }) => !isHeld(title, 'iotune')),
      held,
      notes: found.notes,
    },
  };
}

/** Through libvirt only its own name for the object counts. */
const groupOf = (state: VmState, name: string): VmGroup | undefined =>
  state.groups.find(({ objectId }) => objectId === groupObjectId(name));

interface Pair {
  readonly wanted: WantedDisk;
  readonly disk: VmDisk;
}

type Matched =
  | { readonly kind: 'matched'; readonly pairs: readonly Pair[]; readonly notes: readonly string[] }
  | { readonly kind: 'refusal'; readonly refusal: Refusal };

/** By target, which names exactly one disk of a domain; an alias that says another disk is an error, not a choice. */
function matchDisks(disks: readonly WantedDisk[], state: VmState): Matched {
  const pairs: Pair[] = [];
  const notes: string[] = [];
  for (const wanted of disks) {
    const disk = state.disks.find(({ target }) => target !== null && target === wanted.target);
    const other = state.disks.find(({ alias }) => alias === wanted.alias);
    if (disk !== undefined && other !== undefined && other !== disk) {
      return refusal(
        'disk-match',
        `${shown(wanted.title)}: its target says ${shown(disk.target ?? '')}, its alias ${shown(wanted.alias ?? '')} is that of ${shown(other.target ?? other.alias)}. Nothing was sent. Correct one of the two in the document.`,
      );
    }
    if (disk !== undefined) pairs.push({ wanted, disk });
    else if (wanted.filters?.length !== 0 || (wanted.iotune !== null && wanted.iotune !== undefined)) {
      notes.push(
        `${shown(wanted.title)}: not in the persistent definition, so its throttling is left out there.`,
      );
    }
  }
  return { kind: 'matched', pairs, notes };
}

function filtersChange({ wanted, disk }: Pair): readonly FiltersChange[] {
  if (wanted.filters === undefined) return [];
  const have = disk.filters.map(({ group }) => group);
  const want = wanted.filters.map(groupObjectId);
  const same = have.length === want.length && have.every((group, index) => group === want[index]);
  return same ? [] : [{ title: wanted.title, disk, after: wanted.filters }];
}

/** A filter whose group is nowhere, twice on the disk, or without a name: libvirt refuses it, or ends over it. */
function unknownGroup(
  changes: readonly FiltersChange[],
  wanted: Wanted,
  state: VmState,
): Refusal | undefined {
  const known = new Set([
    ...wanted.groups
      .filter(({ limits }) => limits === undefined || !limitsNothing(limits))
      .map(({ name }) => name),
    ...state.groups.map(({ name }) => name),
  ]);
  for (const { title, after } of changes) {
    const twice = after.find((name, index) => after.indexOf(name) !== index);
    if (twice !== undefined) {
      return {
        reason: 'disk',
        message: `${shown(title)} has two filters of group ${shown(twice)}, which libvirt refuses. Keep one of them.`,
      };
    }
    const missing = after.find(name => name === '' || !known.has(name));
    if (missing === undefined) continue;
    return {
      reason: 'no-such-group',
      message:
        missing === ''
          ? `${shown(title)} has a filter without a group. Libvirt's daemon ends over such a filter, so nothing was sent. Name its group.`
          : `${shown(title)} has a filter of group ${shown(missing)}, which neither the document nor the VM has. Add the group to the document.`,
    };
  }
  return undefined;
}

function iotuneChange({ wanted, disk }: Pair): readonly DiskIotuneChange[] {
  if (wanted.iotune === undefined) return [];
  const before = iotuneOf(disk);
  return sameIotune(before, wanted.iotune)
    ? []
    : [{ title: wanted.title, disk, before, after: wanted.iotune }];
}

const hold = (title: string, what: HeldDisk['what'], why: string): HeldDisk => ({
  title,
  what,
  reason: 'unsupported',
  message: `${shown(title)} (persistent definition): its ${what} ${what === 'iotune' ? 'is' : 'are'} left: ${why}.`,
});

function heldByRunning(
  filters: readonly FiltersChange[],
  running: ReadonlySet<string> | undefined,
): readonly HeldDisk[] {
  if (running === undefined) return [];
  return filters.flatMap(({ title, after }) => {
    const missing = after.find(name => !running.has(name));
    return missing === undefined
      ? []
      : [
          hold(
            title,
            'filters',
            `libvirt looks for their groups on the running VM, which has no ${shown(missing)}. Change both (live and config), or wait until it does not run`,
          ),
        ];
  });
}

/** What cannot be sent back whole, and what libvirt would refuse. */
function heldDisks(
  filters: readonly FiltersChange[],
  iotunes: readonly DiskIotuneChange[],
): readonly HeldDisk[] {
  return [
    ...filters
      .filter(({ disk }) => disk.xml === undefined)
      .map(({ title }) =>
        hold(
          title,
          'filters',
          'its image comes over HTTP or FTP, and libvirt does not show the cookie that its definition may hold, so sending the definition back could lose it. Change the filters with virsh edit',
        ),
      ),
    ...iotunes
      .filter(({ disk, after }) => {
        const change = filters.find(candidate => candidate.disk === disk);
        return after !== null && (change === undefined ? disk.filters.length : change.after.length) > 0;
      })
      .map(({ title }) => hold(title, 'iotune', 'libvirt refuses iotune on a disk that has filters')),
  ];
}

/** Groups that are not wanted and that nothing uses once the filters are as wanted. */
function prunable(wanted: Wanted, state: VmState, filters: readonly FiltersChange[]): readonly GroupChange[] {
  const names = new Set(wanted.groups.map(({ name }) => name));
  const after = { ...state, disks: state.disks.map(disk => diskAfter(disk, filters)) };
  return state.groups
    .filter(group => !names.has(group.name) && usersOnVm(group, after).length === 0)
    .map(({ name, objectId, limits }) => ({ name, objectId, before: limits, after: undefined }));
}

function diskAfter(disk: VmDisk, filters: readonly FiltersChange[]): VmDisk {
  const change = filters.find(candidate => candidate.disk === disk);
  return change === undefined
    ? disk
    : { ...disk, filters: change.after.map(name => ({ node: '', group: groupObjectId(name) })) };
}

const refusal = (
  reason: Refusal['reason'],
  message: string,
): { readonly kind: 'refusal'; readonly refusal: Refusal } => ({
  kind: 'refusal',
  refusal: { reason, message },
});
