import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schemaIsLacking, schemaLabel, schemaNotice, schemaTooltip } from '../../client/src/schema-words';
import type { SchemaInfo } from '../../server/src/protocol';

const directory = '/usr/share/libvirt/schemas';

interface Shown {
  readonly title: string;
  readonly info: SchemaInfo;
  readonly label: string;
  readonly tooltip: string;
  /** The notice that is told once; undefined where there is nothing to tell, and then the item is no warning either. */
  readonly notice?: RegExp;
}

const SHOWN: readonly Shown[] = [
  {
    title: 'of an installed libvirt',
    info: {
      kind: 'loaded',
      directory,
      libvirt: '11.3.0',
      told: 'dpkg: libvirt-common 11.3.0-3',
      origin: 'found',
    },
    label: 'libvirt 11.3.0 schema',
    tooltip: '/usr/share/libvirt/schemas (dpkg: libvirt-common 11.3.0-3)',
  },
  {
    title: 'whose release nobody tells',
    info: { kind: 'loaded', directory, libvirt: null, told: null, origin: 'found' },
    label: 'libvirt schema',
    tooltip: '/usr/share/libvirt/schemas (release unknown)',
  },
  {
    title: 'fetched from a host',
    info: { kind: 'loaded', directory: '/home/a/schemas', libvirt: null, told: null, origin: 'fetched' },
    label: 'libvirt schema',
    tooltip: 'fetched, /home/a/schemas (release unknown)',
  },
  {
    title: 'that nobody wants',
    info: { kind: 'off' },
    label: 'No libvirt schema',
    tooltip: 'switched off by the setting libvirtDomain.schema',
  },
  {
    title: 'that is nowhere',
    info: { kind: 'none', looked: [directory] },
    label: 'No libvirt schema',
    tooltip: 'libvirt is not installed here: only throttling and well-formedness are checked',
    notice: /not installed on this machine.*Fetch the schemas from a libvirt host.*domain\.rng\.$/,
  },
  {
    title: 'that cannot be used',
    info: { kind: 'unusable', directory: '/srv/rng', message: 'it holds no domain.rng' },
    label: 'No libvirt schema',
    tooltip: '/srv/rng: it holds no domain.rng',
    notice:
      /^The schemas in \/srv\/rng cannot be used: it holds no domain\.rng\. Documents are checked without/,
  },
];

for (const { title, info, label, tooltip, notice } of SHOWN) {
  test(`a schema ${title}: its label, its tooltip, its notice`, () => {
    assert.equal(schemaLabel(info), label);
    assert.equal(schemaTooltip(info), tooltip);
    assert.equal(schemaIsLacking(info), notice !== undefined);
    if (notice === undefined) assert.equal(schemaNotice(info), undefined);
    else assert.match(schemaNotice(info) ?? '', notice);
  });
}
