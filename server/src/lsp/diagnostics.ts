/** Diagnostics: asked for by editors that can, pushed to the others. */

import { diagnosticsOf } from '../language';
import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver/node';
import { guarded, messageOf, stopIfCancelled, turn } from './guard';
import { worldOfDocument, type Session } from './session';

/** Tells the editor again what is wrong. */
export interface Diagnostics {
  /** The text of a document has changed. */
  changed(uri: string): void;
  closed(uri: string): void;
  /** Settings have changed: everything may be other now. */
  refresh(): void;
  stop(): void;
}

/** Both ways; which one is used is known after `initialize`. */
export function serveDiagnostics(session: Session): Diagnostics {
  const { connection } = session;
  connection.languages.diagnostics.on((params, token) =>
    guarded(session, 'textDocument/diagnostic', async (): Promise<DocumentDiagnosticReport> => {
      const { uri } = params.textDocument;
      await session.settled;
      await turn();
      stopIfCancelled(token);
      const stamp = session.documents.stamp(uri);
      const resultId = stamp === undefined ? undefined : `${stamp}.${session.settingsCount}`;
      if (resultId !== undefined && resultId === params.previousResultId)
        return { kind: 'unchanged', resultId };
      const items = diagnosticsNow(session, uri);
      return { kind: 'full', items, ...(resultId === undefined ? {} : { resultId }) };
    }),
  );
  const pushed = new PushedDiagnostics(session);
  return {
    changed: uri => {
      if (!session.client.pullsDiagnostics) pushed.later(uri);
    },
    closed: uri => {
      if (!session.client.pullsDiagnostics) pushed.clear(uri);
    },
    refresh: () => {
      if (!session.client.pullsDiagnostics) session.documents.uris().forEach(uri => pushed.later(uri));
      else if (session.client.refreshesDiagnostics) void connection.languages.diagnostics.refresh();
    },
    stop: () => pushed.stop(),
  };
}

function diagnosticsNow(session: Session, uri: string): Diagnostic[] {
  const subject = session.documents.subject(uri, worldOfDocument(session, uri));
  return subject === undefined ? [] : diagnosticsOf(subject, session.settings, session.client);
}

/** Longest that a push is held back while keys are typed, milliseconds. */
const LONGEST_PAUSE = 200;

/**
 * One push a document at a time. A push waits as long as the last one took, so that typing in a large document is
 * not answered key by key while a small one answers at once.
 */
class PushedDiagnostics {
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly tookMillis = new Map<string, number>();
  /** Documents whose list in the editor is not empty: only they need an empty one. */
  private readonly told = new Set<string>();

  constructor(private readonly session: Session) {}

  later(uri: string): void {
    clearTimeout(this.waiting.get(uri));
    const pause = Math.min(this.tookMillis.get(uri) ?? 0, LONGEST_PAUSE);
    this.waiting.set(
      uri,
      setTimeout(() => {
        this.waiting.delete(uri);
        void this.push(uri);
      }, pause),
    );
  }

  clear(uri: string): void {
    clearTimeout(this.waiting.get(uri));
    this.waiting.delete(uri);
    this.tookMillis.delete(uri);
    if (this.told.delete(uri)) void this.session.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  stop(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }

  private async push(uri: string): Promise<void> {
    await this.session.settled;
    const begin = performance.now();
    try {
      const subject = this.session.documents.subject(uri, worldOfDocument(this.session, uri));
      // About documents that are no libvirt domain not even an empty list is sent, unless there was one before.
      if (subject === undefined && !this.told.has(uri)) return;
      const diagnostics = diagnosticsNow(this.session, uri);
      if (subject === undefined) this.told.delete(uri);
      else this.told.add(uri);
      await this.session.connection.sendDiagnostics({
        uri,
        diagnostics,
        ...(typeof subject?.version === 'number' ? { version: subject.version } : {}),
      });
    } catch (error) {
      this.session.connection.console.error(`Diagnostics of ${uri} failed: ${messageOf(error)}`);
    } finally {
      this.tookMillis.set(uri, performance.now() - begin);
    }
  }
}
