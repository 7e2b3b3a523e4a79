/** Colours that need to know the document: names of groups, limits and their values, disks, template text. */

import { templatesIn } from '../engine';
import type { Domain, Limits, Piece, Position, Range, SourceText, Span } from '../engine';
import type { SemanticTokensLegend } from 'vscode-languageserver-types';
import type { Subject } from './subject';

/** Names of LSP, so that every theme has a colour for them. */
export const SEMANTIC_LEGEND: SemanticTokensLegend = {
  tokenTypes: ['class', 'property', 'number', 'variable', 'macro'],
  tokenModifiers: ['declaration'],
};

type TokenType = 'group' | 'limit' | 'value' | 'disk' | 'template';

/** Index in the legend. */
const TYPES: Readonly<Record<TokenType, number>> = { group: 0, limit: 1, value: 2, disk: 3, template: 4 };
/** Bit in the legend. */
const DECLARATION = 1;

interface Token extends Span {
  readonly type: TokenType;
  readonly modifiers: number;
}

/** The tokens as LSP packs them: five numbers each. With a range only those of things that reach into it. */
export function semanticTokens(subject: Subject, range?: Range): number[] {
  const { source, domain } = subject.analysis;
  const window = range === undefined ? { start: 0, end: source.text.length } : source.spanOf(range);
  const tokens: Token[] = [];
  for (const { start, end } of templatesIn(source.text, window.start, window.end)) {
    tokens.push({ start, end, type: 'template', modifiers: 0 });
  }
  if (domain !== undefined) addDomain(tokens, source.text, domain, window);
  tokens.sort((a, b) => a.start - b.start || b.end - a.end);
  return packed(source, tokens);
}

function addDomain(tokens: Token[], text: string, domain: Domain, window: Span): void {
  for (const { start, of } of domain.groups) {
    if (start > window.end || start + of.element.length < window.start) continue;
    addPiece(tokens, of.name, start, 'group', DECLARATION);
    addLimits(tokens, text, of.limits, start);
  }
  for (const { start, of } of domain.disks) {
    if (start > window.end || start + of.element.length < window.start) continue;
    addPiece(tokens, of.target, start, 'disk', DECLARATION);
    for (const filter of of.filters) addPiece(tokens, filter.group, start, 'group', 0);
    for (const { limits } of of.iotunes) {
      addPiece(tokens, limits.groupName, start, 'group', 0);
      addLimits(tokens, text, limits, start);
    }
  }
}

function addPiece(
  tokens: Token[],
  piece: Piece | undefined,
  start: number,
  type: TokenType,
  modifiers: number,
): void {
  if (piece === undefined || piece.template) return;
  tokens.push({ start: start + piece.start, end: start + piece.end, type, modifiers });
}

function addLimits(tokens: Token[], text: string, limits: Limits, start: number): void {
  for (const entry of limits.entries) {
    const { nameSpan, span, field } = entry;
    tokens.push({ start: start + nameSpan.start, end: start + nameSpan.end, type: 'limit', modifiers: 0 });
    if (entry.reading.kind === 'number') addPiece(tokens, entry.text, start, 'value', 0);
    const end = start + span.end - 1;
    const closeName = end - field.xml.length;
    if (
      closeName > start + nameSpan.end &&
      text.startsWith(field.xml, closeName) &&
      text[closeName - 1] === '/'
    ) {
      tokens.push({ start: closeName, end, type: 'limit', modifiers: 0 });
    }
  }
}

/** A token stands on one line and overlaps no other. */
function packed(source: SourceText, tokens: readonly Token[]): number[] {
  const data: number[] = [];
  let behind = 0;
  let line = 0;
  let character = 0;
  for (const token of tokens) {
    if (token.start < behind || token.end <= token.start) continue;
    behind = token.end;
    const first = source.positionAt(token.start);
    for (const { at, length } of linesOf(source, token, first)) {
      const from = at.line === line ? character : 0;
      data.push(at.line - line, at.character - from, length, TYPES[token.type], token.modifiers);
      ({ line, character } = at);
    }
  }
  return data;
}

interface LinePiece {
  readonly at: Position;
  readonly length: number;
}

function linesOf(source: SourceText, { start, end }: Span, first: Position): readonly LinePiece[] {
  const written = source.text.slice(start, end);
  if (!/[\r\n]/.test(written)) return [{ at: first, length: end - start }];
  return [...written.matchAll(/[^\r\n]+/g)].map(({ index, 0: { length } }) => ({
    at: source.positionAt(start + index),
    length,
  }));
}
