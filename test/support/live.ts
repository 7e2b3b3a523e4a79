/** A real QEMU with two disks, a monitor of our own beside the product's, and words for its groups. */

import type { TestContext } from 'node:test';
import type {
  DesiredDisk,
  DesiredGroups,
  FilterNode,
  GivenLimits,
  Outcome,
  PlanOptions,
  PlanResult,
  VmState,
} from '../../server/src/engine';
import {
  limitsThatAreSet,
  limitsToSet,
  makePlan,
  NO_LIMITS,
  normalised,
  valuesToCreate,
} from '../../server/src/engine';
import { connectQmp, type QmpClient } from '../../server/src/qmp';
import { connectVm, parseVmAddress, readState, type VmOptions, type VmSession } from '../../server/src/vm';
import { startQemu, type Qemu, type QemuOptions } from './qemu';

export type Groups = { readonly [objectId: string]: GivenLimits };

export interface Live {
  readonly qemu: Qemu;
  /** The socket for the product. */
  readonly socket: string;
  /** The second monitor, which tells the truth. */
  readonly other: QmpClient;
  /** Limits that are set, by object id. */
  groups(): Promise<Groups>;
  /** Makes the VM's groups these: what is more is deleted. */
  reset(groups: Groups): Promise<void>;
}

/** With these groups, or those of its command line where undefined. Ends with the test. */
export async function liveVm(
  t: TestContext,
  groups: Groups | undefined,
  options: QemuOptions = {},
): Promise<Live> {
  const qemu = await startQemu({ disks: 2, extraQmp: 1, ...options });
  t.after(() => qemu.stop());
  const other = await connectQmp({ kind: 'unix', path: qemu.sockets[1] ?? '' });
  t.after(() => other.close());
  const live: Live = {
    qemu,
    socket: qemu.sockets[0] ?? '',
    other,
    groups: async () => groupsOf(await readState(other)),
    reset: async wanted => {
      const have = await readState(other);
      for (const { objectId } of have.groups) {
        if (!Object.hasOwn(wanted, objectId)) await other.execute('object-del', { id: objectId });
      }
      for (const [id, limits] of Object.entries(wanted)) {
        if (have.groups.some(({ objectId }) => objectId === id)) await setLimits(other, id, limits);
        else await addGroup(other, id, limits);
      }
    },
  };
  if (groups !== undefined) await live.reset(groups);
  return live;
}

export const groupsOf = (state: VmState): Groups =>
  Object.fromEntries(
    [...state.groups]
      .sort((a, b) => (a.objectId < b.objectId ? -1 : 1))
      .map(({ objectId, limits }) => [objectId, limitsThatAreSet(limits)]),
  );

export async function addGroup(monitor: QmpClient, id: string, limits: GivenLimits): Promise<void> {
  await monitor.execute('object-add', {
    'qom-type': 'throttle-group',
    id,
    limits: valuesToCreate(normalised(limits)),
  });
}

export async function setLimits(monitor: QmpClient, id: string, limits: GivenLimits): Promise<void> {
  await monitor.execute('qom-set', {
    path: `/objects/${id}`,
    property: 'limits',
    value: limitsToSet(normalised(limits)),
  });
}

/** A session of the product; ends with the test. */
export async function sessionAt(t: TestContext, path: string, options: VmOptions = {}): Promise<VmSession> {
  const parsed = parseVmAddress(`unix:${path}`);
  if (parsed.kind === 'invalid') throw new Error(parsed.message);
  const session = await connectVm(parsed.address, options);
  t.after(() => session.close());
  return session;
}

/** The hash of the plan as it would be shown now. */
export function hashOfPlan(result: PlanResult): string {
  if (result.kind === 'refusal') throw new Error(result.refusal.message);
  return result.plan.hash;
}

/** Names of groups from the image up, by the disk's alias. */
export type Chains = { readonly [alias: string]: readonly string[] };

/** What a document with these groups and chains would want; `iotunes` by alias. Disks that are not named are left alone. */
export function desiredOf(
  groups: { readonly [name: string]: GivenLimits },
  chains: Chains = {},
  iotunes: { readonly [alias: string]: GivenLimits & { readonly group?: string } } = {},
): DesiredGroups {
  const aliases = [...new Set([...Object.keys(chains), ...Object.keys(iotunes)])];
  return {
    identity: { name: undefined, uuid: undefined },
    groups: Object.entries(groups).map(([name, limits]) => ({
      name,
      limits: normalised(limits),
      usedBy: aliases.filter(alias => chains[alias]?.includes(name)),
    })),
    disks: aliases.map((alias): DesiredDisk => {
      const { group = null, ...limits } = iotunes[alias] ?? {};
      return {
        title: alias,
        target: undefined,
        bus: undefined,
        alias,
        serial: undefined,
        source: undefined,
        filters: chains[alias] ?? [],
        iotune: alias in iotunes ? normalised(limits) : NO_LIMITS,
        iotuneGroup: group,
      };
    }),
    namesUnknown: false,
    notes: [],
  };
}

/** Applies through the product what is wanted, as somebody does who has just looked at the plan. */
export async function applyWanted(
  session: VmSession,
  desired: DesiredGroups,
  options: PlanOptions = {},
): Promise<Outcome> {
  const plan = (state: VmState): PlanResult => makePlan(desired, state, options);
  return session.apply({ plan, expect: hashOfPlan(plan(await session.read())) });
}

/**
 * Gives the disks of the VM at a QMP socket these chains, through the product and over a connection of its own. The
 * groups must be there, or be given with their limits.
 */
export async function applyChains(
  path: string,
  chains: Chains,
  groups: { readonly [name: string]: GivenLimits } = {},
): Promise<Outcome> {
  const parsed = parseVmAddress(`unix:${path}`);
  if (parsed.kind === 'invalid') throw new Error(parsed.message);
  const session = await connectVm(parsed.address);
  try {
    const there = Object.fromEntries(session.state.groups.map(({ name, limits }) => [name, limits]));
    return await applyWanted(session, desiredOf({ ...there, ...groups }, chains));
  } finally {
    await session.close();
  }
}

/** The chain of each disk, from the image up, as the monitor tells it: group ids, then the base node. */
export async function chainsOf(monitor: QmpClient): Promise<{ readonly [alias: string]: readonly string[] }> {
  const { disks } = await readState(monitor);
  const groupsIn = (filters: readonly FilterNode[]): readonly string[] => filters.map(({ group }) => group);
  return Object.fromEntries(
    disks.map(({ alias, base, filters }) => [alias, [base ?? 'no base', ...groupsIn(filters)]]),
  );
}
