/**
 * State of a VM, plan, step and outcome as data. Document + state -> plan -> steps -> outcome; each is made once and
 * never travels back. Shapes follow the command line's JSON contract (ARCHITECTURE.md).
 */

import type { JsonValue } from '../json-value';
import type { LimitValues } from '../limits/values';

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
  /** Where the limits were seen. */
  readonly source: Source;
}

/** A throttle filter: a block node that asks a group before it lets a request through. */
export interface FilterNode {
  /** Name of the block node; empty where only libvirt's XML was seen, which does not tell it. */
  readonly node: string;
  /** Id of the QOM object (or of the legacy group) that the filter uses. */
  readonly group: string;
}

/**
 * How a disk's nodes stand, as far as a chain can be put on them or taken away:
 * `plain`: filters and nothing else between device and base; `empty`: a drive without a medium; `mixed`: throttle
 * filters below other nodes, or a top that is not what the device was found to use; `unseen`: only libvirt's XML was seen.
 */
export type ChainShape = 'plain' | 'empty' | 'mixed' | 'unseen';

/** The thread that a disk's requests are served in. */
export type DiskThread =
  /** QEMU's main loop. */
  | { readonly kind: 'main' }
  | { readonly kind: 'iothread'; readonly name: string }
  /** Several, by virtio's iothread-vq-mapping. */
  | { readonly kind: 'mapped' }
  /** It could not be read, so it could be anything. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** What sits in front of the chain, as far as a guard must tell devices apart. */
export type DeviceKind = 'virtio-blk' | 'other';

/** Legacy throttling of a device (`block_set_io_throttle`, `-drive throttling.*`, libvirt's `<iotune>`). */
export interface IotuneState {
  readonly limits: LimitValues;
  /** Name of the group that other disks may share; null where the disk has its own. */
  readonly group: string | null;
}

/** A disk as the VM has it; chains are from the image up, as in the document. */
export interface VmDisk {
  /** QOM path of the device, as query-block names it. */
  readonly qdev: string;
  /** Last part of the path: libvirt's alias, or the id given by hand. */
  readonly alias: string;
  /** Libvirt's target (`vda`); null on a raw socket, where QEMU does not know it. */
  readonly target: string | null;
  /** Libvirt's word for the bus: virtio, scsi, ide, sata, nvme, usb, fdc; null where it cannot be told. */
  readonly bus: string | null;
  readonly serial: string | null;
  /** Image file, device or name of every layer that has one, the top layer's first. */
  readonly sources: readonly string[];
  /** The throttle filters between device and base; where `shape` is mixed, all that were found. */
  readonly filters: readonly FilterNode[];
  /** The node that the filters stand on: the device's own node where there is none. Null where there is none or it was not seen. */
  readonly base: string | null;
  /** Bytes of the base; null where not seen. */
  readonly size: bigint | null;
  readonly shape: ChainShape;
  readonly readonly: boolean;
  readonly device: DeviceKind;
  readonly thread: DiskThread;
  /** Id of a block job that works on the disk's nodes. */
  readonly job: string | null;
  /** Legacy throttling of the device (block_set_io_throttle, -drive throttling.*): its group's name, the device's own included. */
  readonly iotuneGroup: string | null;
  /** Legacy limits; null where nothing is limited so. */
  readonly iotune: LimitValues | null;
  /** Where chain and legacy limits were seen. */
  readonly source: Source;
  /** The disk's XML in libvirt's persistent definition; absent elsewhere, and where libvirt hides a part of it. */
  readonly xml?: string;
}

