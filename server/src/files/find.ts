import { statSync, type Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { libvirtKind } from '../engine';
import { asLatin1, decodeDocument } from './decode';
import { MAX_DOCUMENT_BYTES, bytesOf, whyUnreadable, type DocumentRead } from './document';
import { ReadText } from './read-text';

/** A libvirt document below a folder, or something below it of which nobody can tell because it is unreadable. */
export interface FoundDocument {
  /** The folder as given, then the way down from it. */
  readonly path: string;
  readonly read: FoundRead;
}

/** A document's text, or in plain words why there is none. */
export type FoundRead =
  { readonly kind: 'text'; readonly text: ReadText } | Extract<DocumentRead, { kind: 'unreadable' }>;

/**
 * Every `*.xml` at or below `folder` that is a libvirt document, in the order of the paths' parts, one at a time so that
 * a large tree does not fill the memory. Other files are passed over without a word; `.git` and `node_modules` are not
 * entered; symbolic links are followed, each folder and file once. Never throws: an unreadable folder or file is given
 * as such, unless its bytes show that it is no libvirt document. `isOurs` tells which documents are meant.
 */
export async function* findDocuments(
  folder: string,
  isOurs: IsOurs = ({ document }) => libvirtKind(document) !== undefined,
): AsyncGenerator<FoundDocument> {
  const seen = new Set<string>();
  const pending: Entry[] = [{ path: folder, real: undefined }];
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    const what = await look(entry, entry.path === folder, seen, isOurs);
    switch (what.kind) {
      case 'folder':
        pending.push(...what.entries.slice().reverse());
        break;
      case 'document':
        yield { path: entry.path, read: what.read };
        break;
      case 'passed-over':
        break;
    }
  }
}

/** What is to be looked at; `real` is its path without symbolic links where that is known without asking. */
interface Entry {
  readonly path: string;
  readonly real: string | undefined;
}

/** Whether a document, or the beginning of one, is meant. */
export type IsOurs = (text: ReadText) => boolean;

/** Whether the path leads to a folder; false where it leads to nothing or cannot be followed. Never throws. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', 'node_modules']);

type Seen =
  | { readonly kind: 'folder'; readonly entries: readonly Entry[] }
  | { readonly kind: 'document'; readonly read: FoundRead }
  | { readonly kind: 'passed-over' };

async function look(entry: Entry, isTop: boolean, seen: Set<string>, isOurs: IsOurs): Promise<Seen> {
  const { path } = entry;
  try {
    const real = entry.real ?? (await realpath(path));
    if (seen.has(real)) return { kind: 'passed-over' };
    const status = statSync(path);
    if (status.isDirectory()) {
      seen.add(real);
      return {
        kind: 'folder',
        entries: worthLooking(path, real, await readdir(path, { withFileTypes: true })),
      };
    }
    if (!status.isFile() || !isXmlName(path)) return { kind: 'passed-over' };
    seen.add(real);
    return lookAtFile(path, status.size, isOurs);
  } catch (error) {
    if (!isTop && isDanglingLink(error)) return { kind: 'passed-over' };
    return { kind: 'document', read: { kind: 'unreadable', message: whyUnreadable(error) } };
  }
}

/** What may be, or may hold, a document; sorted by UTF-16 code units, the same on every machine. */
const worthLooking = (folder: string, real: string, entries: readonly Dirent[]): readonly Entry[] =>
  entries
    .filter(entry => {
      if (entry.isDirectory()) return !SKIPPED_FOLDERS.has(entry.name);
      if (entry.isSymbolicLink()) return !SKIPPED_FOLDERS.has(entry.name);
      return entry.isFile() && isXmlName(entry.name);
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(entry => ({
      path: join(folder, entry.name),
      real: entry.isSymbolicLink() ? undefined : join(real, entry.name),
    }));

const isXmlName = (path: string): boolean => path.toLowerCase().endsWith('.xml');

/** A link to nothing, or in a circle, and a file that went away meanwhile: nothing there to check. */
const isDanglingLink = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ELOOP');

/** How much of a file that cannot be read as a whole is looked at to see whether it may be a libvirt document. */
const HEAD_BYTES = 64 * 1024;

function lookAtFile(path: string, size: number, isOurs: IsOurs): Seen {
  const tooLarge = size > MAX_DOCUMENT_BYTES;
  const bytes = bytesOf(path, tooLarge ? HEAD_BYTES : size);
  const decoded = tooLarge
    ? { kind: 'undecodable' as const, message: `it is larger than ${MAX_DOCUMENT_BYTES / 1024 / 1024} MiB` }
    : decodeDocument(bytes);
  const text = decoded.kind === 'text' ? decoded.text : asLatin1(bytes.subarray(0, HEAD_BYTES));
  const read = new ReadText(text);
  if (!isOurs(read)) return { kind: 'passed-over' };
  if (decoded.kind === 'text') return { kind: 'document', read: { kind: 'text', text: read } };
  return { kind: 'document', read: { kind: 'unreadable', message: decoded.message } };
}
