/** Settings with their defaults: one row a setting; package.json is tested against it. */

/** Per rule: `off` or another severity to show it with. `refusedBy` and what may be pushed never change. */
export type RuleSetting = 'off' | 'error' | 'warning' | 'information' | 'hint';

export interface Settings {
  /** Rule id -> what to do with it. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Release of libvirt that documents are meant for, "11.3.0"; '' is unknown. */
  readonly libvirtVersion: string;
  /** Release of QEMU that documents are meant for; '' is unknown. */
  readonly qemuVersion: string;
  readonly codeLens: boolean;
  /** QMP over TCP to a host other than loopback. Machine scope. */
  readonly allowRemoteTcp: boolean;
  /** Addresses offered by Connect to VM. Machine scope. */
  readonly vms: readonly string[];
  /** Milliseconds to wait for the greeting and for each reply of a VM. Machine scope. */
  readonly deadline: number;
}

export const DEFAULT_SETTINGS: Settings = {
  rules: {},
  libvirtVersion: '',
  qemuVersion: '',
  codeLens: true,
  allowRemoteTcp: false,
  vms: [],
  deadline: 5000,
};

/** Section of all settings in VS Code and in `workspace/configuration`. */
export const SETTINGS_SECTION = 'libvirtDomain';
