import type { Dirent } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SourceText, libvirtKind, parseXml } from '../engine';
import { asLatin1, decodeDocument } from './decode';
import { MAX_DOCUMENT_BYTES, whyUnreadable, type DocumentRead } from './document';

/** A libvirt document below a folder, or something below it of which nobody can tell because it is unreadable. */
export interface FoundDocument {
  /** The folder as given, then the way down from it. */
  readonly path: string;
  readonly read: DocumentRead;
}

/**
 * Every `*.xml` at or below `folder` that is a libvirt document, in the order of the paths' parts, one at a time so that
 * a large tree does not fill the memory. Other files are passed over without a word; `.git` and `node_modules` are not
 * entered; symbolic links are followed, each folder and file once. Never throws: an unreadable folder or file is given
 * as such, unless its bytes show that it is no libvirt document.
 */
export async function* findDocuments(folder: string): AsyncGenerator<FoundDocument> {
  const seen = new Set<string>();
  const pending: string[] = [folder];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const what = await look(path, path === folder, seen);
    switch (what.kind) {
      case 'folder':
        for (const name of what.names.reverse()) pending.push(join(path, name));
        break;
      case 'document':
        yield { path, read: what.read };
        break;
      case 'passed-over':
        break;
    }
  }
}

/** Whether the path leads to a folder; false where it leads to nothing or cannot be followed. Never throws. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git', 'node_modules']);

type Seen =
  | { readonly kind: 'folder'; readonly names: string[] }
  | { readonly kind: 'document'; readonly read: DocumentRead }
  | { readonly kind: 'passed-over' };

async function look(path: string, isTop: boolean, seen: Set<string>): Promise<Seen> {
  try {
    const status = await stat(path);
    const real = await realpath(path);
    if (seen.has(real)) return { kind: 'passed-over' };
    if (status.isDirectory()) {
      seen.add(real);
      return { kind: 'folder', names: worthLooking(await readdir(path, { withFileTypes: true })) };
    }
    if (!status.isFile() || !isXmlName(path)) return { kind: 'passed-over' };
    seen.add(real);
    return await lookAtFile(path, status.size);
  } catch (error) {
    if (!isTop && isDanglingLink(error)) return { kind: 'passed-over' };
    return { kind: 'document', read: { kind: 'unreadable', message: whyUnreadable(error) } };
  }
}

/** Names of what may be, or may hold, a document; sorted by UTF-16 code units, the same on every machine. */
const worthLooking = (entries: readonly Dirent[]): string[] =>
  entries
    .filter(entry => {
      if (entry.isDirectory()) return !SKIPPED_FOLDERS.has(entry.name);
      if (entry.isSymbolicLink()) return !SKIPPED_FOLDERS.has(entry.name);
      return entry.isFile() && isXmlName(entry.name);
    })
    .map(entry => entry.name)
    .sort();

const isXmlName = (path: string): boolean => path.toLowerCase().endsWith('.xml');

/** A link to nothing, or in a circle, and a file that went away meanwhile: nothing there to check. */
const isDanglingLink = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ELOOP');

/** How much of a file that cannot be read as a whole is looked at to see whether it may be a libvirt document. */
const HEAD_BYTES = 64 * 1024;

async function lookAtFile(path: string, size: number): Promise<Seen> {
  const tooLarge = size > MAX_DOCUMENT_BYTES;
  const bytes = await bytesOf(path, tooLarge ? HEAD_BYTES : size);
  const decoded = tooLarge
    ? { kind: 'undecodable' as const, message: `it is larger than ${MAX_DOCUMENT_BYTES / 1024 / 1024} MiB` }
    : decodeDocument(bytes);
  if (!isLibvirt(decoded.kind === 'text' ? decoded.text : asLatin1(bytes.subarray(0, HEAD_BYTES)))) {
    return { kind: 'passed-over' };
  }
  if (decoded.kind === 'text') return { kind: 'document', read: decoded };
  return { kind: 'document', read: { kind: 'unreadable', message: decoded.message } };
}

const isLibvirt = (text: string): boolean => libvirtKind(parseXml(SourceText.of(text))) !== undefined;

async function bytesOf(path: string, length: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(bytes, filled, length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    await file.close();
  }
}
