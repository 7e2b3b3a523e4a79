/** What is said about each kind of mistake that the schema finds; each place, and each word that matters. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RULES, SourceText, analyze, desiredGroups, fixesOf, type World } from '../../../server/src/engine';
import { check, findingsIn, fixed } from '../../support/check';
import { testWithShared } from '../../support/shared';
import { schemasOf } from './schemas';

const world = (data: string): World => ({ schema: schemasOf(data, '11.3') });

/** A domain that is good but for what is in it. */
const domain = (inside: string): string => `
<domain type='kvm'>
  <name>a</name>
  <memory unit='GiB'>4</memory>
  <os><type>hvm</type></os>
${inside.replace(/^\n/, '')}
</domain>`;

const CASES: readonly (readonly [says: string, xml: string])[] = [
  [
    'a slip in the name of an element',
    domain(`
  <features>
    <acpy/>
     ^^^^ error element-unknown: There is no <acpy> in <features>. Is <acpi> meant?
  </features>`),
  ],
  [
    'a name that libvirt has nowhere',
    domain(`
  <features>
    <frobnicate/>
     ^^^^^^^^^^ error element-unknown: There is no <frobnicate> in <features>, and libvirt's schema knows no such element elsewhere. <features> takes <...
  </features>`),
  ],
  [
    'an element of a namespace that libvirt does not know belongs into the metadata',
    domain(`
  <metadata>
    <app:note xmlns:app='urn:app'/>
  </metadata>
  <app:note xmlns:app='urn:app'/>
   ^^^^^^^^ error element-unknown: <app:note> is of the namespace 'urn:app'...Foreign elements belong into <metadata>.
  <vcpu xmlns='urn:app'>2</vcpu>
   ^^^^ error element-unknown: ...Take out its xmlns, or put it into <metadata>.`),
  ],
  [
    'a prefix that nothing declares',
    domain(`
  <qemu:commandline/>
   ^^^^^^^^^^^^^^^^ error element-unknown: The prefix qemu of <qemu:commandline> is not declared...xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'...`),
  ],
  [
    'an element that belongs into one around it',
    domain(`
  <devices>
    <vcpu>2</vcpu>
     ^^^^ error element-misplaced: <vcpu> does not belong in <devices>: its place is right inside <domain>.
  </devices>`),
  ],
  [
    'an element that belongs into one beside it, not into another of the same name',
    domain(`
  <devices>
    <source file='/a'/>
     ^^^^^^ error element-misplaced: <source> does not belong in <devices>: its place is right inside <disk>.
    <disk type='file'>
      <target dev='vda'/>
    </disk>
  </devices>`),
  ],
  [
    'an element given twice',
    domain(`
  <vcpu>2</vcpu>
  <vcpu>4</vcpu>
   ^^^^ error element-repeated: A second <vcpu> in <domain>: only one is allowed...`),
  ],
  [
    'two elements that exclude each other',
    `
<domain type='kvm'>
  <name>a</name>
  <memory unit='GiB'>4</memory>
  <os>
    <type>hvm</type>
    <bootloader/>
     ^^^^^^^^^^ error element-misplaced: ...right inside <domain>.
  </os>
  <bootloader>/usr/bin/pygrub</bootloader>
  <cputune>
    <cachetune vcpus='0'>
      <cache id='0' level='3' type='both' size='3' unit='MiB'/>
    </cachetune>
  </cputune>
</domain>`,
  ],
  [
    'a child that goes with another type of the element',
    domain(`
  <devices>
    <graphics type='vnc'>
      <image compression='off'/>
       ^^^^^ error elements-exclusive: <image> can't be combined with <graphics type='vnc'>: it goes with type 'spice'.
    </graphics>
  </devices>`),
  ],
  [
    'a child that goes with another protocol of the element',
    domain(`
  <devices>
    <disk type='network'>
      <source protocol='rbd' name='pool/a'>
        <cookies><cookie name='a'>b</cookie></cookies>
         ^^^^^^^ error elements-exclusive: <cookies> can't be combined with <source> with protocol 'rbd': it goes with protocol 'http' or 'https'.
      </source>
      <target dev='vda'/>
    </disk>
  </devices>`),
  ],
  [
    'a child that goes with another type of the element around',
    domain(`
  <devices>
    <disk type='file'>
      <source file='/a'>
        <host name='store.example'/>
         ^^^^ error elements-exclusive: <host> in <source> is not for <disk type='file'>: it goes with type 'network'.
      </source>
      <target dev='vda'/>
    </disk>
  </devices>`),
  ],
  [
    'an attribute that goes with another type of the element around',
    domain(`
  <devices>
    <disk type='file'>
      <source dev='/dev/sdb'/>
              ^^^ error attribute-unknown: Attribute dev of <source> is not for <disk type='file'>: it goes with type 'block' or 'vhostvdpa'. Here <source> takes fdgroup, file, index or startupPolicy.
      <target dev='vda'/>
    </disk>
  </devices>`),
  ],
  [
    'an attribute that goes with another value of one beside it',
    domain(`
  <numatune>
    <memory mode='strict' placement='auto' nodeset='0'/>
                                           ^^^^^^^ error attribute-unknown: Attribute nodeset can't be combined with placement='auto' on <memory>: it goes with placement 'static'.
  </numatune>`),
  ],
  [
    'a slip in the name of an attribute, which is not missing besides',
    domain(`
  <devices>
    <disk type='file'>
      <target devv='vda' bus='virtio'/>
              ^^^^ error attribute-unknown: <target> has no attribute devv. Is dev meant?
    </disk>
    <disk type='file'>
      <target device='vdb' bus='virtio'/>
              ^^^^^^ error attribute-unknown: <target> has no attribute device. Is dev meant?
    </disk>
    <memballoon name='virtio'/>
                ^^^^ error attribute-unknown: <memballoon> has no attribute name, and lacks model. Is model meant?
  </devices>`),
  ],
  [
    'an attribute that is none, with those that are',
    domain(`
  <clock offset='utc' foo='1'/>
                      ^^^ error attribute-unknown: <clock> has no attribute foo. It takes adjustment.
  <devices lazy='1'>
           ^^^^ error attribute-unknown: <devices> has no attribute lazy. It takes no attribute at all.
  </devices>
  <features acpi='on'/>
            ^^^^ error attribute-unknown: <features> has no attribute acpi. It is an element there: <acpi>.`),
  ],
  [
    'an attribute that is missing',
    domain(`
  <devices>
    <disk type='file'>
      <target bus='virtio'/>
       ^^^^^^ error attribute-missing: <target> needs the attribute dev.
    </disk>
  </devices>`),
  ],
  [
    'an attribute that is missing because another type is meant',
    domain(`
  <devices>
    <interface type='network'>
      <source bridge='br0'/>
       ^^^^^^ error attribute-missing: <source> needs the attribute network in <interface type='network'>. What it has goes with type 'bridge'.
    </interface>
  </devices>`),
  ],
  [
    'an element that is missing',
    `
<domain type='kvm'>
 ^^^^^^ error element-missing: <domain type='kvm'> needs <name>.
  <memory unit='GiB'>4</memory>
  <os>
   ^^ error element-missing: <os> needs <type>.
    <boot dev='hd'/>
  </os>
  <devices>
    <disk type='file'>
     ^^^^ error element-missing: <disk type='file'> needs <target>.
      <source file='/a'/>
    </disk>
  </devices>
</domain>`,
  ],
  [
    'an element that is missing where it should be and stands where it should not is one mistake',
    `
<domain type='kvm'>
  <memory unit='GiB'>4</memory>
  <os>
    <type>hvm</type>
    <name>a</name>
     ^^^^ error element-misplaced: <name> does not belong in <os>: its place is right inside <domain>.
  </os>
</domain>`,
  ],
  [
    'a value out of a list, with what was meant',
    domain(`
  <on_crash>restartt</on_crash>
            ^^^^^^^^ error value-not-allowed: <on_crash> can't be 'restartt'. Is 'restart' meant? It takes coredump-destroy, coredump-restart, destroy, preserve, rename-restart or restart.
  <vcpu placement='fixed'>2</vcpu>
                   ^^^^^ error value-not-allowed: placement of <vcpu> can't be 'fixed': it takes auto or static.
  <clock offset=''/>
                ^^ error value-not-allowed: offset of <clock> is empty: it takes absolute, localtime, timezone, utc or variable.`),
  ],
  [
    'plain words for what a value must be',
    domain(`
  <uuid>1</uuid>
        ^ error value-not-allowed: <uuid> can't be '1': it takes a UUID like 4dea22b3-1d52-d8f3-2516-782e98ab3fa0.
  <vcpu>two</vcpu>
        ^^^ error value-not-allowed: <vcpu> can't be 'two': it takes a whole number from 1 to 65535.
  <devices>
    <emulator>qemu</emulator>
              ^^^^ error value-not-allowed: <emulator> can't be 'qemu': it takes an absolute path.
    <interface type='user'>
      <mac address='52:54:00:12:34'/>
                    ^^^^^^^^^^^^^^ error value-not-allowed: address of <mac> can't be '52:54:00:12:34': it takes a MAC address like 52:54:00:12:34:56...
      <address type='pci' bus='0x100' slot='0x20'/>
                               ^^^^^ error value-not-allowed: ...it takes a PCI bus number from 0x00 to 0xff...
                                            ^^^^ error value-not-allowed: slot of <address> can't be '0x20': it takes a PCI slot number from 0x00 to 0x1f.
    </interface>
    <controller type='usb' index='4294967296'/>
                                  ^^^^^^^^^^ error value-not-allowed: ...it takes a whole number from 0 to 4294967295.
  </devices>`),
  ],
  [
    'a unit goes into its attribute',
    `
<domain type='kvm'>
  <name>a</name>
  <memory>4GiB</memory>
          ^^^^ error value-not-allowed: <memory> can't be '4GiB': the number stands alone, and its unit in the attribute unit. Write <memory unit='GiB'>4</memory>.
  <os><type>hvm</type></os>
</domain>`,
  ],
  [
    'blanks that nobody sees',
    `
<domain type='kvm'>
  <name>
    a
    ^ error value-not-allowed: <name> has blanks or line breaks around 'a', which libvirt's schema does not take here. Take them out.
  </name>
  <memory unit='GiB'>4</memory>
  <os><type>hvm</type></os>
</domain>`,
  ],
  [
    'text where only elements stand',
    domain(`
  <devices>
    for the database
    ^^^^^^^^^^^^^^^^ error text-not-allowed: <devices> holds no text: it holds <audio>, ...Remove the text, or make a comment of it.
    <memballoon model='none'>x</memballoon>
                             ^ error text-not-allowed
  </devices>`),
  ],
  [
    'an element in one that holds a value is one mistake',
    domain(`
  <vcpu>2<emulator>/a</emulator></vcpu>
          ^^^^^^^^ error element-misplaced: <emulator> does not belong in <vcpu>: its place is right inside <devices>.`),
  ],
];

