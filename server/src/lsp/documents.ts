/**
 * The open documents: their text as the editor has it, and one analysis a version. An incremental change edits the
 * text and the tree of the version before; nothing is read anew but what changed.
 */

import { SourceText, analyze } from '../engine';
import type { Analysis, TextEdit, World } from '../engine';
import type { Subject } from '../language';
import { inLibvirtFolder } from '../protocol';
import type { DidChangeTextDocumentParams, DidOpenTextDocumentParams } from 'vscode-languageserver/node';

/** Documents of this language are ours; others only when what is in them is a libvirt domain. */
export const LIBVIRT_LANGUAGE = 'libvirt-domain';

/** Edits since the last analysis beyond which reading the text anew is no worse. */
const MOST_EDITS = 200;

export class OpenDocuments {
  private readonly byUri = new Map<string, OpenDocument>();
  private opened = 0;
  private lastUse = -Infinity;

  constructor(private readonly onAnalysed: (uri: string, analysis: Analysis) => void) {}

  /** How long nobody has typed in a document or asked about one, milliseconds. */
  idleMillis(): number {
    return performance.now() - this.lastUse;
  }

  open({ textDocument }: DidOpenTextDocumentParams): void {
    this.used();
    const { uri, languageId, version, text } = textDocument;
    this.byUri.set(uri, {
      serial: ++this.opened,
      languageId,
      version,
      source: SourceText.of(text),
      edits: [],
      analysis: undefined,
      world: undefined,
    });
  }

  /** Takes changes over in their order. Throws on changes that are not LSP's; the document is then forgotten. */
  change({ textDocument, contentChanges }: DidChangeTextDocumentParams): void {
    this.used();
    const document = this.byUri.get(textDocument.uri);
    if (document === undefined) return;
    try {
      for (const change of contentChanges) {
        if (typeof change.text !== 'string') throw new TypeError('a change without text');
        if ('range' in change) {
          const edit: TextEdit = { span: document.source.spanOf(change.range), newText: change.text };
          document.source = document.source.edited(edit);
          document.edits.push(edit);
        } else {
          document.source = SourceText.of(change.text);
          document.analysis = undefined;
        }
      }
      document.version = textDocument.version;
    } catch (error) {
      // Half a change is worse than none: every later position would be off. Opened again, it is served again.
      this.byUri.delete(textDocument.uri);
      throw error;
    }
  }

  close(uri: string): void {
    this.byUri.delete(uri);
  }

  uris(): readonly string[] {
    return [...this.byUri.keys()];
  }

  /** The text now, of any open document. */
  source(uri: string): SourceText | undefined {
    return this.byUri.get(uri)?.source;
  }

  /** Tells one version of one opening from every other. */
  stamp(uri: string): string | undefined {
    const document = this.byUri.get(uri);
    return document === undefined ? undefined : `${document.serial}.${document.version}`;
  }

  /**
   * The document as the features take it, analysed at its version now; undefined for documents that are not open and
   * for those that are no libvirt domain: about them we are silent.
   */
  subject(uri: string, world: World): Subject | undefined {
    this.used();
    const document = this.byUri.get(uri);
    if (document === undefined) return undefined;
    const analysis = this.analysisOf(uri, document, world);
    if (document.languageId !== LIBVIRT_LANGUAGE && !isLibvirt(uri, analysis)) return undefined;
    return { uri, version: document.version, analysis, world };
  }

  private used(): void {
    this.lastUse = performance.now();
  }

  private analysisOf(uri: string, document: OpenDocument, world: World): Analysis {
    const { analysis: before, edits, source } = document;
    if (before?.source === source && document.world === world) return before;
    const reusable = before !== undefined && edits.length <= MOST_EDITS;
    const analysis = analyze(source, world, reusable ? { analysis: before, edits } : undefined);
    document.analysis = analysis;
    document.world = world;
    document.edits = [];
    this.onAnalysed(uri, analysis);
    return analysis;
  }
}

/**
 * Whether an XML document that nobody says is libvirt's, by its language or its name, is so: a domain wherever it is,
 * and in libvirt's own folders its other documents too.
 */
export const isLibvirt = (uri: string, { kind, validation }: Analysis): boolean =>
  kind !== undefined ||
  (validation !== undefined && uri.startsWith('file:///') && inLibvirtFolder(uri.slice('file://'.length)));

interface OpenDocument {
  /** The how many-th opening of this session: versions may begin anew when a document is opened again. */
  readonly serial: number;
  readonly languageId: string;
  version: number;
  source: SourceText;
  /** Since `analysis`, each in the text that the one before it made. */
  edits: TextEdit[];
  analysis: Analysis | undefined;
  world: World | undefined;
}
