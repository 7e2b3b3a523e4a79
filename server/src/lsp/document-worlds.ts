/** What the rules may know of the world, a document: the versions of the VM that it is connected to, else those of the settings. */

import { parseVersion } from '../engine';
import type { Target, World } from '../engine';

export class DocumentWorlds {
  private readonly byUri = new Map<string, Connected>();

  /** The same object until something changes: analyses are kept by it. */
  of(uri: string, settings: World): World {
    const connected = this.byUri.get(uri);
    if (connected === undefined) return settings;
    if (connected.base !== settings) {
      connected.base = settings;
      connected.world = { ...settings, ...connected.versions };
    }
    return connected.world;
  }

  /** The document is connected to this VM. Whether the rules know something else now. */
  connect(uri: string, address: string, target: Target): boolean {
    const versions = versionsOf(target);
    const before = this.byUri.get(uri);
    this.byUri.set(uri, { address, versions, base: undefined, world: versions });
    return JSON.stringify(before?.versions ?? {}) !== JSON.stringify(versions);
  }

  /** Whether the document was connected to the VM. */
  disconnect(uri: string, address: string): boolean {
    return this.byUri.get(uri)?.address === address && this.byUri.delete(uri);
  }

  /** All documents of the VM; without an address, of every VM. Whether there were any. */
  disconnectAll(address?: string): boolean {
    const gone = [...this.byUri].filter(([, known]) => address === undefined || known.address === address);
    for (const [uri] of gone) this.byUri.delete(uri);
    return gone.length > 0;
  }

  /** Whether a document is connected to the VM. */
  uses(address: string): boolean {
    return [...this.byUri.values()].some(connected => connected.address === address);
  }
}

interface Connected {
  readonly address: string;
  readonly versions: World;
  /** The settings' world that `world` was made of. */
  base: World | undefined;
  world: World;
}

function versionsOf({ libvirt, qemu }: Target): World {
  const versions = { libvirt: parseVersion(libvirt ?? ''), qemu: parseVersion(qemu) };
  return {
    ...(versions.libvirt === undefined ? {} : { libvirt: versions.libvirt }),
    ...(versions.qemu === undefined ? {} : { qemu: versions.qemu }),
  };
}