for (const [says, xml] of CASES) {
  testWithShared(`${says} is explained`, data => check(xml, world(data)));
}

testWithShared('the other side of a conflict is pointed at', data => {
  const text = domain(`
  <vcpu>2</vcpu>
  <vcpu>4</vcpu>
  <devices>
    <disk type='file'>
      <source dev='/dev/sdb'/>
      <target dev='vda'/>
    </disk>
  </devices>`);
  const { findings } = analyze(SourceText.of(text), world(data));
  assert.deepEqual(
    findings.map(({ related }) =>
      related.map(({ span, message }) => [
        text.slice(span.start, span.end),
        text.indexOf('<vcpu>') + 1 === span.start,
        message,
      ]),
    ),
    [[['vcpu', true, 'The first <vcpu>.']], [['type', false, 'type is given here.']]],
  );
});

testWithShared('the fixes say and do what was meant', data => {
  const mended = (text: string, title: string): string => fixed(text, title, world(data));
  const disk = (inside: string, type = 'file'): string =>
    domain(`  <devices>\n    <disk type='${type}'>\n${inside}\n    </disk>\n  </devices>`);
  assert.equal(
    mended(domain('  <vcpu placment="auto">2</vcpu>'), 'Rename to placement'),
    domain('  <vcpu placement="auto">2</vcpu>'),
  );
  assert.equal(mended(domain('  <memtun/>'), 'Rename to <memtune>'), domain('  <memtune/>'));
  assert.equal(
    mended(domain('  <on_crash>destory</on_crash>'), 'Write destroy'),
    domain('  <on_crash>destroy</on_crash>'),
  );
  assert.equal(
    mended(disk("      <source dev='/b'/>\n      <target dev='vda'/>"), "Set type to 'block' on <disk>"),
    disk("      <source dev='/b'/>\n      <target dev='vda'/>", 'block'),
  );
  assert.equal(
    mended(disk("      <source file='/a'/>"), 'Add <target>'),
    disk("      <source file='/a'/>\n      <target dev='vda'/>"),
  );
  assert.equal(
    mended(disk("      <target bus='virtio'/>"), 'Add dev'),
    disk("      <target bus='virtio' dev='vda'/>"),
  );
  assert.equal(
    mended(domain('  <devices>\n    <vcpu>2</vcpu>\n  </devices>'), 'Move <vcpu> into <domain>'),
    domain('  <devices>\n  </devices>\n  <vcpu>2</vcpu>'),
  );
  assert.equal(
    mended(domain('  <vcpu>2</vcpu>\n  <vcpu>4</vcpu>'), 'Remove the first <vcpu>'),
    domain('  <vcpu>4</vcpu>'),
  );
  assert.equal(
    mended(domain('  <currentMemory>4GiB</currentMemory>'), "Write 4 with unit='GiB'"),
    domain("  <currentMemory unit='GiB'>4</currentMemory>"),
  );
  assert.equal(
    mended(domain('  <devices>\n    x\n  </devices>'), 'Remove the text'),
    domain('  <devices>\n  </devices>'),
  );
});

