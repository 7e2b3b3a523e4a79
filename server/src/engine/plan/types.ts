/**
 * State of a VM, plan, step and outcome as data. Document + state -> plan -> steps -> outcome; each is made once and
 * never travels back. Shapes follow the command line's JSON contract (ARCHITECTURE.md).
 */

import type { LimitName } from '../limits/table';

/** JSON with exact integers: a bigint where a number would round. */
export type JsonValue =
  string | number | bigint | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** All 19 limits, normalised: absent is 0, a length absent or 0 is 1. */
export type LimitValues = Readonly<Record<LimitName, bigint>>;

/** Where a value was seen. */
export type Source = 'qemu' | 'libvirt-live' | 'libvirt-config';

/** Who the VM is. */
export interface Target {
  readonly name: string | null;
  readonly uuid: string | null;
  /** QEMU's version, "10.0.13". */
  readonly qemu: string;
  /** Libvirt's version where libvirt is the peer. */
  readonly libvirt: string | null;
  readonly managedBy: 'libvirt' | null;
}

/** A throttle group as the VM has it. */
export interface VmGroup {
  /** Name in the document's sense: the object id without `throttle-`, or a plain object's id. */
  readonly name: string;
  /** QOM id. */
  readonly objectId: string;
  /** `prefixed`: `throttle-NAME`, as libvirt makes it; `plain`: made by hand. */
  readonly naming: 'prefixed' | 'plain';
  readonly limits: LimitValues;
  /** Filter nodes that use it. */
  readonly usedBy: readonly string[];
}

/** A disk as the VM has it; chains are from the image up, as in the document. */
export interface VmDisk {
  /** QOM path of the device, as query-block names it. */
  readonly qdev: string;
  /** Last part of the path: libvirt's alias, or the id given by hand. */
  readonly alias: string;
  readonly serial: string | null;
  /** Image file, device or name of every layer that has one, the top layer's first. */
  readonly sources: readonly string[];
  /** `group` is the id of the QOM object that the filter node uses. */
  readonly filters: readonly { readonly node: string; readonly group: string }[];
  /** Legacy throttling of the device (block_set_io_throttle, -drive throttling.*): its group's name. */
  readonly iotuneGroup: string | null;
  readonly iotune: LimitValues | null;
}

export interface VmState {
  readonly target: Target;
  /** Tells one QEMU process from the next at the same address; null where the VM has no thread that could tell. */
  readonly process: string | null;
  /** A migration or a save is under way. */
  readonly migrating: boolean;
  /** QEMU's run state: running, paused, ... */
  readonly runState: string;
  readonly groups: readonly VmGroup[];
  readonly disks: readonly VmDisk[];
}

export type StepKind =
  | 'create-group'
  | 'change-group'
  | 'delete-group'
  | 'insert-filters'
  | 'change-filters'
  | 'remove-filters'
  | 'set-iotune'
  | 'wake-waiting'
  | 'pause'
  | 'resume';

export interface QmpCommand {
  readonly execute: string;
  readonly arguments?: { readonly [key: string]: JsonValue };
}

export interface Step {
  readonly kind: StepKind;
  readonly plane: 'live' | 'config';
  readonly via: 'qmp' | 'virsh';
  /** What it is about: "group gold", "disk vda". */
  readonly object: string;
  /** The group that it creates, changes or deletes. */
  readonly group?: GroupChange;
  readonly summary: string;
  readonly commands: readonly QmpCommand[];
  /** Exact inverse: brings back the state that the plan was made from. */
  readonly inverse: readonly QmpCommand[];
  /** Where the values that it replaces were seen. */
  readonly sources: readonly Source[];
}

export type ConsequenceKind =
  'refills-burst' | 'taint' | 'pause' | 'breaks-libvirt' | 'unthrottles' | 'lost-at-restart' | 'other-domain';

/** Consequences that `--yes` does not cover: each needs `--allow KIND`. */
export const CONSEQUENCES_TO_ALLOW = ['taint', 'pause', 'breaks-libvirt', 'other-domain'] as const;

export interface Consequence {
  readonly kind: ConsequenceKind;
  readonly text: string;
}

/** One group before and after, for the diff that people read. `undefined`: not there. */
export interface GroupChange {
  readonly name: string;
  /** QOM id on the VM. */
  readonly objectId: string;
  readonly before: LimitValues | undefined;
  readonly after: LimitValues | undefined;
}

/** A group by its name in the document, with its values. */
export interface NamedLimits {
  readonly name: string;
  readonly limits: LimitValues;
}

export interface Plan {
  readonly target: Target;
  /** Of what was read and wanted: the same state and the same document give the same hash. */
  readonly hash: string;
  readonly groupChanges: readonly GroupChange[];
  /** The two sides of the diff: the groups that the plan is about as the VM has them, and as they are wanted. */
  readonly vmGroups: readonly NamedLimits[];
  readonly wantedGroups: readonly NamedLimits[];
  readonly notes: readonly string[];
  readonly consequences: readonly Consequence[];
  readonly steps: readonly Step[];
}

/** Why no plan could be made: nothing was sent. */
export interface Refusal {
  readonly reason:
    | 'document-errors'
    | 'not-a-domain'
    | 'other-domain'
    | 'template'
    | 'run-state'
    | 'migration'
    | 'libvirt-monitor'
    | 'unsupported'
    /** A used group would lose all its limits. */
    | 'unthrottles'
    /** QEMU would refuse the values. */
    | 'limits'
    | 'group-name'
    | 'no-such-group'
    | 'in-use';
  readonly message: string;
}

export type PlanResult =
  { readonly kind: 'plan'; readonly plan: Plan } | { readonly kind: 'refusal'; readonly refusal: Refusal };

export type OutcomeKind =
  | 'applied'
  | 'unchanged'
  | 'refused'
  | 'drifted'
  | 'cancelled'
  | 'failed'
  | 'rolled-back'
  | 'partial'
  | 'unknown';

export type StepState = 'done' | 'undone' | 'skipped' | 'failed' | 'unknown';

export interface StepOutcome {
  readonly kind: StepKind;
  readonly summary: string;
  readonly state: StepState;
}

/**
 * An object whose state now is neither what it was before nor what was wanted, or not all of it: where the outcome is
 * `partial` everything that is not as before, else empty. `undefined`: not there.
 */
export interface Difference {
  readonly object: string;
  readonly before: LimitValues | undefined;
  readonly now: LimitValues | undefined;
}

export interface Outcome {
  readonly outcome: OutcomeKind;
  /** Who the VM is, as far as it could be read. */
  readonly target: Target | undefined;
  readonly steps: readonly StepOutcome[];
  /** As read back; undefined where the VM could not be read. */
  readonly state: VmState | undefined;
  readonly differs: readonly Difference[];
  /** One or two sentences that say what is true now. */
  readonly message: string;
}
