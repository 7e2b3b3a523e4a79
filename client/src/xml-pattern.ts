/** Selecting one document among all XML documents by its path. */

/**
 * A glob that matches one path and nothing else: characters that mean something in VS Code's globs stand in
 * brackets. A Windows path is given with slashes, which VS Code matches with both kinds.
 */
export const patternOfPath = (fsPath: string): string =>
  fsPath.replaceAll('\\', '/').replace(/[[\]{}*?]/g, '[$&]');