testWithShared('of what one mistake made many errors, only what mends them all is a fix', data => {
  const text = domain(`
  <devices>
    <disk type='file'>
      <source protocol='https' name='a.img' query='b=c'>
        <host name='example.org' port='1234'/>
      </source>
      <target dev='vda'/>
    </disk>
  </devices>`);
  const analysis = analyze(SourceText.of(text), world(data));
  assert.deepEqual(
    analysis.findings.map(finding => fixesOf(analysis, finding).map(({ title }) => title)),
    [["Set type to 'network' on <disk>"]],
  );
});

testWithShared('an element is not moved to where there is one already, and only one may be', data => {
  const text = domain(`
  <on_poweroff>destroy</on_poweroff>
  <on_crash>destroy<on_poweroff>destroy</on_poweroff></on_crash>`);
  const analysis = analyze(SourceText.of(text), world(data));
  assert.deepEqual(
    analysis.findings.map(finding => fixesOf(analysis, finding).map(({ title }) => title)),
    [['Remove <on_poweroff>']],
  );
});

testWithShared(
  'values are offered that go with everything else of the element, or are the same without a slip',
  data => {
    const offered = (device: string): string[] => {
      const text = domain(`  <devices>\n    ${device}\n  </devices>`);
      const analysis = analyze(SourceText.of(text), world(data));
      return analysis.findings
        .filter(({ rule }) => rule === 'value-not-allowed')
        .flatMap(finding => fixesOf(analysis, finding).map(({ title }) => title));
    };
    assert.deepEqual(offered("<disk type='qcow2'><source file='/a'/><target dev='vda'/></disk>"), [
      "Set type to 'file'",
      'Remove attribute type',
    ]);
    assert.deepEqual(offered("<interface type='virtio'><source bridge='br0'/></interface>"), [
      "Set type to 'bridge'",
    ]);
    assert.deepEqual(offered("<controller type='bridge' index='0' model='pci-root'/>"), [
      "Set type to 'pci'",
    ]);
    assert.deepEqual(offered("<interface type='user'><mac address='52:54:00: 12:34:56'/></interface>"), [
      "Set address to '52:54:00:12:34:56'",
    ]);
    // A blank in a name may be meant.
    assert.deepEqual(
      offered("<disk type='block'><source dev='my disk'/><target dev='vda'/></disk>").filter(title =>
        title.startsWith('Set'),
      ),
      [],
    );
    // Every format would do here.
    assert.deepEqual(
      offered(
        "<disk type='file'><driver name='qemu' type='scsi'/><source file='/a'/><target dev='vda'/></disk>",
      ),
      ['Remove attribute type'],
    );
  },
);

