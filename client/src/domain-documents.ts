import * as vscode from 'vscode';
import { hasOtherLibvirtRoot, libvirtKind, parseXml, SourceText } from '../../server/src/engine';
import { inLibvirtFolder } from '../../server/src/protocol';
import { DOCUMENT_SCHEMES, LANGUAGE } from './command-names';

/** Enough of a document to tell a libvirt domain from the rest: UTF-16 units. */
const HEAD = 256 * 1024;

/**
 * Which open documents are libvirt domains: those of language `libvirt-domain`, and XML documents that hold one.
 * An XML document that once was a domain stays one until it is closed, so that nothing blinks while it is edited.
 */
export class DomainDocuments implements vscode.Disposable {
  private readonly found = new Map<string, vscode.TextDocument>();
  private readonly opened = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly closed = new vscode.EventEmitter<vscode.TextDocument>();
  private readonly subscriptions: readonly vscode.Disposable[];

  /** A document was opened as, or has become, a libvirt domain. */
  readonly onDidOpen = this.opened.event;
  readonly onDidClose = this.closed.event;

  constructor() {
    this.subscriptions = [
      vscode.workspace.onDidOpenTextDocument(document => this.look(document)),
      vscode.workspace.onDidChangeTextDocument(event => void this.lookAfter(event.document)),
      vscode.workspace.onDidCloseTextDocument(document => this.forget(document)),
    ];
  }

  /** Looks at what is open already; call once the events have their listeners. */
  lookAtOpenDocuments(): void {
    for (const document of vscode.workspace.textDocuments) this.look(document);
  }

  has(document: vscode.TextDocument): boolean {
    return this.found.has(document.uri.toString());
  }

  all(): readonly vscode.TextDocument[] {
    return [...this.found.values()];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.opened.dispose();
    this.closed.dispose();
  }

  /**
   * Looks once all listeners have heard of the change: a document that the language client is given in the middle of
   * the event would be sent to the server with the change in it, and then the change once more.
   */
  private async lookAfter(document: vscode.TextDocument): Promise<void> {
    await Promise.resolve();
    if (!document.isClosed) this.look(document);
  }

  private look(document: vscode.TextDocument): void {
    if (this.has(document) || !isDomain(document)) return;
    this.found.set(document.uri.toString(), document);
    this.opened.fire(document);
  }

  private forget(document: vscode.TextDocument): void {
    if (this.found.delete(document.uri.toString())) this.closed.fire(document);
  }
}

function isDomain(document: vscode.TextDocument): boolean {
  if (!DOCUMENT_SCHEMES.some(scheme => scheme === document.uri.scheme)) return false;
  if (document.languageId === LANGUAGE) return true;
  if (document.languageId !== 'xml') return false;
  const text = headOf(document);
  // A <network> or <pool> of somebody else's has the same name: only libvirt's own folders tell.
  return holdsDomain(text) || (inLibvirtFolder(document.uri.path) && holdsOther(text));
}

function headOf(document: vscode.TextDocument): string {
  return document.getText(new vscode.Range(new vscode.Position(0, 0), document.positionAt(HEAD)));
}

function holdsDomain(text: string): boolean {
  // Most XML is none of ours: a look for the word spares it the parser.
  return text.includes('<dom') && libvirtKind(parseXml(SourceText.of(text))) !== undefined;
}

const holdsOther = (text: string): boolean => hasOtherLibvirtRoot(parseXml(SourceText.of(text)));
