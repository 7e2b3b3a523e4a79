/** The libvirt documents of the workspace: open ones as the editor has them, the others as they are on disk. */

import { fileURLToPath, pathToFileURL } from 'node:url';
import { SourceText, analyze } from '../engine';
import { fileStamp, readWorkspaceFile, workspaceFiles } from '../files';
import { symbolsFor, workspaceSymbols, type Subject } from '../language';
import { inLibvirtFolder } from '../protocol';
import type { CancellationToken, WorkspaceSymbol } from 'vscode-languageserver/node';
import { isLibvirt } from './documents';
import { stopIfCancelled, turn } from './guard';
import { worldOfDocument, type Session } from './session';

/** What a file of the workspace turned out to be. */
export type Looked =
  | { readonly kind: 'libvirt'; readonly subject: Subject }
  /** Bytes that cannot be read, of a file whose name says that it is libvirt's. */
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'other' };

export class WorkspaceDocuments {
  /** URIs of the folders that are open in the editor. */
  folders: readonly string[] = [];
  /** What was found in files, by path. Texts and analyses are not kept. */
  private readonly symbols = new Map<
    string,
    { readonly stamp: string; readonly found: readonly WorkspaceSymbol[] }
  >();

  constructor(private readonly session: Session) {}

  /** Paths of the XML files that the editor has not open, in order. */
  async *closedFiles(): AsyncGenerator<string> {
    const open = new Set(this.session.documents.uris().map(pathOf));
    for await (const path of workspaceFiles(this.paths())) {
      if (!open.has(path)) yield path;
    }
  }

  /** Whether the path lies in one of the folders of the workspace. */
  holds(path: string): boolean {
    return this.paths().some(folder => path.startsWith(folder.endsWith('/') ? folder : `${folder}/`));
  }

  /** Reads and judges one file: what is said of it when it is opened is said of it here, and of no other. */
  async look(path: string): Promise<Looked> {
    const read = await readWorkspaceFile(path);
    const named = path.toLowerCase().endsWith('.domain.xml');
    if (read.kind === 'unreadable') return named ? read : { kind: 'other' };
    const uri = pathToFileURL(path).href;
    // Most XML is none of ours: a look for the word spares it the parser.
    if (!named && !inLibvirtFolder(path) && !read.text.includes('<dom')) return { kind: 'other' };
    const analysis = analyze(SourceText.of(read.text), this.session.world);
    if (!named && !isLibvirt(uri, analysis)) return { kind: 'other' };
    return { kind: 'libvirt', subject: { uri, version: null, analysis } };
  }

  /** The open documents that are libvirt's, each judged for the VM that it is connected to. */
  openSubjects(): Subject[] {
    const { documents } = this.session;
    return documents.uris().flatMap(uri => documents.subject(uri, worldOfDocument(this.session, uri)) ?? []);
  }

  /** Domains, groups and disks that the query means, in all documents. Files are read again when they have changed. */
  async find(query: string, token: CancellationToken): Promise<WorkspaceSymbol[]> {
    const found: WorkspaceSymbol[] = this.openSubjects().flatMap(workspaceSymbols);
    let domains = 0;
    for await (const path of this.closedFiles()) {
      if (domains >= this.session.settings.workspaceFiles) break;
      stopIfCancelled(token);
      const symbols = await this.symbolsIn(path);
      if (symbols.length > 0) domains++;
      for (const symbol of symbols) found.push(symbol);
    }
    stopIfCancelled(token);
    return symbolsFor(query, found);
  }

  private async symbolsIn(path: string): Promise<readonly WorkspaceSymbol[]> {
    const stamp = await fileStamp(path);
    if (stamp === undefined) return [];
    const known = this.symbols.get(path);
    if (known?.stamp === stamp) return known.found;
    const looked = await this.look(path);
    const found = looked.kind === 'libvirt' ? workspaceSymbols(looked.subject) : [];
    this.symbols.set(path, { stamp, found });
    await turn();
    return found;
  }

  private paths(): readonly string[] {
    return this.folders.flatMap(folder => pathOf(folder) ?? []);
  }
}

/** The path of a `file:` URI; undefined for every other URI: those are not on this machine's disk. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