testWithShared('of throttling the rules speak that know it, and nothing is said twice', data => {
  const text = `
<domain type='kvm'>
  <name>a</name>
  <memory unit='GiB'>4</memory>
  <throttlegroups>
    <throttlegroup>
      <group_name>g</group_name>
      <total_bytes_sec>4k</total_bytes_sec>
                       ^^ error limit-not-a-number
      <read_bytes_sec>1</read_bytes_sec>
       ^^^^^^^^^^^^^^ error total-excludes-read-write
      <write_bytes_sec>1</write_bytes_sec>
      <total_iops_sec>1</total_iops_sec>
      <total_iops_sec>1</total_iops_sec>
       ^^^^^^^^^^^^^^ error limit-repeated
      <total_iop/>
       ^^^^^^^^^ error element-unknown: ...libvirt drops it silently...
      junk
      ^^^^ error text-not-allowed: ...libvirt drops it silently...
    </throttlegroup>
  </throttlegroups>
  <os><type>hvm</type></os>
  <devices>
    <disk type='file'>
      <target dev='vda'/>
      <iotune><total_iops_sec>5</total_iops_sec></iotune>
       ^^^^^^ error filters-with-iotune
      <throttlefilters>
        <throttlefilter/>
         ^^^^^^^^^^^^^^ error filter-group-missing
        <throttlefilter group='g' limit='1'/>
                                  ^^^^^ error attribute-unknown: ...libvirt drops it silently...
      </throttlefilters>
    </disk>
  </devices>
</domain>`;
  check(text, world(data));
});

