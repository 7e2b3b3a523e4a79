/** Commands about VMs. */

import { SERVER_COMMANDS } from '../protocol';
import type { CommandFailure, ServerCommand } from '../protocol';
import type { CommandHandler, Commands } from './commands';
import type { Session } from './session';

export type VmCommand = Exclude<ServerCommand, typeof SERVER_COMMANDS.findings>;

export function vmCommands(
  session: Session,
): Commands & { readonly table: Readonly<Record<VmCommand, CommandHandler>> } {
  const later: CommandHandler = () => Promise.resolve(session.trusted ? NOT_YET : UNTRUSTED);
  return {
    table: {
      [SERVER_COMMANDS.connect]: later,
      [SERVER_COMMANDS.disconnect]: later,
      [SERVER_COMMANDS.plan]: later,
      [SERVER_COMMANDS.apply]: later,
      [SERVER_COMMANDS.listGroups]: later,
      [SERVER_COMMANDS.setGroup]: later,
      [SERVER_COMMANDS.deleteGroup]: later,
      [SERVER_COMMANDS.startPracticeVm]: later,
      [SERVER_COMMANDS.stopPracticeVm]: later,
    },
    releaseAll: () => undefined,
    stop: () => Promise.resolve(),
  };
}

const NOT_YET: CommandFailure = { ok: false, reason: 'refused', message: 'Not built yet.' };

const UNTRUSTED: CommandFailure = {
  ok: false,
  reason: 'untrusted',
  message:
    'This workspace is not trusted, so nothing connects to a VM. Trust the workspace in the editor; editors without workspace trust set "trusted": true in the initialization options.',
};