/** A long-running operation on block nodes: mirror, commit, stream, backup. */
export interface BlockJob {
  readonly id: string;
  /** QEMU's word: mirror, commit, stream, backup. */
  readonly type: string;
  /** qdev of the disks that it works on; null where that cannot be told, so that it could be any. */
  readonly disks: readonly string[] | null;
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
  /** All throttle filters, also those that no disk uses. */
  readonly filters: readonly FilterNode[];
  /** Names of all block nodes that begin with `domxml-`: ours. */
  readonly ownNodes: readonly string[];
  readonly jobs: readonly BlockJob[];
  /** Ids of the iothreads. */
  readonly iothreads: readonly string[];
  /** Where libvirt is the peer: the persistent definition, which the next start uses. Absent for transient domains. */
  readonly definition?: VmState;
  /** Where libvirt is the peer and the rest was read from QEMU itself: what libvirt's live XML says. */
  readonly declared?: VmState;
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

/** One command of virsh: its name, options and operands, one a member, unquoted. */
export interface VirshCommand {
  readonly argv: readonly string[];
  /** What virsh reads from its standard input, where the command names /dev/stdin as its file. */
  readonly input?: string;
}

/** What a step changes, so that reading the VM tells whether it stands. */
export type Effect =
  /** The group that it creates, changes or deletes. */
  | { readonly kind: 'group'; readonly change: GroupChange }
  /** The disk whose filters it inserts, changes or removes. */
  | { readonly kind: 'chain'; readonly change: ChainChange }
  | { readonly kind: 'iotune'; readonly change: IotuneChange }
  /** Nothing that can be read back: waiting requests are woken, the guest is paused or resumed. */
  | { readonly kind: 'none' };

interface AnyStep {
  readonly kind: StepKind;
  readonly plane: 'live' | 'config';
  /** What it is about: "group gold", "disk vda". */
  readonly object: string;
  readonly effect: Effect;
  readonly summary: string;
  /** Where the values that it replaces were seen. */
  readonly sources: readonly Source[];
}

export interface QmpStep extends AnyStep {
  readonly via: 'qmp';
  readonly commands: readonly QmpCommand[];
  /** Exact inverse: brings back the state that the plan was made from. */
  readonly inverse: readonly QmpCommand[];
}

export interface VirshStep extends AnyStep {
  readonly via: 'virsh';
  readonly commands: readonly VirshCommand[];
  readonly inverse: readonly VirshCommand[];
}

export type Step = QmpStep | VirshStep;

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

/** The filters of one disk before and after, from the image up. */
export interface ChainChange {
  /** "vda", as the document calls the disk; the alias where it does not name it. */
  readonly title: string;
  readonly qdev: string;
  readonly before: readonly FilterNode[];
  readonly after: readonly FilterNode[];
  /** The node that both chains stand on. */
  readonly base: string;
}

/** The legacy limits of one disk before and after; null: nothing is limited so. */
export interface IotuneChange {
  readonly title: string;
  readonly qdev: string;
  readonly before: IotuneState | null;
  readonly after: IotuneState | null;
}

/** A disk that differs from the document and is left as it is, because it cannot be changed safely. */
export interface HeldDisk {
  readonly title: string;
  /** What of the disk is left. */
  readonly what: 'filters' | 'iotune';
  readonly reason: Refusal['reason'];
  /** A sentence that says why, and what to do. */
  readonly message: string;
}

/** What one side of the diff shows of a disk: names of its groups from the image up, and its iotune. */
export interface NamedDisk {
  readonly title: string;
  readonly filters: readonly string[];
  readonly iotune: IotuneState | null;
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
  readonly chainChanges: readonly ChainChange[];
  readonly iotuneChanges: readonly IotuneChange[];
  /** What differs and is left as it is; each is told among the notes too. */
  readonly held: readonly HeldDisk[];
  /** The two sides of the diff: the groups that the plan is about as the VM has them, and as they are wanted. */
  readonly vmGroups: readonly NamedLimits[];
  readonly wantedGroups: readonly NamedLimits[];
  /** The disks whose filters or iotune differ, on both sides. */
  readonly vmDisks: readonly NamedDisk[];
  readonly wantedDisks: readonly NamedDisk[];
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
    | 'in-use'
    /** Keys of a disk fit two disks of the VM, or different ones. */
    | 'disk-match'
    /** Only QEMU itself knows or can change it, and asking it marks the domain: to be allowed with `taint`. */
    | 'taint'
    /** A block job works on the disk. */
    | 'block-job'
    /** Changing the chain of a disk in an iothread is not known to be safe here. */
    | 'iothread'
    /** QEMU would refuse the disk's chain, or end over it: an empty drive, a read-only image, a group twice. */
    | 'disk';
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
 * `partial` everything that is not as before, else empty.
 */
export type Difference =
  /** `undefined`: not there. */
  | {
      readonly kind: 'group';
      readonly object: string;
      readonly before: LimitValues | undefined;
      readonly now: LimitValues | undefined;
    }
  /** `undefined`: the disk is not there any more. */
  | {
      readonly kind: 'chain';
      readonly object: string;
      readonly before: readonly FilterNode[];
      readonly now: readonly FilterNode[] | undefined;
    }
  | {
      readonly kind: 'iotune';
      readonly object: string;
      readonly before: IotuneState | null;
      readonly now: IotuneState | null | undefined;
    }
  /** Block nodes or groups of ours that an apply left behind. */
  | {
      readonly kind: 'leftover';
      readonly object: string;
      readonly before: undefined;
      readonly now: readonly string[];
    }
  /** The guest was running before and is not now. */
  | { readonly kind: 'run-state'; readonly object: 'guest'; readonly before: string; readonly now: string };

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