testWithShared('a schema that is too old for throttle groups is completed by our own grammar', data => {
  check(
    domain(`
  <throttlegroups>
   ^^^^^^^^^^^^^^ error needs-newer-libvirt: The libvirt whose schema is used does not know throttle groups and filters (they need 11.2.0)...
    <throttlegroup>
      <group_name>g</group_name>
      <total_iops_sec>1</total_iops_sec>
      <total_iop/>
       ^^^^^^^^^ error element-unknown
    </throttlegroup>
  </throttlegroups>
  <vcpuu>2</vcpuu>
   ^^^^^ error element-unknown: ...Is <vcpu> meant?
  <devices>
    <disk type='file'>
      <target dev='vda'/>
      <throttlefilters>
        <throttlefilter group='g'/>
      </throttlefilters>
    </disk>
  </devices>`),
    { schema: schemasOf(data, '9.0') },
  );
});

testWithShared('comments silence what the schema finds, and template text is not judged', data => {
  check(
    domain(`
  <!-- domxml-disable-next-line value-not-allowed -->
  <vcpu placement='fixed'>{{ vcpus }}</vcpu>
  <on_crash>{{ crash }}</on_crash>
  <devices>
    {% if balloon %}
    <memballoon model='none'/>
    {% else %}
    <memballoon model='virtio'/>
    {% endif %}
    <memballoons/>
     ^^^^^^^^^^^ error element-unknown: ...Is <memballoon> meant?
  </devices>`),
    world(data),
  );
});

