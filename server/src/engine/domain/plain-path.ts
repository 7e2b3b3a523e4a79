/**
 * An absolute path without `.`, `..` and doubled slashes, so that two spellings of one path are equal; anything else (a
 * name in a pool, a URL, a relative path) as it is. The file system is not asked: a symbolic link stays a name of its
 * own, and a `..` behind one goes where the text says.
 */
export function plainPath(path: string): string {
  if (!path.startsWith('/') || !/\/[./]|.\/$/.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
