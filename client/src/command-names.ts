/** Ids of the commands; needs no VS Code, so that a test can hold package.json against them. */

/** The commands that people find in the palette and in menus: exactly those of package.json. */
export const COMMANDS = {
  checkDocument: 'libvirtDomain.checkDocument',
  checkWorkspace: 'libvirtDomain.checkWorkspace',
  fetchSchemas: 'libvirtDomain.fetchSchemas',
  connect: 'libvirtDomain.connect',
  disconnect: 'libvirtDomain.disconnect',
  showPlan: 'libvirtDomain.showPlan',
  apply: 'libvirtDomain.apply',
  setGroup: 'libvirtDomain.setGroup',
  deleteGroup: 'libvirtDomain.deleteGroup',
  showGroup: 'libvirtDomain.showGroup',
  listGroups: 'libvirtDomain.listGroups',
  showDisks: 'libvirtDomain.showDisks',
  attachDisk: 'libvirtDomain.attachDisk',
  detachDisk: 'libvirtDomain.detachDisk',
  undo: 'libvirtDomain.undo',
  returnToLibvirt: 'libvirtDomain.returnToLibvirt',
  choosePlanes: 'libvirtDomain.choosePlanes',
  restartServer: 'libvirtDomain.restartServer',
  showLog: 'libvirtDomain.showLog',
} as const;

/** Commands behind buttons, lenses and the status bar: not in package.json, so nobody meets them in the palette. */
export const BUTTON_COMMANDS = {
  vmMenu: 'libvirtDomain.vmMenu',
  showDiff: 'libvirtDomain.showDiff',
  planAgain: 'libvirtDomain.planAgain',
} as const;

export type CommandName = keyof typeof COMMANDS | keyof typeof BUTTON_COMMANDS;

/** Context keys that package.json's `when` clauses use. */
export const CONTEXT_KEYS = {
  /** The active editor shows a libvirt domain. */
  isDomain: 'libvirtDomain.isDomain',
  /** The active document has a VM. */
  connected: 'libvirtDomain.connected',
  /** The active document has a VM that is reached through libvirt. */
  isLibvirt: 'libvirtDomain.isLibvirt',
  /** The active editor shows a plan that can still be applied. */
  isPlan: 'libvirtDomain.isPlan',
} as const;

/** Language id of `*.domain.xml`. */
export const LANGUAGE = 'libvirt-domain';

/** Schemes of the documents that the language server is given. */
export const DOCUMENT_SCHEMES = ['file', 'untitled', 'vscode-remote', 'vscode-vfs'] as const;
