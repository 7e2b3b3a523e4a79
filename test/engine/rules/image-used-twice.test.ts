import { test } from 'node:test';
import { check } from '../../support/check';
import { domainWith } from './domain-text';

const disk = (dev: string, source: string, more = ''): string => `    <disk type='file' device='disk'>
      <source file='${source}'/>
      <target dev='${dev}' bus='virtio'/>
${more}    </disk>
`;

test('an image is written to by one disk', () =>
  check(
    domainWith({
      devices: `${disk('vda', '/data/a.img', '      <shareable/>\n')}    <disk type='file' device='disk'>
      <source file='/data/a.img'/>
                    ^^^^^^^^^^^ error image-used-twice: '/data/a.img' is already the image of disk 'vda'...
      <target dev='vdb' bus='virtio'/>
    </disk>
`,
    }),
  ));

test('another spelling of a path is the same image, one that a symbolic link may lead away is not', () => {
  check(
    domainWith({
      devices: `${disk('vda', '/data/a.img')}    <disk type='file' device='disk'>
      <source file='//data/./a.img'/>
                    ^^^^^^^^^^^^^^ error image-used-twice: '//data/./a.img' is already the image of disk 'vda'...
      <target dev='vdb' bus='virtio'/>
    </disk>
`,
    }),
  );
  check(domainWith({ devices: disk('vda', '/data/a.img') + disk('vdb', '/data/link/../a.img') }));
});

test('read-only and shared images, other images and templates are fine', () => {
  for (const more of ['      <shareable/>\n', '      <readonly/>\n']) {
    check(domainWith({ devices: disk('vda', '/data/a.img', more) + disk('vdb', '/data/a.img', more) }));
  }
  check(domainWith({ devices: disk('vda', '/data/a.img') + disk('vdb', '/data/b.img') }));
  check(domainWith({ devices: disk('vda', '${image}') + disk('vdb', '${image}') }));
  check(domainWith({ devices: disk('vda', '/data/a.img') + disk('vdb', '/data/a.img'), type: 'xen' }));
});

test('two CD-ROMs of one image are fine', () => {
  const cdrom = (dev: string): string =>
    disk(dev, '/data/a.iso').replace("device='disk'", "device='cdrom'").replace('virtio', 'sata');
  check(domainWith({ devices: cdrom('sda') + cdrom('sdb') }));
});
