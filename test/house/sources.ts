/** What the sources import, read from their import statements; for the tests of the house's rules. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../host/repository';

export interface Import {
  /** Source file, relative to the repository, with slashes. */
  readonly file: string;
  /** As written: `./text`, `../engine`, `node:fs`, `vscode`. */
  readonly from: string;
  /** Only types are taken, so that nothing of it comes into a bundle. */
  readonly typesOnly: boolean;
}

/** Folders of the house that hold programs, each a project of its own. */
export const FOLDERS = [
  ...['engine', 'protocol', 'files', 'language', 'qmp', 'libvirt', 'vm', 'practice', 'lsp', 'cli'].map(
    name => `server/src/${name}`,
  ),
  'client/src',
] as const;

/** All TypeScript files below `folder`, relative to the repository. */
export function sourcesOf(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => path.posix.join(folder, file.replaceAll(path.sep, '/')))
    .sort();
}

/** All imports and re-exports of the files below `folder`, `import()` and `require()` too. */
export function importsOf(folder: string): readonly Import[] {
  return sourcesOf(folder).flatMap(file => importsIn(file, readFileSync(path.join(ROOT, file), 'utf8')));
}

const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'/gm;
const CALL = /\b(?:import|require)\(\s*'([^']+)'\s*\)/g;

function importsIn(file: string, text: string): readonly Import[] {
  const statements = [...text.matchAll(STATEMENT)].map(([, type, from = '']) => ({
    file,
    from,
    typesOnly: type !== undefined,
  }));
  const calls = [...text.matchAll(CALL)].map(([, from = '']) => ({ file, from, typesOnly: false }));
  return [...statements, ...calls];
}

/** The folder of the house that a relative import leads to, and what it names below it ('' is its index). */
export function targetOf(found: Import): { readonly folder: string; readonly below: string } | undefined {
  if (!found.from.startsWith('.')) return undefined;
  // `import()` of a folder needs its index spelt out.
  const from = found.from.replace(/\/index\.js$/, '');
  const resolved = path.posix.join(path.posix.dirname(found.file), from);
  const folder = [...FOLDERS, 'test'].find(name => resolved === name || resolved.startsWith(`${name}/`));
  return { folder: folder ?? resolved, below: folder === undefined ? '' : resolved.slice(folder.length + 1) };
}
