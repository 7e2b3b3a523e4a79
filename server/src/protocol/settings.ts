/** Settings with their defaults: one row a setting; package.json is tested against it. */

/** Per rule: `off` or another severity to show it with. `refusedBy` and what may be pushed never change. */
export type RuleSetting = 'off' | 'error' | 'warning' | 'information' | 'hint';

export interface Settings {
  /** Rule id -> what to do with it. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Libvirt's schemas: `auto` (those of an installed libvirt), `none`, or an absolute path (`~/` too) of a folder. */
  readonly schema: string;
  /** Release of libvirt that documents are meant for, "11.3.0"; '' is unknown. */
  readonly libvirtVersion: string;
  /** Release of QEMU that documents are meant for; '' is unknown. */
  readonly qemuVersion: string;
  readonly codeLens: boolean;
  /** How documents are laid out, beside the indentation, which the editor tells with each request. */
  readonly format: {
    readonly quotes: 'single' | 'double' | 'keep';
    /** Tags wider than this have one attribute a line; 0: tags are broken where their writer broke them. */
    readonly lineWidth: number;
    /** At most so many blank lines stay between two elements. */
    readonly blankLines: number;
  };
  /** How many libvirt documents of the workspace are read at most, for its symbols and its check. */
  readonly workspaceFiles: number;
  /** QMP over TCP to a host other than loopback. Machine scope. */
  readonly allowRemoteTcp: boolean;
  /** Addresses offered by Connect to VM. Machine scope. */
  readonly vms: readonly string[];
  /** How virsh is started: a program and its first arguments. Machine scope. */
  readonly virsh: { readonly command: readonly string[] };
  /** Connections of libvirt whose domains Connect to VM lists. Machine scope. */
  readonly connectUris: readonly string[];
  /** Names or uuids of domains whose QEMU may be asked and changed behind libvirt's back. Machine scope. */
  readonly allowTaint: readonly string[];
  /** Milliseconds to wait for the greeting and for each reply of a VM. Machine scope. */
  readonly deadline: number;
}

export const DEFAULT_SETTINGS: Settings = {
  rules: {},
  schema: 'auto',
  libvirtVersion: '',
  qemuVersion: '',
  codeLens: true,
  format: { quotes: 'single', lineWidth: 0, blankLines: 1 },
  workspaceFiles: 1000,
  allowRemoteTcp: false,
  vms: [],
  virsh: { command: ['virsh'] },
  connectUris: ['qemu:///system', 'qemu:///session'],
  allowTaint: [],
  deadline: 5000,
};

/** Section of all settings in VS Code and in `workspace/configuration`. */
export const SETTINGS_SECTION = 'libvirtDomain';
