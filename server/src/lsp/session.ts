/** What the server knows between requests: the client, the settings, the open documents. */

import type { SchemaFolder, World } from '../engine';
import { PLAIN_EDITOR } from '../language';
import { DEFAULT_SETTINGS } from '../protocol';
import type { Settings } from '../protocol';
import type { Connection } from 'vscode-languageserver/node';
import type { Client } from './abilities';
import { DocumentWorlds } from './document-worlds';
import { OpenDocuments } from './documents';

export interface Session {
  readonly connection: Connection;
  readonly documents: OpenDocuments;
  /** Of documents that are connected to a VM. */
  readonly worlds: DocumentWorlds;
  client: Client;
  settings: Settings;
  /** By the settings; of an open document ask `worldOfDocument`. */
  world: World;
  /** Libvirt's schemas in use; a part of `world`. */
  schema: SchemaFolder | undefined;
  /** A folder of the editor's own. */
  storage: string | undefined;
  /** Counts changes of the settings: a diagnostic's result id names it. */
  settingsCount: number;
  /** Settles when the settings that the editor has were asked for; diagnostics wait for it. */
  settled: Promise<void>;
  /** The user's trust in the workspace; without it nothing connects or runs. */
  trusted: boolean;
}

/** What the rules may know of the world of an open document. */
export const worldOfDocument = (session: Session, uri: string): World =>
  session.worlds.of(uri, session.world);

/** `onDomain`: a document turned out to be a libvirt domain. */
export function newSession(connection: Connection, onDomain: () => void): Session {
  const told = new Set<string>();
  return {
    connection,
    // A rule that throws is told once, not with every key that is typed.
    documents: new OpenDocuments((uri, { faults, kind }) => {
      if (kind !== undefined) onDomain();
      for (const { rule, message } of faults) {
        if (told.has(rule)) continue;
        told.add(rule);
        connection.console.error(`The rule ${rule} failed and said nothing about ${uri}: ${message}`);
      }
    }),
    worlds: new DocumentWorlds(),
    client: SILENT_CLIENT,
    settings: DEFAULT_SETTINGS,
    world: {},
    schema: undefined,
    storage: undefined,
    settingsCount: 0,
    settled: Promise.resolve(),
    trusted: false,
  };
}

/** Before `initialize` nothing is known of the client. */
const SILENT_CLIENT: Client = {
  ...PLAIN_EDITOR,
  pullsDiagnostics: false,
  refreshesDiagnostics: false,
  refreshesLenses: false,
  configuration: false,
  watchesConfiguration: false,
  watchesFiles: false,
  showsSchema: false,
  symbolTree: false,
  foldingLimit: Infinity,
};
