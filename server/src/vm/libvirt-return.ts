/** Back to libvirt's chain: the filters of each running disk as libvirt's live XML says, so that both agree again. */

import type {
  ChainChange,
  DesiredGroups,
  FilterNode,
  JsonValue,
  LimitValues,
  PlanOptions,
  PlanResult,
  QmpCommand,
  QmpStep,
  Step,
  VmDisk,
  VmState,
} from '../engine';
import { iotuneOf, makePlan, NO_LIMITS, refused, shown } from '../engine';
import { throughLibvirt } from './libvirt-plan';
import { namesOf } from './libvirt-steps';

/**
 * Gives each disk of the running VM the filters that libvirt's live XML names, and its nodes the names by which libvirt
 * knows them, where those can be told. Only of a state that was read from QEMU itself.
 */
export function planReturn(state: VmState, options: Pick<PlanOptions, 'allow'> = {}): PlanResult {
  const { declared } = state;
  if (declared === undefined) {
    return refused(
      'taint',
      'Whether the filters of the running disks are those of libvirt is known to QEMU only. Allow taint for this domain to ask it.',
    );
  }
  const desired = declaredAsDesired(state, declared);
  const result = throughLibvirt(state, ['live'], {
    live: side => makePlan(desired, side, options),
    config: { groups: [], disks: [], prune: false },
    usesGroups: true,
    consequences: [],
    notes: [],
    asked: ['return'],
  });
  if (result.kind === 'refusal') return result;
  const { plan } = result;
  const steps = plan.steps.map(step => withLibvirtsNames(step));
  const chainChanges = steps.flatMap(({ effect }) => (effect.kind === 'chain' ? [effect.change] : []));
  return {
    kind: 'plan',
    plan: {
      ...plan,
      steps,
      chainChanges,
      notes: [...plan.notes, ...otherNames(state, declared, chainChanges)],
    },
  };
}

function declaredAsDesired(state: VmState, declared: VmState): DesiredGroups {
  return {
    identity: { name: state.target.name ?? undefined, uuid: state.target.uuid ?? undefined },
    groups: declared.groups.map(({ name }) => ({ name, limits: undefined, usedBy: [] })),
    disks: declared.disks.map(disk => ({
      title: disk.target ?? disk.alias,
      target: disk.target ?? undefined,
      bus: undefined,
      alias: disk.alias,
      serial: undefined,
      source: undefined,
      filters: namesOf(disk),
      ...iotuneAsIs(onVm(state, disk)),
    })),
    namesUnknown: false,
    notes: [],
  };
}

const onVm = (state: VmState, { target }: VmDisk): VmDisk | undefined =>
  state.disks.find(disk => disk.target === target);

/** Iotune is not what a return is about: it is wanted as it is. */
function iotuneAsIs(disk: VmDisk | undefined): { iotune: LimitValues; iotuneGroup: string | null } {
  const iotune = disk === undefined ? null : iotuneOf(disk);
  return { iotune: iotune?.limits ?? NO_LIMITS, iotuneGroup: iotune?.group ?? null };
}

/**
 * Libvirt numbers the filters of a disk one after the other, in the order of its XML, at start and on attach (facts of
 * 11.3 and 12.8). So where its top filter is still there, the names of those below it are known.
 */
function withLibvirtsNames(step: Step): Step {
  if (step.via !== 'qmp' || step.effect.kind !== 'chain') return step;
  const { change } = step.effect;
  const top = numberOf(change.after.at(-1));
  if (top === undefined) return step;
  const known = new Set(change.before.map(({ node }) => node));
  const names = new Map(
    change.after.flatMap(({ node }, index) => {
      const name = `libvirt-${String(top - (change.after.length - 1 - index))}-filter`;
      return known.has(node) || known.has(name) || node === name ? [] : [[node, name] as const];
    }),
  );
  return names.size === 0 ? step : renamed(step, change, names);
}

const numberOf = (filter: FilterNode | undefined): number | undefined => {
  const number = /^libvirt-(\d+)-filter$/.exec(filter?.node ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
};

function renamed(step: QmpStep, change: ChainChange, names: ReadonlyMap<string, string>): QmpStep {
  const after = change.after.map(filter => ({ ...filter, node: names.get(filter.node) ?? filter.node }));
  return {
    ...step,
    commands: step.commands.map(command => renamedIn(command, names)),
    inverse: step.inverse.map(command => renamedIn(command, names)),
    effect: { kind: 'chain', change: { ...change, after } },
  };
}

const renamedIn = (command: QmpCommand, names: ReadonlyMap<string, string>): QmpCommand => ({
  ...command,
  ...(command.arguments && { arguments: renamedMembers(command.arguments, names) }),
});

const renamedMembers = (
  members: { readonly [key: string]: JsonValue },
  names: ReadonlyMap<string, string>,
): { readonly [key: string]: JsonValue } =>
  Object.fromEntries(Object.entries(members).map(([key, value]) => [key, renamedValue(value, names)]));

function renamedValue(value: JsonValue, names: ReadonlyMap<string, string>): JsonValue {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(item => renamedValue(item, names));
  return renamedMembers(value, names);
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** Libvirt goes on calling its filters by name: one under another name does what it should, but not for libvirt. */
function otherNames(state: VmState, declared: VmState, changes: readonly ChainChange[]): readonly string[] {
  return declared.disks.flatMap(disk => {
    const now = onVm(state, disk);
    const nodes = changes.find(({ qdev }) => qdev === now?.qdev)?.after ?? now?.filters ?? [];
    const own = nodes.filter(filter => numberOf(filter) !== undefined).length;
    return nodes.length === 0 || own === nodes.length
      ? []
      : [
          `${shown(disk.target ?? disk.alias)}: a filter that libvirt made is gone, and one under another name stands in its place: the limits are as libvirt says, but blockcopy and detach-disk fail until the VM is started anew.`,
        ];
  });
}
