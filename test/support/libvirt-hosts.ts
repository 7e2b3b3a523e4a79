/** Tests on each real libvirt that is here, one libvirtd for a whole file. */

import { after, before, describe } from 'node:test';
import type { Libvirt } from './libvirt-root';
import { holdLibvirt, libvirtSuites } from './libvirt-root';

/** `host` gives the running libvirt inside of tests and hooks. */
export function onEachLibvirt(tests: (host: () => Libvirt) => void): void {
  for (const suite of libvirtSuites()) {
    describe(`libvirt of ${suite}`, () => {
      let libvirt: Libvirt | undefined;
      before(async () => {
        libvirt = await holdLibvirt(suite);
      });
      after(() => libvirt?.stop());
      tests(() => {
        if (libvirt === undefined) throw new Error('libvirt is asked for before it runs');
        return libvirt;
      });
    });
  }
}
