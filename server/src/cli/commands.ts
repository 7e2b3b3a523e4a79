import { applyCommand } from './apply';
import { attachDiskCommand } from './attach-disk';
import { checkCommand } from './check/check';
import type { Command } from './command';
import { completionCommand } from './completion/completion';
import { detachDiskCommand } from './detach-disk';
import { disksCommand } from './disks';
import { driftCommand } from './drift';
import { explainCommand } from './explain';
import { groupsDeleteCommand, groupsInfoCommand, groupsListCommand, groupsSetCommand } from './groups';
import { planCommand } from './plan';
import { serveCommand } from './serve';
import { simulateCommand } from './simulate';
import { undoCommand } from './undo';

/** All commands, in the order of `--help`. A command that does not work yet is not among them. */
export const COMMANDS: readonly Command[] = [
  checkCommand,
  explainCommand,
  planCommand,
  applyCommand,
  disksCommand,
  driftCommand,
  attachDiskCommand,
  detachDiskCommand,
  groupsListCommand,
  groupsInfoCommand,
  groupsSetCommand,
  groupsDeleteCommand,
  undoCommand,
  simulateCommand,
  serveCommand,
  completionCommand(() => COMMANDS),
];
