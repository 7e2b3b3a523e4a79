/**
 * The server's commands (`workspace/executeCommand`): each takes one JSON object and answers one JSON object.
 * Any LSP client can use them; ARCHITECTURE.md documents them. Answers are plain JSON; an integer that a number
 * would round (above 2^53) is given as a decimal string.
 */

import type {
  ConsequenceKind,
  Outcome,
  OutcomeKind,
  Range,
  RefusedBy,
  Severity,
  Source,
  Target,
} from '../engine';

/** Ids of the server's commands; the VS Code commands that people see are `libvirtDomain.*` and call these. */
export const SERVER_COMMANDS = {
  connect: 'domxml.connect',
  disconnect: 'domxml.disconnect',
  plan: 'domxml.plan',
  apply: 'domxml.apply',
  listGroups: 'domxml.listGroups',
  listDisks: 'domxml.listDisks',
  listDomains: 'domxml.listDomains',
  setGroup: 'domxml.setGroup',
  deleteGroup: 'domxml.deleteGroup',
  documentDisks: 'domxml.documentDisks',
  attachDisk: 'domxml.attachDisk',
  detachDisk: 'domxml.detachDisk',
  undo: 'domxml.undo',
  startPracticeVm: 'domxml.startPracticeVm',
  stopPracticeVm: 'domxml.stopPracticeVm',
  findings: 'domxml.findings',
  checkWorkspace: 'domxml.checkWorkspace',
  schemaInfo: 'domxml.schemaInfo',
  fetchSchemas: 'domxml.fetchSchemas',
} as const;

export type ServerCommand = (typeof SERVER_COMMANDS)[keyof typeof SERVER_COMMANDS];

/** What every command answers when it could not do its work: words for people, never a stack trace. */
export interface CommandFailure {
  readonly ok: false;
  /** no-address | cannot-connect | refused | other-domain or taint (`allow` lets it through) | document | untrusted | usage */
  readonly reason: string;
  readonly message: string;
}

export type CommandAnswer<T> = ({ readonly ok: true } & T) | CommandFailure;

export interface ConnectArguments {
  readonly address: string;
  /** The open document whose VM it is: until `disconnect` it is judged for the VM's libvirt and QEMU. */
  readonly uri?: string;
  /** With `taint`, QEMU itself is asked behind libvirt's back. */
  readonly allow?: readonly ConsequenceKind[];
}

/** What of a libvirt domain is meant: the running VM, the persistent definition, or both. */
export type Planes = readonly ('live' | 'config')[];

export interface ListDomainsArguments {
  /** Of the setting `connectUris`, those that are asked; all where absent. Others are never asked. */
  readonly uris?: readonly string[];
}
export interface ListDomainsAnswer {
  readonly connections: readonly {
    readonly uri: string;
    readonly domains: readonly {
      readonly name: string;
      readonly running: boolean;
      /** `libvirt:NAME@URI`, to connect to. */
      readonly address: string;
    }[];
    /** Why this connection could not be asked, and what helps; the others are not kept from answering. */
    readonly problem?: string;
  }[];
}
export interface ConnectAnswer {
  /** The address as normalised: `unix:/run/vm.sock`. */
  readonly address: string;
  readonly target: Target;
  readonly runState: string;
  readonly groups: readonly GroupSummary[];
  /** What of a disk's throttling the VM has; since the version that changes chains. */
  readonly disks?: readonly DiskSummary[];
}

export interface DiskSummary {
  readonly alias: string;
  /** Libvirt's target (vda); null where only QEMU was asked. */
  readonly target: string | null;
  /** Names of groups from the image up. */
  readonly filters: readonly string[];
  /** "500 IOPS (group backup)"; null where nothing is limited so. */
  readonly iotuneText: string | null;
  /** Why a change of its chain could be held back, as far as the disk alone tells: empty, read-only, iothread, block job. */
  readonly remarks: readonly string[];
  /** Where filters and iotune were seen. */
  readonly source?: Source;
}

export interface GroupSummary {
  readonly name: string;
  /** "100 IOPS, burst 500 IOPS for 3 s". */
  readonly limitsText: string;
  /** XML name -> value as decimal string; zero and neutral values left out. */
  readonly limits: Readonly<Record<string, string>>;
  /** Filter nodes or disks that use it. */
  readonly usedBy: readonly string[];
}

