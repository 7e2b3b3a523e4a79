/** Where errors are said, where not, and that one mistake is one error. */

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  MOST_ERRORS,
  SchemaFolder,
  SourceText,
  parseXml,
  validate,
  type Validation,
} from '../../../server/src/engine';
import { testWithShared } from '../../support/shared';
import { annotated, checkErrors } from './annotated';
import { OTHER_DOCUMENTS } from './other-documents';
import { schemaOf, schemasOf, verdictOn } from './schemas';

const checked = (title: string, marked: string): void =>
  testWithShared(title, data => checkErrors(schemaOf(data, '11.3'), marked));

checked(
  'a good domain has no errors',
  `
<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <!-- a note -->
  <name>a</name>
  <?note x?>
  <memory unit='MiB'><![CDATA[1]]>&#48;24</memory>
  <metadata><my:app xmlns:my='urn:my' v='1'>text<deep/></my:app></metadata>
  <qemu:commandline><qemu:arg value='-s'/></qemu:commandline>
</domain>`,
);

checked(
  'several mistakes are several errors, and what stands behind is checked too',
  `
<domain type='kvm'>
  <name>a</name>
  <memry>1</memry>
   ^^^^^ element-not-allowed
  <vcpu>many</vcpu>
        ^^^^ text-value
  <devices>
    <disk type='file'>
      <driver name='qemu' cache='non'/>
                                 ^^^ attribute-value
      <source file='/a' typ='x'/>
                        ^^^ attribute-not-allowed
      <target bus='virtio'/>
       ^^^^^^ attribute-missing
      junk
      ^^^^ text-not-allowed
    </disk>
    <interface type='network'/>
     ^^^^^^^^^ element-missing
  </devices>
</domain>`,
);

checked(
  'nothing inside of an element that is not allowed is judged',
  `
<domain type='kvm'>
  <name>a</name>
  <dvices><disk typ='x'><foo/></disk></dvices>
   ^^^^^^ element-not-allowed
</domain>`,
);

checked(
  'a prefix without its declaration',
  `
<domain type='kvm'>
  <name>a</name>
  <qemu:commandline><qemu:arg value='-s'/></qemu:commandline>
   ^^^^^^^^^^^^^^^^ element-prefix-undeclared
  <memory q:x='1'>1</memory>
          ^^^ attribute-prefix-undeclared
</domain>`,
);

checked(
  'the right prefix for a wrong namespace',
  `
<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/2.0'>
  <name>a</name>
  <qemu:commandline/>
   ^^^^^^^^^^^^^^^^ element-not-allowed
</domain>`,
);

checked(
  'another root',
  `
<pool type='dir'><name>a</name></pool>
 ^^^^ root-not-allowed`,
);

checked(
  'values that a template fills in are not judged, others are',
  `
<domain type='{{ type }}'>
  <name>{{ name }}</name>
  <memory unit='\${unit}'>@memory@</memory>
  <vcpu placement='stati'>{% if big %}8{% else %}2{% endif %}</vcpu>
                   ^^^^^ attribute-value
  <uuid>&uuid;</uuid>
</domain>`,
);

checked(
  'template text among elements: which of them will be there is unknown, what each holds is not',
  `
<domain type='kvm'>
  {% if named %}
  <name>a</name>
  {% endif %}
  <vcpu>1</vcpu>
  <vcpu>2</vcpu>
  <vcpux>2</vcpux>
   ^^^^^ element-not-allowed
  <devices>
    {{ disks }}
    <disk type='file'><target/></disk>
                       ^^^^^^ attribute-missing
  </devices>
  <os>{{ os }}</os>
</domain>`,
);

checked(
  'attributes of a tag that is being typed are not missed',
  `
<domain type='kvm'>
  <name>a</name>
  <devices>
    <disk type='file'>
      <target bus='virtio' {{ more }}/>
      <driver cache= />
      <target bus='virtio'/>
       ^^^^^^ element-not-allowed
    </disk>
  </devices>
</domain>`,
);

