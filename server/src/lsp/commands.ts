/** `workspace/executeCommand`: a table from command to function. */

import type { Finding } from '../engine';
import { shownFindings } from '../language';
import { SERVER_COMMANDS } from '../protocol';
import type { CommandAnswer, CommandFailure, FindingsAnswer, ServerCommand } from '../protocol';
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { CancellationToken, WorkDoneProgressReporter } from 'vscode-languageserver/node';
import { guarded } from './guard';
import type { SessionSchemas } from './schemas';
import { worldOfDocument, type Session } from './session';
import { recordOf } from './settings';
import { vmCommands } from './vm-commands';
import type { WorkspaceCheck } from './workspace-check';

/** One command: its argument is foreign JSON, its answer plain JSON. Failures that were foreseen are answers too. */
export type CommandHandler = (
  argument: ReadonlyMap<string, unknown>,
  token: CancellationToken,
  progress: WorkDoneProgressReporter,
) => Promise<CommandAnswer<object>>;

export interface Commands {
  /** Lets go of every VM, at once. */
  releaseAll(): void;
  /** Ends everything that the commands started. */
  stop(): Promise<void>;
}

/** `worldsChanged`: documents are judged for other versions now. */
export function registerCommands(
  session: Session,
  workspace: WorkspaceCheck,
  schemas: SessionSchemas,
  worldsChanged: () => void,
): Commands {
  const vm = vmCommands(session, worldsChanged);
  const table: Readonly<Record<ServerCommand, CommandHandler>> = {
    ...vm.table,
    [SERVER_COMMANDS.findings]: argument => Promise.resolve(findings(session, argument)),
    [SERVER_COMMANDS.checkWorkspace]: (_argument, token) => workspace.run(token),
    [SERVER_COMMANDS.schemaInfo]: async () => {
      await session.settled;
      return { ok: true, schema: schemas.info() };
    },
    [SERVER_COMMANDS.fetchSchemas]: (argument, token) => {
      const from = argument.get('from');
      return typeof from === 'string'
        ? schemas.fetchFromHost(from, token)
        : Promise.resolve(usage('domxml.fetchSchemas takes { "from": "qemu+ssh://root@host/system" }.'));
    },
  };
  const handlers: ReadonlyMap<string, CommandHandler> = new Map(Object.entries(table));
  session.connection.onExecuteCommand((params, token, progress) =>
    guarded(session, `workspace/executeCommand ${params.command}`, () => {
      const handler = handlers.get(params.command);
      if (handler === undefined) {
        throw new ResponseError(ErrorCodes.InvalidParams, `There is no command ${params.command}.`);
      }
      return handler(recordOf(params.arguments?.[0]), token, progress);
    }),
  );
  return vm;
}

function findings(session: Session, argument: ReadonlyMap<string, unknown>): CommandAnswer<FindingsAnswer> {
  const uri = argument.get('uri');
  if (typeof uri !== 'string') return usage('domxml.findings takes { "uri": "..." }.');
  if (session.documents.stamp(uri) === undefined) {
    return { ok: false, reason: 'document', message: `${uri} is not open in the editor.` };
  }
  const subject = session.documents.subject(uri, worldOfDocument(session, uri));
  if (subject === undefined) return { ok: true, libvirt: false, findings: [] };
  const { source } = subject.analysis;
  return {
    ok: true,
    libvirt: true,
    findings: shownFindings(subject, session.settings).map(({ finding, severity }) => ({
      ...wordsOf(finding),
      severity,
      range: source.rangeOf(finding.span),
    })),
  };
}

const wordsOf = ({ rule, refusedBy, message }: Finding) => ({ rule, refusedBy, message });

/** The command was called with arguments that it cannot use. */
export const usage = (message: string): CommandFailure => ({ ok: false, reason: 'usage', message });
