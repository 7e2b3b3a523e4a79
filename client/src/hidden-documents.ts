import * as vscode from 'vscode';
import { State, type LanguageClient } from 'vscode-languageclient/node';
import type { DomainDocuments } from './domain-documents';

/**
 * Findings of documents that are open and shown nowhere, once the workspace was checked. VS Code keeps a document open
 * for minutes after its tab is closed where an extension had opened it. The language client asks for findings of what
 * is shown only, and the server leaves open documents to whoever asks: without this, nobody would tell of these.
 */
export class HiddenDocuments implements vscode.Disposable {
  private readonly findings = vscode.languages.createDiagnosticCollection('libvirtDomain.hidden');
  private readonly subscriptions: { dispose(): unknown }[] = [this.findings];
  /** Their `refresh` is listened to. */
  private readonly heard = new WeakSet();
  private checked = false;

  constructor(
    private readonly client: LanguageClient,
    private readonly documents: DomainDocuments,
  ) {
    const lookAtAll = (): void => this.lookAtAll();
    this.subscriptions.push(
      client.visibleDocuments.onOpen(lookAtAll),
      client.visibleDocuments.onClose(lookAtAll),
      documents.onDidOpen(document => void this.look(document)),
      documents.onDidClose(({ uri }) => this.findings.delete(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (documents.has(document)) void this.look(document);
      }),
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Stopped) this.forget();
      }),
    );
  }

  /** Call when the user has asked for a check: before that nothing is told of what is not shown. */
  workspaceIsChecked(): void {
    this.checked = true;
    this.lookAtAll();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private lookAtAll(): void {
    for (const document of this.documents.all()) void this.look(document);
  }

  private async look(document: vscode.TextDocument): Promise<void> {
    // Once the language client has heard of the event too: the server must know the text that it is asked about.
    await Promise.resolve();
    if (!this.isHidden(document)) {
      this.findings.delete(document.uri);
      return;
    }
    const provider = this.client.getFeature('textDocument/diagnostic').getProvider(document);
    if (provider === undefined) return;
    if (!this.heard.has(provider)) {
      this.heard.add(provider);
      this.subscriptions.push(provider.onDidChangeDiagnosticsEmitter.event(() => this.lookAtAll()));
    }
    const { version } = document;
    const none = new vscode.CancellationTokenSource().token;
    const report = await provider.diagnostics.provideDiagnostics(document, undefined, none);
    // Shown, closed or changed meanwhile: the event of that has seen to it.
    if (!this.isHidden(document) || document.version !== version) return;
    if (report !== null && report !== undefined && 'items' in report) {
      this.findings.set(document.uri, report.items);
    }
  }

  private isHidden(document: vscode.TextDocument): boolean {
    return (
      this.checked &&
      this.documents.has(document) &&
      vscode.workspace.getWorkspaceFolder(document.uri) !== undefined &&
      !this.client.visibleDocuments.isVisible(document)
    );
  }

  /** The server that checked is gone. */
  private forget(): void {
    this.checked = false;
    this.findings.clear();
  }
}