checked(
  'children of an element that is not closed yet are not missed',
  `
<domain type='kvm'>
  <devices>
    <disk type='file'>
  </devices>
  <name>a</name>`,
);

testWithShared('the broken documents have an error at each mistake', data => {
  const schema = schemaOf(data, '11.3');
  const said = readdirSync(join(data, 'broken')).map(name => {
    const text = readFileSync(join(data, 'broken', name), 'utf8');
    const marks = annotated(schema, text).match(/^.*\n\s*\^.*(?:\n\s*\^.*)*$/gm) ?? [];
    const kinds = marks.flatMap(mark =>
      mark
        .split('\n')
        .slice(1)
        .map(line => line.trim().replace(/^\^+ /, '')),
    );
    return `${name.slice(0, 2)} ${kinds.join(', ')}`;
  });
  assert.deepEqual(said, [
    '01 element-not-allowed',
    '02 attribute-value',
    '03 attribute-missing, attribute-not-allowed',
    '04 attribute-missing',
    '05 text-value',
    '06 element-not-allowed',
    '07 element-not-allowed',
    '08 element-not-allowed',
    '09 attribute-not-allowed',
    '10 element-not-allowed',
    '11 element-not-allowed, attribute-value, attribute-missing, attribute-not-allowed',
    '12 text-not-allowed',
    '13 element-missing',
  ]);
});

const validation = (data: string, text: string): Validation =>
  validate(schemaOf(data, '11.3'), parseXml(SourceText.of(text)));

const domain = (content: string): string => `<domain type='kvm'><name>a</name>${content}</domain>`;

testWithShared('depth costs no stack', data => {
  const deep = 30_000;
  const metadata = `<metadata>${'<x>'.repeat(deep)}${'</x>'.repeat(deep)}</metadata>`;
  assert.ok(validation(data, domain(metadata)).valid);
  const chain = "<backingStore type='file'><format type='raw'/><source file='/a'/>";
  const disk = (end: string): string =>
    `<devices><disk type='file'>${chain.repeat(deep)}${end}${'</backingStore>'.repeat(deep)}<target dev='vda'/></disk></devices>`;
  assert.ok(validation(data, domain(disk('<backingStore/>'))).valid);
  const broken = validation(data, domain(disk('<backingStor/>')));
  assert.equal(
    broken
      .errors()
      .map(error => error.kind)
      .join(),
    'element-not-allowed',
  );
});

testWithShared(
  'of ten thousand errors all are counted and the first thousand given, in their order',
  data => {
    const disks = "<disk type='file'><targt/><target dev='vda'/></disk>".repeat(10_000);
    const found = validation(data, domain(`<devices>${disks}</devices>`));
    assert.equal(found.valid, false);
    assert.equal(found.errorCount, 10_000);
    const given = found.errors();
    assert.equal(given.length, MOST_ERRORS);
    const starts = given.map(error => (error.kind === 'root-not-allowed' ? 0 : error.owner.located.start));
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    );
  },
);

testWithShared('documents of other kinds have their own schemas', data => {
  for (const release of ['9.0', '11.3', '12.8'] as const) {
    const schemas = schemasOf(data, release);
    const roots = [...schemas.roots()].map(([root, file]) => `${root} ${file}`);
    assert.deepEqual(roots.filter(root => !root.startsWith('sysinfo')).sort(), ROOTS);
    assert.deepEqual(schemas.faults, []);
    for (const [root, text, wrong] of OTHER_DOCUMENTS) {
      const schema = schemas.schemaFor(root);
      assert.ok(schema !== undefined, root);
      assert.equal(verdictOn(schema, text), 'valid', `${release}: ${text}`);
      assert.ok(text.includes(wrong), text);
      assert.equal(verdictOn(schema, text.replaceAll(wrong, 'wrong')), 'invalid', `${release}: ${text}`);
    }
  }
});

