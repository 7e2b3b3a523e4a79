/** The editor features' public face: pure functions from a document and a position to what LSP sends. */

export * from './subject';
export { diagnosticsOf, shownFindings, DIAGNOSTIC_SOURCE } from './diagnostics';
export type { DiagnosticData, ShownFinding } from './diagnostics';
export { codeActions, CODE_ACTION_KINDS, FIX_ALL_KIND } from './code-actions';
export { completion, COMPLETION_TRIGGERS } from './completion/completion';
export { prepareCompletion } from './completion/prepare';
export { hover } from './hover';
export { definition } from './definition';
export { highlights, references } from './references';
export { prepareRename, rename } from './rename';
export type { RenameRefusal } from './rename';
export { documentSymbols } from './symbols';
export { foldingRanges } from './folding';
export { codeLenses } from './code-lenses';
export { documentHighlights } from './document-highlight';
export { formatting, onTypeFormatting, rangeFormatting, FORMATTING_TRIGGERS } from './formatting';
export { closingTag } from './closing-tag';
export { linkedEditingRanges } from './linked-editing';
export { selectionRanges } from './selection-ranges';
export { documentLinks } from './document-links';
export { semanticTokens, SEMANTIC_LEGEND } from './semantic-tokens';
export { symbolsFor, workspaceSymbols } from './workspace-symbols';
