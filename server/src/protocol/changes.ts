/** Arguments and answers of the commands that change one group or disk of a VM, and of the one that offers disks. */

import type { ConsequenceKind } from '../engine';
import type { ApplyAnswer, Planes } from './commands';

/** Of every command that changes one thing of a VM. */
export interface ChangeArguments {
  readonly address: string;
  readonly planes?: Planes;
  readonly allow?: readonly ConsequenceKind[];
  /** Without it the answer is the plan only and nothing is written. */
  readonly confirmed?: boolean;
  /** Hash of the plan that was shown: another fresh plan is refused as drifted. Without it the fresh plan is carried out. */
  readonly hash?: string;
}
export interface GroupArguments extends ChangeArguments {
  readonly name: string;
  /** For setGroup: XML name -> decimal digits. Families reset as libvirt does. */
  readonly limits?: Readonly<Record<string, string>>;
}
export interface AttachDiskArguments extends ChangeArguments {
  readonly uri: string;
  /** `<target dev>` of the disk in that open document. */
  readonly target: string;
}
export interface DetachDiskArguments extends ChangeArguments {
  /** By target (`vdb`) or alias (`virtio-disk1`). */
  readonly disk: string;
}
/** Seconds that a guest has to let go of a disk that is detached. So long an answer to `detachDisk` can take. */
export const DETACH_SECONDS = 20;

/** The plan; with `confirmed`, what became of it too. */
export interface ChangeAnswer extends Partial<ApplyAnswer> {
  /** What was, or would be, done. */
  readonly text: string;
  /** Of the plan that `text` shows: to be given back with `confirmed`. */
  readonly hash?: string;
  readonly consequences?: readonly { readonly kind: ConsequenceKind; readonly text: string }[];
  /** Consequences that must be allowed one by one, by `allow` beside `confirmed`. */
  readonly toAllow?: readonly ConsequenceKind[];
}

export interface DocumentDisksArguments {
  readonly uri: string;
  readonly address: string;
  readonly planes?: Planes;
  readonly allow?: readonly ConsequenceKind[];
}
export interface DocumentDisksAnswer {
  /** The document's disks that have a target, in its order. */
  readonly disks: readonly DocumentDisk[];
}
export interface DocumentDisk {
  readonly target: string;
  readonly title: string;
  /** Its image; null where it has none, and where that is template text. */
  readonly source: string | null;
  /** Names of groups from the image up. */
  readonly filters: readonly string[];
  /** Whether the VM has a disk in its place: with `planes`, on each of these sides. */
  readonly attached: boolean;
}
