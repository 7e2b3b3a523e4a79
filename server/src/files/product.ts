import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * The version of this product, from the nearest `package.json` of this product at or above `folder`.
 * Found that way it is right for the bundle in `dist/`, for compiled sources in `out/` and inside the VSIX.
 * "unknown" where there is none.
 */
export function productVersion(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const version = versionIn(join(at, 'package.json'));
    if (version !== undefined) return version;
    if (dirname(at) === at) return 'unknown';
  }
}

/**
 * What tells this build from every other: the digest of the bundle. Undefined where the product runs from its compiled
 * sources, of which no file tells what is in the others.
 */
export function productBuild(): string | undefined {
  if (basename(__filename) === 'product.js') return undefined;
  return createHash('sha256').update(readFileSync(__filename)).digest('base64url');
}

function versionIn(path: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof manifest !== 'object' || manifest === null) return undefined;
    if (!('name' in manifest) || manifest.name !== 'libvirt-domain-xml') return undefined;
    return 'version' in manifest && typeof manifest.version === 'string' ? manifest.version : undefined;
  } catch {
    return undefined; // No such file, or no JSON: look further up.
  }
}
