import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { decodeDocument } from './decode';

/** Larger inputs are not read: no domain document comes near (128 MiB), and a device file would never end. */
export const MAX_DOCUMENT_BYTES = 128 * 1024 * 1024;

/** A document's text without its byte order mark, or in plain words why there is none. */
export type DocumentRead =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly message: string };

/**
 * Reads a document: a file, a pipe such as `/dev/fd/63`, or standard input for `-`.
 * UTF-8, or UTF-16 that begins with a byte order mark. Never throws: what cannot be read is said in words.
 */
export async function readDocument(path: string): Promise<DocumentRead> {
  try {
    const bytes = path === '-' ? await readAll(process.stdin) : await readFile(path);
    if (bytes === undefined) return unreadable(`it is larger than ${megabytes(MAX_DOCUMENT_BYTES)} MiB`);
    const decoded = decodeDocument(bytes);
    return decoded.kind === 'text' ? decoded : unreadable(decoded.message);
  } catch (error) {
    return unreadable(whyUnreadable(error));
  }
}

/** The words for an error of the file system: what is wrong, with the system's name of it where it is a rare one. */
export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = WORDS.get(code);
  if (words !== undefined) return words;
  return `it cannot be read (${error instanceof Error ? error.message : String(error)})`;
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file or folder'],
  ['ENOTDIR', 'a part of this path is a file, not a folder'],
  ['EACCES', 'you are not permitted to read it'],
  ['EPERM', 'you are not permitted to read it'],
  ['EISDIR', 'it is a folder, not a file'],
  ['ELOOP', 'its symbolic links lead in a circle'],
  ['ENAMETOOLONG', 'its name is too long for this system'],
  ['ENXIO', 'it is a socket or device that cannot be read'],
  ['ERR_INVALID_ARG_VALUE', 'its name holds a character that no file name can have'],
]);

const unreadable = (message: string): DocumentRead => ({ kind: 'unreadable', message });

const megabytes = (bytes: number): number => Math.round(bytes / (1024 * 1024));

/** All bytes of a file, pipe or device; undefined where there are more than the cap. */
async function readFile(path: string): Promise<Buffer | undefined> {
  const status = statSync(path);
  if (status.size > MAX_DOCUMENT_BYTES) return undefined;
  // Files of the kernel's own, as in /proc, say that they are empty.
  return status.isFile() && status.size > 0 ? bytesOf(path, status.size) : readStream(path);
}

/**
 * The first bytes of a regular file, at most `length`. At once, not in turns with others: of thousands of small files
 * most of the time would go into the turns.
 */
export function bytesOf(path: string, length: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const bytesRead = readSync(file, bytes, filled, length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}

async function readStream(path: string): Promise<Buffer | undefined> {
  const file = await open(path, 'r');
  try {
    return await readAll(file.createReadStream({ autoClose: false }));
  } finally {
    await file.close();
  }
}

async function readAll(stream: AsyncIterable<Buffer | string>): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > MAX_DOCUMENT_BYTES) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
