/** What the editor features are given. They are pure: the same subject and position give the same answer. */

import type { Analysis, Range, Schema, Span, TextEdit, World } from '../engine';
import type { TextEdit as LspTextEdit, WorkspaceEdit } from 'vscode-languageserver-types';

/** One version of an open document. */
export interface Subject {
  /** As the editor names it; never opened or interpreted here. */
  readonly uri: string;
  /** The editor's version of the analysed text; null where it does not count versions. */
  readonly version: number | null;
  readonly analysis: Analysis;
  /** What is known of where the document is meant for; absent is nothing. */
  readonly world?: World;
}

/** Libvirt's schema for the document, where there is one. */
export const schemaOf = (subject: Subject): Schema | undefined => subject.analysis.validation?.schema;

/** What the editor at the other end can take; everything that is not said is not assumed. */
export interface EditorAbilities {
  /** `$1` and `${1:name}` in completion. */
  readonly snippets: boolean;
  /** Inserts completion text exactly as given (insertTextMode asIs); else it indents further lines itself. */
  readonly keepsIndentation: boolean;
  readonly markdown: boolean;
  readonly relatedInformation: boolean;
  /** Takes `documentChanges`, which name the version that the edits are made for. */
  readonly versionedEdits: boolean;
  readonly definitionLinks: boolean;
  /** Commands that the editor itself runs, such as `domxml.showReferences`. */
  readonly commands: readonly string[];
}

export const PLAIN_EDITOR: EditorAbilities = {
  snippets: false,
  keepsIndentation: false,
  markdown: false,
  relatedInformation: false,
  versionedEdits: false,
  definitionLinks: false,
  commands: [],
};

/** The engine's range as one that LSP's types (which are mutable) accept. */
export const lspRange = (subject: Subject, span: Span): Range => subject.analysis.source.rangeOf(span);

export const lspEdits = (subject: Subject, edits: readonly TextEdit[]): LspTextEdit[] =>
  edits.map(edit => ({ range: lspRange(subject, edit.span), newText: edit.newText }));

/** Edits of the subject's document as a workspace edit, bound to its version where the editor can check that. */
export function workspaceEdit(
  subject: Subject,
  edits: readonly TextEdit[],
  abilities: EditorAbilities,
): WorkspaceEdit {
  const changes = lspEdits(subject, edits);
  if (!abilities.versionedEdits) return { changes: { [subject.uri]: changes } };
  return {
    documentChanges: [{ textDocument: { uri: subject.uri, version: subject.version }, edits: changes }],
  };
}
