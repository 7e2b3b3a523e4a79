/** What the two sides can do: the editor's capabilities as our features ask for them, and ours as LSP wants them. */

import { CODE_ACTION_KINDS, COMPLETION_TRIGGERS, type EditorAbilities } from '../language';
import { SERVER_COMMANDS } from '../protocol';
import type { ClientCapabilities, ServerCapabilities } from 'vscode-languageserver/node';
import { EDITING_CAPABILITIES } from './editing';

/** What concerns the wiring alone, beside the abilities that the features know. */
export interface Client extends EditorAbilities {
  /** Asks for diagnostics (`textDocument/diagnostic`); others get them pushed. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  /** Answers `workspace/configuration`. */
  readonly configuration: boolean;
  readonly watchesConfiguration: boolean;
  /** Tells changes of files that the server asks it to watch. */
  readonly watchesFiles: boolean;
  /** Shows which schema is used. */
  readonly showsSchema: boolean;
  /** Takes nested document symbols. */
  readonly symbolTree: boolean;
  /** How many folding ranges it wants at most. */
  readonly foldingLimit: number;
}

/** Reads the capabilities of `initialize`; what is absent is not assumed. */
export function clientOf(
  capabilities: ClientCapabilities,
  commands: readonly string[],
  showsSchema: Client['showsSchema'],
): Client {
  const { textDocument, workspace } = capabilities;
  const item = textDocument?.completion?.completionItem;
  const hoverFormats = textDocument?.hover?.contentFormat ?? [];
  return {
    snippets: item?.snippetSupport === true,
    keepsIndentation: item?.insertTextModeSupport?.valueSet.includes(INSERT_AS_IS) === true,
    markdown: hoverFormats.includes('markdown'),
    relatedInformation:
      textDocument?.publishDiagnostics?.relatedInformation === true ||
      textDocument?.diagnostic?.relatedInformation === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    definitionLinks: textDocument?.definition?.linkSupport === true,
    commands,
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    watchesConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    showsSchema,
    symbolTree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    foldingLimit: textDocument?.foldingRange?.rangeLimit ?? Infinity,
  };
}

/** What the server offers to that client. Positions count UTF-16 code units. */
export function serverCapabilities(client: Client): ServerCapabilities {
  return {
    positionEncoding: 'utf-16',
    textDocumentSync: { openClose: true, change: INCREMENTAL },
    ...(client.pullsDiagnostics
      ? {
          diagnosticProvider: {
            identifier: 'libvirt-domain',
            interFileDependencies: false,
            workspaceDiagnostics: false,
          },
        }
      : {}),
    codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS] },
    completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS] },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: { prepareProvider: true },
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    codeLensProvider: {},
    executeCommandProvider: { commands: Object.values(SERVER_COMMANDS) },
    workspaceSymbolProvider: true,
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...EDITING_CAPABILITIES,
  };
}

/** LSP's InsertTextMode.asIs and TextDocumentSyncKind.Incremental. */
const INSERT_AS_IS = 1;
const INCREMENTAL = 2;
