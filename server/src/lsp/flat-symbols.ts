/** The outline for editors that take no tree. */

import type { DocumentSymbol, SymbolInformation } from 'vscode-languageserver/node';

/** Depth first, each with the name of what holds it. */
export const flatSymbols = (
  uri: string,
  symbols: readonly DocumentSymbol[],
  containerName?: string,
): SymbolInformation[] =>
  symbols.flatMap(({ name, kind, range, children }) => [
    { name, kind, location: { uri, range }, ...(containerName === undefined ? {} : { containerName }) },
    ...flatSymbols(uri, children ?? [], name),
  ]);
