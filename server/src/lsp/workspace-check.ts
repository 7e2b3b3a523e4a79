/**
 * Check of all libvirt files of the workspace, when the user asks. The findings in files that are not open are sent as
 * diagnostics, and from then on kept true: when a file changes, is opened or closed, and when settings change.
 */

import { pathToFileURL } from 'node:url';
import type { Severity } from '../engine';
import { diagnosticsOf, shownFindings } from '../language';
import type { CheckWorkspaceAnswer, CommandAnswer } from '../protocol';
import { DidChangeWatchedFilesNotification } from 'vscode-languageserver/node';
import type { CancellationToken, FileEvent } from 'vscode-languageserver/node';
import { messageOf, turn } from './guard';
import type { Session } from './session';
import { pathOf, type WorkspaceDocuments } from './workspace-documents';

export class WorkspaceCheck {
  /** Files that the editor holds findings of, by path. */
  private readonly told = new Set<string>();
  private asked = false;
  private watching = false;
  /** Files are judged one after the other, whoever asks: a later answer is a newer one. */
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly session: Session,
    private readonly workspace: WorkspaceDocuments,
  ) {}

  /** Checks everything, with progress where the editor shows it. */
  async run(token: CancellationToken): Promise<CommandAnswer<CheckWorkspaceAnswer>> {
    if (this.workspace.folders.every(folder => pathOf(folder) === undefined)) {
      return {
        ok: false,
        reason: 'workspace',
        message: 'No folder of this machine is open, so there is no workspace to check. Open a folder first.',
      };
    }
    this.watch();
    // What is told and counted is by the user's settings, and by the schema that they want.
    await this.session.settled;
    const progress = await this.session.connection.window.createWorkDoneProgress();
    progress.begin('Checking libvirt documents', 0, undefined, true);
    try {
      const stopped = (): boolean => token.isCancellationRequested || progress.token.isCancellationRequested;
      return await this.inTurn(() =>
        this.checkAll(stopped, (percent, text) => progress.report(percent, text)),
      );
    } finally {
      progress.done();
    }
  }

  /** From now on the editor asks for, or is sent, the findings of its own text. */
  opened(uri: string): void {
    const path = pathOf(uri);
    if (path !== undefined && this.told.has(path)) this.tell(path, []);
  }

  closed(uri: string): void {
    const path = pathOf(uri);
    if (this.asked && path !== undefined && this.workspace.holds(path))
      this.later(() => this.checkFile(path));
  }

  changed(events: readonly FileEvent[]): void {
    if (!this.asked) return;
    for (const path of new Set(events.flatMap(({ uri }) => pathOf(uri) ?? []))) {
      if (this.workspace.holds(path)) this.later(() => this.checkFile(path));
    }
  }

  /** Settings have changed: everything may be other now. */
  refresh(): void {
    if (this.asked)
      this.later(() =>
        this.checkAll(
          () => false,
          () => undefined,
        ),
      );
  }

  private async checkAll(
    stopped: () => boolean,
    report: (percent: number, text: string) => void,
  ): Promise<CommandAnswer<CheckWorkspaceAnswer>> {
    this.asked = true;
    const count = new Count();
    for (const subject of this.workspace.openSubjects()) {
      count.add(shownFindings(subject, this.session.settings).map(({ severity }) => severity));
    }
    const gone = new Set(this.told);
    const paths: string[] = [];
    for await (const path of this.workspace.closedFiles()) paths.push(path);
    const unreadable: { path: string; message: string }[] = [];
    let read = 0;
    for (const [index, path] of paths.entries()) {
      if (stopped()) return count.answer(unreadable, { limited: false, cancelled: true });
      if (read >= this.session.settings.workspaceFiles)
        return count.answer(unreadable, { limited: true, cancelled: false });
      report(Math.floor((index / paths.length) * 100), `${String(index)} of ${String(paths.length)} files`);
      gone.delete(path);
      const looked = await this.checkFile(path);
      if (looked.kind !== 'other') read++;
      if (looked.kind === 'libvirt') count.add(looked.severities);
      else if (looked.kind === 'unreadable') unreadable.push({ path, message: looked.message });
      await turn();
    }
    for (const path of gone) this.tell(path, []);
    return count.answer(unreadable, { limited: false, cancelled: false });
  }

  private async checkFile(path: string): Promise<Judged> {
    const looked = await this.workspace.look(path);
    // While it was read it may have been opened: then its findings come from the editor's text.
    if (this.isOpen(path)) return { kind: 'other' };
    if (looked.kind !== 'libvirt') {
      this.tell(path, []);
      return looked;
    }
    const { settings, client } = this.session;
    this.tell(path, diagnosticsOf(looked.subject, settings, client));
    const severities = shownFindings(looked.subject, settings).map(({ severity }) => severity);
    return { kind: 'libvirt', severities };
  }

  private tell(path: string, diagnostics: ReturnType<typeof diagnosticsOf>): void {
    // An empty list is sent only where there was another one.
    if (diagnostics.length === 0 && !this.told.delete(path)) return;
    if (diagnostics.length > 0) this.told.add(path);
    void this.session.connection.sendDiagnostics({ uri: pathToFileURL(path).href, diagnostics });
  }

  private isOpen(path: string): boolean {
    return this.session.documents.uris().some(uri => pathOf(uri) === path);
  }

  private later(run: () => Promise<unknown>): void {
    this.inTurn(run).catch((error: unknown) => {
      this.session.connection.console.error(`The check of the workspace failed: ${messageOf(error)}`);
    });
  }

  private inTurn<T>(run: () => Promise<T>): Promise<T> {
    const done = this.queue.then(run);
    this.queue = done.catch(() => undefined);
    return done;
  }

  /** Once, and only where the user wants the workspace checked. */
  private watch(): void {
    if (this.watching || !this.session.client.watchesFiles) return;
    this.watching = true;
    void this.session.connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [{ globPattern: '**/*.xml' }],
    });
  }
}

type Judged =
  | { readonly kind: 'libvirt'; readonly severities: readonly Severity[] }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'other' };

class Count {
  private checked = 0;
  private withFindings = 0;
  private readonly findings = { error: 0, warning: 0, information: 0, hint: 0 };

  add(severities: readonly Severity[]): void {
    this.checked++;
    if (severities.length > 0) this.withFindings++;
    for (const severity of severities) this.findings[severity]++;
  }

  answer(
    unreadable: CheckWorkspaceAnswer['unreadable'],
    end: { readonly limited: boolean; readonly cancelled: boolean },
  ): CommandAnswer<CheckWorkspaceAnswer> {
    const { checked, withFindings, findings } = this;
    return { ok: true, checked, withFindings, findings, unreadable, ...end };
  }
}
