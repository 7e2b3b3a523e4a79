import * as vscode from 'vscode';

/** Scheme of documents that are made to be read: plans, the two sides of their diff, transcripts, lists of groups. */
export const READ_SCHEME = 'libvirt-domain-plan';

/** Documents to read, kept while they are open. */
export class ReadDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly subscriptions: readonly vscode.Disposable[];
  readonly onDidChange = this.changed.event;

  constructor() {
    this.subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(READ_SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === READ_SCHEME) this.texts.delete(uri.toString());
      }),
    ];
  }

  /**
   * Sets the text of a document and gives its URI. The same title and owner is the same document: an open one
   * shows the new text. The title's ending tells the language.
   */
  put(title: string, owner: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({
      scheme: READ_SCHEME,
      path: `/${title.replaceAll('/', '∕')}`,
      query: owner,
    });
    this.texts.set(uri.toString(), text);
    this.changed.fire(uri);
    return uri;
  }

  /** Opens a document that `put` has made, in front of the document that it is about: a diff needs the width. */
  async show(uri: vscode.Uri): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? 'This was made in an earlier session: ask for it again.\n';
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }
}
