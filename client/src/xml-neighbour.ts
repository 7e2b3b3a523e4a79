import * as vscode from 'vscode';

/** Red Hat's XML extension: it formats `xml` documents, closes their tags and links their names. */
const RED_HAT_XML = 'redhat.vscode-xml';

/**
 * The other XML extension beside us. Where it is enabled, what both can do on `xml` documents is left to it; it is
 * active as soon as an XML document is open, which is when we ask.
 */
export class XmlNeighbour implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly subscription: vscode.Disposable;
  private known = isThere();

  /** It came or went: enabled, disabled, installed. */
  readonly onDidChange = this.changed.event;

  constructor() {
    this.subscription = vscode.extensions.onDidChange(() => {
      if (isThere() === this.known) return;
      this.known = !this.known;
      this.changed.fire();
    });
  }

  get present(): boolean {
    return this.known;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

const isThere = (): boolean => vscode.extensions.getExtension(RED_HAT_XML) !== undefined;