export interface PlanArguments {
  readonly uri: string;
  readonly address: string;
  readonly prune?: boolean;
  /** Through libvirt it must be said; a QMP socket reaches the running VM only. */
  readonly planes?: Planes;
  /** Instead of what the document says: the filters of running disks as libvirt's live XML has them. */
  readonly return?: boolean;
  /** Consequences that the user has allowed, such as `other-domain`. */
  readonly allow?: readonly ConsequenceKind[];
}
export interface PlanAnswer {
  readonly address: string;
  readonly target: Target;
  readonly hash: string;
  /** Groups and disks that differ. 0: nothing to do. */
  readonly changes: number;
  /** The plan as the document that people read and confirm (Markdown-like plain text). */
  readonly text: string;
  /** The VM's groups and the document's, normalised, in libvirt's order, and the disks that differ: the two sides of the diff. */
  readonly vmGroups: string;
  readonly documentGroups: string;
  readonly notes: readonly string[];
  readonly consequences: readonly { readonly kind: ConsequenceKind; readonly text: string }[];
  /** Whether a step deletes a group. */
  readonly deletes: boolean;
  /** What differs and is left as it is, in sentences; each is among the notes too. */
  readonly held?: readonly string[];
  /** Consequences that must be allowed one by one before the plan can be applied. */
  readonly toAllow?: readonly ConsequenceKind[];
  /** Filters of running disks differ and were left, because QEMU may not be asked: `allow` taint to plan them too. */
  readonly wantsTaint?: boolean;
}

export interface ApplyArguments {
  readonly uri: string;
  readonly address: string;
  /** Hash of the plan that was shown; another fresh plan is refused as drifted. */
  readonly hash: string;
  readonly prune?: boolean;
  readonly planes?: Planes;
  readonly return?: boolean;
  readonly allow?: readonly ConsequenceKind[];
}
export interface ApplyAnswer {
  readonly outcome: OutcomeKind;
  readonly message: string;
  readonly steps: Outcome['steps'];
  readonly differs: readonly { readonly object: string; readonly text: string }[];
  /** QMP sent and received, secrets redacted, one JSON per line with direction and time. */
  readonly transcript: string;
}

export interface StartPracticeVmArguments {
  /** The document whose domain the practice VM plays. */
  readonly uri: string;
}

export interface StartPracticeVmAnswer {
  /** Address of the simulated VM, to connect to as to any other. */
  readonly address: string;
}
/** Of `disconnect`: with `uri` that document lets go, and the session ends where no other has the VM. */
export interface DisconnectArguments {
  readonly address: string;
  readonly uri?: string;
}
/** For `listGroups`, `listDisks` and `stopPracticeVm`. */
export interface AddressArguments {
  readonly address: string;
  readonly allow?: readonly ConsequenceKind[];
}
export interface ListDisksAnswer {
  readonly disks: readonly DiskSummary[];
}
export interface ListGroupsAnswer {
  readonly groups: readonly GroupSummary[];
}

export interface FindingsArguments {
  readonly uri: string;
}
/** Everything that is wrong with one open document, settings applied. */
export interface FindingsAnswer {
  /** False: the document is no libvirt domain, and nobody judges it. */
  readonly libvirt: boolean;
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: Severity;
    readonly refusedBy: RefusedBy;
    readonly message: string;
    readonly range: Range;
  }[];
}

/** What a check of all libvirt documents of the workspace came to. The findings themselves are sent as diagnostics. */
export interface CheckWorkspaceAnswer {
  /** Documents that were judged, open ones with the text in the editor. */
  readonly checked: number;
  /** Of them, those with findings that are shown. */
  readonly withFindings: number;
  readonly findings: Readonly<Record<Severity, number>>;
  /** Files that may be domains and could not be read: path and why. */
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
  /** There are more files than the setting `workspaceFiles` lets in. */
  readonly limited: boolean;
  /** The user stopped it; what was checked until then stays. */
  readonly cancelled: boolean;
}

/** By which of libvirt's schemas documents are checked. Answer of `schemaInfo`, and sent by `SCHEMA_NOTIFICATION`. */
export type SchemaInfo =
  | {
      readonly kind: 'loaded';
      readonly directory: string;
      /** "11.3.0"; null where no file tells it. */
      readonly libvirt: string | null;
      /** Which file told it. */
      readonly told: string | null;
      /** `fetched` from a host into the folder that the editor gave, or `found`. */
      readonly origin: 'found' | 'fetched';
    }
  /** The settings want none. */
  | { readonly kind: 'off' }
  | { readonly kind: 'none'; readonly looked: readonly string[] }
  | { readonly kind: 'unusable'; readonly directory: string; readonly message: string };

/** Notification from the server, a `SchemaInfo`: other schemas are used from now on. */
export const SCHEMA_NOTIFICATION = 'libvirtDomain/schema';

export interface FetchSchemasArguments {
  /** `qemu+ssh://root@host/system`, or `root@host`. */
  readonly from: string;
}
export interface FetchSchemasAnswer {
  readonly host: string;
  /** Where they are kept. */
  readonly directory: string;
  readonly files: number;
  /** Whether they are used now; an installed libvirt or the setting may stand before them. */
  readonly used: boolean;
}
