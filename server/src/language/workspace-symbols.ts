/** What can be found by name in all domain files: domains, throttle groups, disks. */

import { diskTitle, nameSpan, shifted } from '../engine';
import type { Domain, Span } from '../engine';
import type { SymbolKind, WorkspaceSymbol } from 'vscode-languageserver-types';
import { lspRange } from './subject';
import type { Subject } from './subject';
import { groupTitle } from './words';

/** Everything of one document that has a name, in document order. */
export function workspaceSymbols(subject: Subject): WorkspaceSymbol[] {
  const { domain } = subject.analysis;
  if (domain === undefined) return [];
  const title = domain.name?.value.trim() || fileName(subject.uri);
  const symbol = (name: string, kind: SymbolKind, span: Span, containerName?: string): WorkspaceSymbol => ({
    name,
    kind,
    location: { uri: subject.uri, range: lspRange(subject, span) },
    ...(containerName === undefined ? {} : { containerName }),
  });
  return [
    symbol(title, KINDS.domain, domain.name ?? tagOf(domain)),
    ...domain.groups.flatMap(({ of, start }) =>
      of.name === undefined ? [] : [symbol(groupTitle(of), KINDS.group, shifted(of.name, start), title)],
    ),
    ...domain.disks.map(disk =>
      symbol(
        [diskTitle(domain, disk), disk.of.source?.value ?? ''].filter(part => part !== '').join(' '),
        KINDS.disk,
        shifted(disk.of.target ?? disk.of.nameSpan, disk.start),
        title,
      ),
    ),
  ];
}

/**
 * Those whose name holds the letters of the query in their order, upper or lower case, best first: names that begin
 * with the query, then those that hold it whole.
 */
export function symbolsFor(query: string, symbols: Iterable<WorkspaceSymbol>): WorkspaceSymbol[] {
  const wanted = query.toLowerCase();
  const ranked: { readonly symbol: WorkspaceSymbol; readonly rank: number }[] = [];
  for (const symbol of symbols) {
    const rank = rankOf(wanted, symbol.name.toLowerCase());
    if (rank !== undefined) ranked.push({ symbol, rank });
  }
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_SYMBOLS)
    .map(({ symbol }) => symbol);
}

/** Nobody reads more, and the editor asks again with each letter. */
const MOST_SYMBOLS = 500;

function rankOf(wanted: string, name: string): number | undefined {
  if (name.startsWith(wanted)) return 0;
  if (name.includes(wanted)) return 1;
  let at = 0;
  for (const character of wanted) {
    at = name.indexOf(character, at) + 1;
    if (at === 0) return undefined;
  }
  return 2;
}

const tagOf = (domain: Domain): Span =>
  nameSpan({ node: domain.element, start: domain.start, parent: undefined });

const fileName = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

/** LSP's SymbolKind, as in the outline: Module, Struct, Object. */
const KINDS = { domain: 2, group: 23, disk: 19 } as const satisfies Record<string, SymbolKind>;
