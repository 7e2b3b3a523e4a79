/** The command table: every command of the extension and what it runs. */

import * as vscode from 'vscode';
import { CLIENT_COMMANDS } from '../../../server/src/protocol';
import { BUTTON_COMMANDS, COMMANDS, type CommandName } from '../command-names';
import type { Scene } from '../scene';
import { connect, disconnect, vmMenu } from './connect';
import { attachDisk, detachDisk, showDisks } from './disks';
import { undoLastChange } from './undo';
import { checkDocument, restartServer, showLog, showReferences } from './document';
import { fetchSchemas } from './schemas';
import { checkWorkspace } from './workspace';
import { deleteGroup, listGroups, setGroup, showGroup } from './groups';
import { apply, planAgain, returnToLibvirt, showDiff, showPlan } from './plan';
import { choosePlanes } from './planes';

type Run = (scene: Scene, argument?: unknown) => void | Promise<void>;

const TABLE: Readonly<Record<CommandName, Run>> = {
  checkDocument,
  checkWorkspace,
  fetchSchemas,
  connect,
  disconnect,
  showPlan,
  apply,
  setGroup,
  deleteGroup,
  showGroup,
  listGroups,
  showDisks,
  attachDisk,
  detachDisk,
  undo: undoLastChange,
  returnToLibvirt,
  choosePlanes,
  restartServer,
  showLog,
  vmMenu,
  showDiff,
  planAgain,
};

export function registerCommands(scene: Scene): vscode.Disposable {
  const ids = { ...COMMANDS, ...BUTTON_COMMANDS };
  const names = Object.keys(ids) as CommandName[]; // the keys of a literal object just above
  return vscode.Disposable.from(
    ...names.map(name =>
      vscode.commands.registerCommand(ids[name], (argument?: unknown) => TABLE[name](scene, argument)),
    ),
    vscode.commands.registerCommand(CLIENT_COMMANDS.showReferences, showReferences),
  );
}
