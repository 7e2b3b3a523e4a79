/**
 * Which libvirt a folder of schemas belongs to, told by the files that package managers keep: Homebrew's path, the lists
 * of dpkg and pacman, pkg-config's libvirt.pc. An rpm database can't be read without its tools, and nothing is run; so
 * there the version stays unknown where no development package brings libvirt.pc.
 */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseVersion, type Version } from '../engine';

export interface SchemasVersion {
  readonly version: Version;
  /** Where it stands, for whoever wonders: `dpkg: libvirt-common 11.3.0-3+deb13u3`. */
  readonly told: string;
}

/** Undefined where nothing tells. `folder` has no symbolic links left. Never throws. */
export async function schemasVersion(folder: string): Promise<SchemasVersion | undefined> {
  const brewed = fromHomebrew(folder) ?? (await fromOrigin(folder));
  if (brewed !== undefined) return brewed;
  // Not only /usr: the folder may be that of another root, a container's or a mounted disk's.
  const at = folder.lastIndexOf('/share/libvirt/schemas');
  if (at < 0) return undefined;
  const prefix = folder.slice(0, at);
  const root = prefix.endsWith('/usr') ? prefix.slice(0, -'/usr'.length) : undefined;
  if (root !== undefined) {
    const packaged = (await fromDpkg(root)) ?? (await fromPacman(root));
    if (packaged !== undefined) return packaged;
  }
  return fromPkgConfig(prefix);
}

/** .../Cellar/libvirt/11.3.0_1/share/libvirt/schemas */
function fromHomebrew(folder: string): SchemasVersion | undefined {
  const keg = /\/Cellar\/libvirt\/([^/]+)\//.exec(folder)?.[1];
  return keg === undefined ? undefined : told(keg, `Homebrew: ${keg}`);
}

/** What stands beside schemas that are not where a package manager put them: packed with this product, or fetched. */
async function fromOrigin(folder: string): Promise<SchemasVersion | undefined> {
  const version = /"libvirt": "([^"]+)"/.exec((await textOf(join(folder, ORIGIN_FILE))) ?? '')?.[1];
  return version === undefined ? undefined : told(version, `${ORIGIN_FILE}: libvirt ${version}`);
}

/** Holds `{ "libvirt": "11.3.0", "from": "..." }`. */
export const ORIGIN_FILE = 'origin.json';

/** The package whose list names the schema; the schemas were in libvirt0 until Debian 12, then in libvirt-common. */
async function fromDpkg(root: string): Promise<SchemasVersion | undefined> {
  const info = join(root, 'var/lib/dpkg/info');
  for (const name of await namesIn(info)) {
    if (!name.startsWith('libvirt') || !name.endsWith('.list')) continue;
    const list = await textOf(join(info, name));
    if (list?.split('\n').includes('/usr/share/libvirt/schemas/domain.rng') !== true) continue;
    const owner = name.slice(0, -'.list'.length).split(':')[0] ?? '';
    const status = await textOf(join(root, 'var/lib/dpkg/status'));
    const paragraph = status?.split('\n\n').find(part => part.startsWith(`Package: ${owner}\n`));
    const version = /^Version: (.+)$/m.exec(paragraph ?? '')?.[1];
    if (version !== undefined) return told(version, `dpkg: ${owner} ${version}`);
  }
  return undefined;
}

/** var/lib/pacman/local/libvirt-1:11.3.0-1 */
async function fromPacman(root: string): Promise<SchemasVersion | undefined> {
  for (const name of await namesIn(join(root, 'var/lib/pacman/local'))) {
    const version = /^libvirt-((?:[0-9]+:)?[0-9][^-]*-[^-]+)$/.exec(name)?.[1];
    if (version !== undefined) return told(version, `pacman: libvirt ${version}`);
  }
  return undefined;
}

async function fromPkgConfig(prefix: string): Promise<SchemasVersion | undefined> {
  const multiarch = (await namesIn(join(prefix, 'lib'))).filter(name => name.includes('-linux-'));
  for (const lib of ['lib', 'lib64', ...multiarch.map(name => `lib/${name}`), 'share', 'libdata']) {
    const path = join(prefix, lib, 'pkgconfig/libvirt.pc');
    const version = /^Version:\s*(\S+)/m.exec((await textOf(path)) ?? '')?.[1];
    if (version !== undefined) return told(version, `pkg-config: ${path}`);
  }
  return undefined;
}

/** A package's version may begin with its epoch. */
function told(packageVersion: string, where: string): SchemasVersion | undefined {
  const version = parseVersion(packageVersion.replace(/^[0-9]+:/, ''));
  return version && { version, told: where };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return [];
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
