import * as vscode from 'vscode';
import type { Target } from '../../server/src/engine';

/** The VM that a document is connected to. */
export interface Connection {
  /** As the server normalised it. */
  readonly address: string;
  readonly target: Target;
  readonly runState: string;
  /** A simulated VM, to practise on. */
  readonly practice: boolean;
  /** The user allowed QEMU to be asked and changed behind libvirt's back, until the document is disconnected. */
  readonly mayTaint?: boolean;
}

/** Which document has which VM. A connection belongs to a document, not to the window. */
export class Connections implements vscode.Disposable {
  private readonly byDocument = new Map<string, Connection>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  of(document: vscode.Uri): Connection | undefined {
    return this.byDocument.get(document.toString());
  }

  set(document: vscode.Uri, connection: Connection): void {
    this.byDocument.set(document.toString(), connection);
    this.changed.fire();
  }

  /** Takes the document's connection away and gives it back. */
  remove(document: vscode.Uri): Connection | undefined {
    const connection = this.of(document);
    if (connection === undefined) return undefined;
    this.byDocument.delete(document.toString());
    this.changed.fire();
    return connection;
  }

  /** Whether some document has this VM. */
  uses(address: string): boolean {
    return [...this.byDocument.values()].some(connection => connection.address === address);
  }

  clear(): void {
    if (this.byDocument.size === 0) return;
    this.byDocument.clear();
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