const ROOTS = [
  'capabilities capability.rng',
  'cpu cpu.rng',
  'device nodedev.rng',
  'domain domain.rng',
  'domainCapabilities domaincaps.rng',
  'domainbackup domainbackup.rng',
  'domaincheckpoint domaincheckpoint.rng',
  'domainsnapshot domainsnapshot.rng',
  'filter nwfilter.rng',
  'filterbinding nwfilterbinding.rng',
  'inactiveDomain inactiveDomain.rng',
  'interface interface.rng',
  'network network.rng',
  'networkport networkport.rng',
  'pool storagepool.rng',
  'secret secret.rng',
  'storagepoolCapabilities storagepoolcaps.rng',
  'volume storagevol.rng',
];

testWithShared('a schema before 11.2 is completed with throttle groups', data => {
  const names = readdirSync(join(data, 'schemas/9.0'));
  const files = new Map(names.map(name => [name, readFileSync(join(data, 'schemas/9.0', name), 'utf8')]));
  const completed = SchemaFolder.of(files, 'with-throttling');
  assert.equal(completed.knowsThrottling, false);
  assert.equal(schemasOf(data, '9.0').knowsThrottling, false);
  assert.equal(schemasOf(data, '11.3').knowsThrottling, true);
  const schema = completed.schemaFor('domain');
  assert.ok(schema !== undefined);
  const disk = (content: string): string =>
    `<devices><disk type='file'>${content}<target dev='vda'/></disk></devices>`;
  const limits = (content: string): string =>
    `<throttlegroups><throttlegroup>${content}</throttlegroup></throttlegroups>`;
  const both = (text: string): string =>
    `${verdictOn(schemaOf(data, '11.3'), domain(text))} ${verdictOn(schema, domain(text))}`;
  for (const good of [
    limits('<group_name>g</group_name><total_bytes_sec>1</total_bytes_sec><read_iops_sec>1</read_iops_sec>'),
    limits('<read_bytes_sec_max_length>1</read_bytes_sec_max_length><size_iops_sec>1</size_iops_sec>'),
    limits(''),
    '<throttlegroups/>',
    disk("<throttlefilters><throttlefilter group='a'/><throttlefilter group='b'/></throttlefilters>"),
    disk('<iotune><total_iops_sec>1</total_iops_sec></iotune>'),
    disk('<throttlefilters/>'),
  ]) {
    assert.equal(both(good), 'valid valid', good);
    assert.equal(
      verdictOn(schemaOf(data, '9.0'), domain(good)),
      good.includes('throttle') ? 'invalid' : 'valid',
    );
  }
  for (const bad of [
    limits('<total_bytes_sec>1</total_bytes_sec><read_bytes_sec>1</read_bytes_sec>'),
    limits('<total_bytes_sec>x</total_bytes_sec>'),
    limits('<group_name>a</group_name><group_name>b</group_name>'),
    limits('<foo/>'),
    '<throttlegroups/><throttlegroups/>',
    disk('<throttlefilters><throttlefilter/></throttlefilters>'),
    disk('<throttlefilters/><iotune/>'),
    disk('<throttlefilters/><throttlefilters/>'),
  ]) {
    assert.equal(both(bad), 'invalid invalid', bad);
  }
});

testWithShared('a completed schema judges the corpus as before, but for throttling', data => {
  const names = readdirSync(join(data, 'schemas/9.0'));
  const files = new Map(names.map(name => [name, readFileSync(join(data, 'schemas/9.0', name), 'utf8')]));
  const completed = SchemaFolder.of(files, 'with-throttling').schemaFor('domain');
  assert.ok(completed !== undefined);
  const plain = schemaOf(data, '9.0');
  const differs = readdirSync(join(data, 'corpus')).filter(name => {
    if (!name.endsWith('.xml')) return false;
    const text = readFileSync(join(data, 'corpus', name), 'utf8');
    return verdictOn(plain, text) !== verdictOn(completed, text);
  });
  assert.ok(differs.length > 0);
  assert.deepEqual(
    differs.filter(name => !readFileSync(join(data, 'corpus', name), 'utf8').includes('<throttle')),
    [],
  );
});