const OTHERS: readonly (readonly [root: string, xml: string, finding: string])[] = [
  [
    'network',
    "<network><name>n</name><bridge name='b' stp='yes'/></network>",
    'error value-not-allowed "yes"',
  ],
  [
    'pool',
    "<pool type='dir'><name>p</name><target><path>p</path></target></pool>",
    'error value-not-allowed "p"',
  ],
  [
    'volume',
    '<volume><name>v</name><capacity unit="GiB">1</capacity><targett/></volume>',
    'error element-unknown "targett"',
  ],
  [
    'filter',
    "<filter name='f'><rule action='acept' direction='in'/></filter>",
    'error value-not-allowed "acept"',
  ],
  [
    'interface',
    "<interface type='bridge' name='br0'><start mod='onboot'/><bridge/></interface>",
    'error attribute-unknown "mod"',
  ],
  ['secret', "<secret ephemeral='no' private='on'/>", 'error value-not-allowed "on"'],
  ['domainbackup', "<domainbackup mode='pulll'/>", 'error value-not-allowed "pulll"'],
  ['domaincheckpoint', '<domaincheckpoint><nam>c</nam></domaincheckpoint>', 'error element-unknown "nam"'],
  ['domainsnapshot', '<domainsnapshot><nam>a</nam></domainsnapshot>', 'error element-unknown "nam"'],
  ['networkport', '<networkport/>', 'error element-missing "networkport"'],
  ['device', '<device><name>d</name><capability type="pcii"/></device>', 'error value-not-allowed "pcii"'],
  ['capabilities', '<capabilities><host/></capabilities>', 'error element-missing "host"'],
  [
    'storagepoolCapabilities',
    '<storagepoolCapabilities><pol/></storagepoolCapabilities>',
    'error element-unknown "pol"',
  ],
  [
    'domainCapabilities',
    '<domainCapabilities><domain>kvm</domain></domainCapabilities>',
    'error element-missing "domainCapabilities"',
  ],
];

for (const [root, xml, finding] of OTHERS) {
  testWithShared(`a ${root} is checked by its own schema`, data => {
    assert.ok(findingsIn(xml, world(data)).includes(finding), findingsIn(xml, world(data)).join('\n'));
    assert.deepEqual(findingsIn(xml), [], 'without schemas nothing is said');
  });
}

testWithShared("other people's documents are not checked", data => {
  for (const text of [
    '<project><foo/></project>',
    "<network xmlns='urn:other'><foo/></network>",
    "<domain xmlns='urn:jboss:domain:1.0'><foo/></domain>",
    "<domain log-root='/x'><servers/></domain>",
  ]) {
    const analysis = analyze(SourceText.of(text), world(data));
    assert.equal(analysis.validation, undefined, text);
    assert.deepEqual(analysis.findings, [], text);
  }
});

testWithShared('an error elsewhere is not in the way of a push, one in what is sent is', data => {
  const text = (disk: string, elsewhere: string): string =>
    domain(`
  <throttlegroups>
    <throttlegroup><group_name>g</group_name><total_iops_sec>1</total_iops_sec></throttlegroup>
  </throttlegroups>
  ${elsewhere}
  <devices>
    <disk type='file'>
      <source file='/a'/>
      <target dev='vda'/>
      ${disk}
    </disk>
  </devices>`);
  const kindOf = (document: string): string => {
    const analysis = analyze(SourceText.of(document), world(data));
    return `${analysis.validation?.errorCount ?? 'no schema'} ${desiredGroups(analysis).kind}`;
  };
  const good = `<throttlefilters><throttlefilter group='g'/></throttlefilters>`;
  assert.equal(kindOf(text(good, '')), '0 desired');
  assert.equal(kindOf(text(good, '<vcpu>many</vcpu>')), '1 desired');
  assert.equal(kindOf(text(`${good}<driver cache='non'/>`, '')), '1 desired');
  assert.equal(
    kindOf(text(`<throttlefilters>x<throttlefilter group='g'/></throttlefilters>`, '')),
    '1 refusal',
  );
  assert.equal(kindOf(text(`${good}<serial>a<b/></serial>`, '')), '3 refusal');
  assert.equal(kindOf(text(`${good}<alias nam='a'/>`, '')), '2 refusal');
  assert.equal(kindOf(text(good, '').replace("dev='vda'", "dev='vda' bus='virtual'")), '1 refusal');
  assert.equal(kindOf(text(good, '').replace('<name>a</name>', '<name>a\n</name>')), '1 refusal');
});

test('the rules that only a schema lets speak say so', () => {
  const rules = RULES.filter(rule => rule.scope === 'schema');
  assert.deepEqual(
    rules.map(({ id }) => id),
    ['attribute-missing', 'value-not-allowed', 'element-missing', 'elements-exclusive', 'refused-by-libxml2'],
  );
  for (const { explain } of rules) assert.match(explain, /only where the schemas of libvirt are found/);
});
