/**
 * A plan as data: what differs, the steps that change it, and what they bring with them; or why there is none.
 * Document + state -> plan -> steps -> outcome: each is made once and never travels back. The state is in vm-state.ts,
 * the outcome in outcome.ts; the shapes of all three follow the command line's JSON contract (ARCHITECTURE.md).
 */

import type { JsonValue } from '../json-value';
import type { LimitValues } from '../limits/values';
import type { FilterNode, IotuneState, Source, Target } from './vm-state';

export type StepKind =
  | 'create-group'
  | 'change-group'
  | 'delete-group'
  | 'insert-filters'
  | 'change-filters'
  | 'remove-filters'
  | 'set-iotune'
  | 'attach-disk'
  | 'detach-disk'
  | 'close-image'
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
  /** The disk that it attaches or detaches. */
  | { readonly kind: 'plug'; readonly change: PlugChange }
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

/** A disk that is attached or detached; null: not there. */
export interface PlugChange {
  /** "vdb", as the document or libvirt calls it; the alias where neither does. */
  readonly title: string;
  /** Id of the device. */
  readonly alias: string;
  readonly before: PluggedDisk | null;
  readonly after: PluggedDisk | null;
}

/** What of an attached disk is read back. */
export interface PluggedDisk {
  /** Path of the image; null where it was not seen. */
  readonly image: string | null;
  /** From the image up. */
  readonly filters: readonly FilterNode[];
  /** Its block nodes, from the device down; none where libvirt names them itself. */
  readonly nodes: readonly string[];
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
  readonly plugChanges: readonly PlugChange[];
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
    | 'disk'
    /** There is no disk of that name in the document or on the VM. */
    | 'no-such-disk'
    /** A disk of that name, or at that place, is there already. */
    | 'disk-there';
  readonly message: string;
}

export interface RefusedPlan {
  readonly kind: 'refusal';
  readonly refusal: Refusal;
}

export type PlanResult = { readonly kind: 'plan'; readonly plan: Plan } | RefusedPlan;
