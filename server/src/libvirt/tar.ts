/** The files in a tar archive, as `tar -cf -` writes it (POSIX ustar; GNU's long names are not needed here). */

const BLOCK = 512;

/**
 * Regular files directly in the archived folder by their names, as text. Nothing is ever unpacked: names with a folder
 * in them, links and devices are passed over. Throws a RangeError where the archive ends early.
 */
export function filesInTar(archive: Uint8Array): Map<string, string> {
  const files = new Map<string, string>();
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    const path = stringIn(header, 0, 100);
    if (path === '') return files; // Two blocks of zeros end it.
    const size = Number.parseInt(stringIn(header, 124, 12).trim() || '0', 8);
    const start = at + BLOCK;
    if (!Number.isSafeInteger(size) || size < 0 || start + size > bytes.length) {
      throw new RangeError('the archive ends in the middle of a file');
    }
    const name = path.replace(/^\.\//, '');
    const kind = stringIn(header, 156, 1);
    if ((kind === '0' || kind === '') && !name.includes('/')) {
      files.set(name, bytes.toString('utf8', start, start + size));
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new RangeError('the archive has no end');
}

function stringIn(header: Buffer, start: number, length: number): string {
  const end = header.indexOf(0, start);
  return header.toString('utf8', start, end < 0 ? start + length : Math.min(end, start + length));
}
