/** A root with a small schema of our own in it, where libvirt's packages put theirs: no test needs libvirt for it. */

import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const DOMAIN = `<grammar xmlns='http://relaxng.org/ns/structure/1.0' datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>
  <start><ref name='domain'/></start>
  <define name='domain'>
    <element name='domain'>
      <attribute name='type'><choice><value>kvm</value><value>qemu</value></choice></attribute>
      <interleave>
        <element name='name'><text/></element>
        <optional><element name='memory'><optional><attribute name='unit'/></optional><data type='unsignedInt'/></element></optional>
        <optional><element name='os'><ref name='any'/></element></optional>
        <optional><element name='devices'><zeroOrMore><element name='disk'><ref name='any'/></element></zeroOrMore></element></optional>
        THROTTLING
      </interleave>
    </element>
  </define>
  <define name='any'>
    <zeroOrMore><choice><attribute><anyName/></attribute><text/><element><anyName/><ref name='any'/></element></choice></zeroOrMore>
  </define>
</grammar>
`;

const THROTTLING = `<optional><element name='throttlegroups'><ref name='any'/></element></optional>`;

const NETWORK = `<element name='network' xmlns='http://relaxng.org/ns/structure/1.0'>
  <interleave>
    <element name='name'><text/></element>
    <optional><element name='bridge'><attribute name='name'/></element></optional>
    <optional><element name='forward'><attribute name='mode'><choice><value>nat</value><value>route</value></choice></attribute></element></optional>
  </interleave>
</element>
`;

export interface SmallSchema {
  /** Removed with the test. */
  readonly root: string;
  /** Where its domain.rng and network.rng are. */
  readonly folder: string;
}

/** What is run at a test's end: a TestContext of Node's, or what a mocha suite makes of its teardown. */
export interface Ending {
  after(run: () => Promise<void>): void;
}

/** Of the libvirt that dpkg's files tell; those of before 11.2 have no throttle groups. */
export async function smallSchema(t: Ending, libvirt = '11.3.0'): Promise<SmallSchema> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'domxml-schema-')));
  t.after(() => rm(root, { recursive: true, force: true }));
  const folder = 'usr/share/libvirt/schemas';
  const throttling = libvirt.startsWith('11.') ? THROTTLING : '';
  const files = {
    [`${folder}/domain.rng`]: DOMAIN.replace('THROTTLING', throttling),
    [`${folder}/network.rng`]: NETWORK,
    'var/lib/dpkg/info/libvirt-common.list': `/${folder}/domain.rng\n`,
    'var/lib/dpkg/status': `Package: libvirt-common\nVersion: ${libvirt}-3\n`,
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return { root, folder: join(root, folder) };
}
