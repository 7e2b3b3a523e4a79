/** Completion by libvirt's schema. Each test compares the document after the chosen item is applied; `$0` is the cursor. */

import assert from 'node:assert/strict';
import { completion, prepareCompletion, PLAIN_EDITOR, type EditorAbilities } from '../../server/src/language';
import { SIZES, benchDocument } from '../bench/documents';
import { schemaOf, schemasOf } from '../engine/schema/schemas';
import { FULL_EDITOR, atCursor, withEdits } from '../support/marked-text';
import { testWithShared } from '../support/shared';

const inDomain = (body: string): string => `<domain type='kvm'>
  <name>guest</name>
  <memory unit='KiB'>1048576</memory>
  <os>
    <type>hvm</type>
  </os>
  ${body}
</domain>
`;
const inDevices = (body: string): string => inDomain(`<devices>\n    ${body}\n  </devices>`);
const inDisk = (body: string): string =>
  inDevices(`<disk type='file' device='disk'>\n      ${body}\n    </disk>`);

interface Item {
  readonly label: string;
  readonly detail: string;
  readonly documentation: string;
  readonly after: string;
}

function items(data: string, marked: string, abilities: EditorAbilities = FULL_EDITOR): readonly Item[] {
  const { subject, position, text } = atCursor(marked, { schema: schemasOf(data, '11.3') });
  return completion(subject, position, abilities).items.map(item => {
    assert.ok(item.textEdit !== undefined && 'range' in item.textEdit);
    const { range, newText } = item.textEdit;
    const typed = text.split('\n')[position.line]?.slice(range.start.character, position.character) ?? '';
    assert.ok((item.filterText ?? item.label).startsWith(typed.charAt(0)) || /^\w/.test(typed), item.label);
    const { documentation } = item;
    return {
      label: item.label,
      detail: item.detail ?? '',
      documentation: typeof documentation === 'object' ? documentation.value : (documentation ?? ''),
      after: withEdits(text, [{ range, newText }]),
    };
  });
}

const labels = (data: string, marked: string): readonly string[] =>
  items(data, marked).map(({ label }) => label);

function choose(
  data: string,
  marked: string,
  label: string,
  expected: string,
  abilities: EditorAbilities = FULL_EDITOR,
): void {
  const offered = items(data, marked, abilities);
  const item = offered.find(candidate => candidate.label === label);
  assert.ok(item !== undefined, `${label} is offered among: ${offered.map(each => each.label).join(', ')}`);
  assert.equal(item.after, expected.replace(/^\n/, ''));
}

testWithShared('a disk with what it needs and what one mostly writes, in the style of the document', data => {
  const disk = inDevices(`<disk type='\${1:file}' device='\${2|disk,cdrom,floppy|}'>
      <driver name='\${3|qemu,file,phy|}' type='\${4|FORMATS|}'/>
      <source file='$5'/>
      <target dev='$6' bus='\${7|virtio,scsi,sata,ide,fdc,xen,usb,sd,uml|}'/>
    </disk>$0`);
  for (const typed of ['$0', '<$0', '<di$0', 'di$0', '<$0>', '<disk$0>']) {
    const item = items(data, inDevices(typed)).find(({ label }) => label === 'disk');
    assert.equal(item?.after.replace(/qcow2,raw,[a-z0-9,]+/, 'FORMATS'), disk, typed);
  }
});

testWithShared('an editor without snippets gets a disk whose open values are empty', data => {
  choose(
    data,
    inDevices('<$0'),
    'disk',
    inDevices(`<disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file=''/>
      <target dev='' bus='virtio'/>
    </disk>`),
    { ...FULL_EDITOR, snippets: false },
  );
});

testWithShared('double quotes and tabs where the document has them', data => {
  const doubled = (body: string): string =>
    `<domain type="kvm">\n\t<name>a</name>\n\t<devices>\n\t\t${body}\n\t</devices>\n</domain>\n`;
  choose(data, doubled('<$0'), 'hub', doubled('<hub type="usb">\n\t\t\t$0\n\t\t</hub>'));
});

testWithShared(
  'what is required comes first, then by use, what libvirt fills in by itself further down',
  data => {
    const offered = items(data, inDisk('<$0'));
    assert.deepEqual(
      offered.slice(0, 3).map(({ label, detail }) => `${label}${detail === '' ? '' : ` (${detail})`}`),
      ['target (required)', 'source', 'driver'],
    );
    const at = (label: string): number => offered.findIndex(item => item.label === label);
    assert.ok(at('readonly') < at('address') && at('address') < at('privateData'));
  },
);

testWithShared('what stands before and behind excludes', data => {
  const both = `<target dev='vda'/>\n      <$0\n      <throttlefilters/>`;
  assert.ok(!labels(data, inDisk(both)).includes('iotune'), 'filters behind exclude iotune');
  assert.ok(!labels(data, inDisk(both)).includes('target'), 'there is a target');
  assert.ok(labels(data, inDisk('<$0')).includes('iotune'));
  assert.ok(
    !labels(data, inDisk(`<$0\n      <target dev='$'/>`)).includes('target'),
    'there is a target, a wrong one',
  );
  assert.deepEqual(labels(data, inDevices(`<disk type='$0'><source file='/a'/></disk>`)), ['file']);
  const free = labels(data, inDevices(`<disk type='$0'/>`));
  assert.deepEqual(free.slice(0, 3), ['file', 'block', 'network']);
});

testWithShared('attributes that go with those that are there, required ones first', data => {
  const offered = items(data, inDisk(`<source $0/>`));
  assert.ok(offered.some(({ label }) => label === 'file'));
  assert.ok(!offered.some(({ label }) => label === 'dev'), 'dev is for a disk of type block');
  choose(data, inDisk(`<target $0/>`), 'dev', inDisk(`<target dev='$0'/>`));
  assert.equal(items(data, inDisk(`<target $0/>`))[0]?.detail, 'required');
  choose(data, inDisk(`<driver na$0`), 'name', inDisk(`<driver name='\${1|qemu,file,phy|}'`));
  choose(data, inDisk(`<driver na$0='qemu'/>`), 'name', inDisk(`<driver name='qemu'/>`));
});

testWithShared('values, also where quotes are missing', data => {
  choose(data, inDisk(`<target dev='vda' bus='$0'/>`), 'virtio', inDisk(`<target dev='vda' bus='virtio'/>`));
  choose(data, inDisk(`<target dev='vda' bus=$0/>`), 'scsi', inDisk(`<target dev='vda' bus='scsi'/>`));
  choose(data, inDisk(`<target dev='vda' bus=$0"sata"/>`), 'scsi', inDisk(`<target dev='vda' bus='scsi'/>`));
  choose(data, inDisk(`<target dev='vda' bus="v$0`), 'virtio', inDisk(`<target dev='vda' bus="virtio"`));
});

testWithShared('values of elements that hold text', data => {
  assert.deepEqual(labels(data, inDomain('<on_poweroff>$0</on_poweroff>')), [
    'destroy',
    'preserve',
    'restart',
    'rename-restart',
  ]);
  choose(data, inDomain('<on_crash>res$0</on_crash>'), 'restart', inDomain('<on_crash>restart</on_crash>'));
});

testWithShared(
  'only the name where an element stands already, and only names that what it holds fits',
  data => {
    assert.deepEqual(labels(data, inDisk(`<dr$0 name='qemu' type='raw'/>`)), ['driver']);
    choose(
      data,
      inDisk(`<dr$0 name='qemu' type='raw'/>`),
      'driver',
      inDisk(`<driver name='qemu' type='raw'/>`),
    );
  },
);

testWithShared('close tags', data => {
  const open = (body: string): string => inDevices(`<disk type='file'>\n      ${body}`);
  choose(data, open('</$0'), '/disk', open('</disk>'));
  choose(data, open('</di$0>'), '/disk', open('</disk>'));
  assert.ok(
    labels(data, open('<$0')).includes('/disk'),
    'where one is missing it is offered beside elements',
  );
  assert.ok(!labels(data, inDisk('<$0')).includes('/disk'));
});

testWithShared('groups and limits keep what is known of them', data => {
  const groups = `<throttlegroups>
    <throttlegroup><group_name>gold</group_name><total_iops_sec>500</total_iops_sec></throttlegroup>
  </throttlegroups>`;
  const filter = (body: string): string =>
    inDomain(
      `${groups}\n  <devices><disk><target dev='vda'/><throttlefilters>${body}</throttlefilters></disk></devices>`,
    );
  assert.deepEqual(labels(data, filter(`<throttlefilter group='$0'/>`)), ['gold']);
  assert.deepEqual(labels(data, filter(`<$0`)), ['throttlefilter gold']);
  const whole = items(data, inDomain('<$0')).find(({ label }) => label === 'throttlegroups');
  assert.match(whole?.after ?? '', /<group_name>\$\{1:group1\}<\/group_name>/);
});

testWithShared('an element of another namespace declares it', data => {
  choose(
    data,
    inDomain('<$0'),
    'qemu:commandline',
    inDomain(
      `<qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n    $0\n  </qemu:commandline>`,
    ),
  );
});

testWithShared('each item is explained by the reference', data => {
  const item = items(data, inDisk('<$0')).find(({ label }) => label === 'serial');
  assert.match(item?.documentation ?? '', /Since libvirt 0\.7\.1/);
  assert.match(item?.documentation ?? '', /\(https:\/\/libvirt\.org\/formatdomain\.html#/);
  assert.equal(item?.detail, 'since 0.7.1');
});

testWithShared('documents of other roots, by the schema; the reference is none for them', data => {
  const network = items(data, `<network>\n  <$0\n</network>`);
  assert.ok(network[0]?.label === 'name' && network[0].detail === 'required');
  assert.ok(network.some(({ label }) => label === 'forward'));
  assert.deepEqual(labels(data, `<pool type='$0'/>`).slice(0, 3), ['dir', 'fs', 'netfs']);
  const host = items(data, `<interface type='bridge' name='br0'>\n  <$0\n</interface>`);
  assert.ok(host.some(({ label }) => label === 'bridge'));
  assert.ok(
    host.every(({ documentation }) => documentation === ''),
    "a host's interface is not a guest's",
  );
});

testWithShared('nothing in comments, CDATA and documents of others', data => {
  for (const marked of [
    inDisk('<!-- <$0 -->'),
    inDomain('<description><![CDATA[ <$0 ]]></description>'),
    `<domain xmlns='urn:jboss:domain:1.0'>\n  <$0\n</domain>`,
  ]) {
    assert.deepEqual(labels(data, marked), [], marked);
  }
});

testWithShared('no cursor in a document makes it fail', data => {
  const text = inDisk(`<source file='/a'/>\n <target dev='vda'/> <serial>1</serial>`);
  for (let offset = 0; offset <= text.length; offset++) {
    items(data, `${text.slice(0, offset)}$0`);
    items(data, `${text.slice(0, offset)}$0${text.slice(offset)}`);
  }
});

testWithShared('once prepared, a first completion makes nothing new of the schema', data => {
  const schemas = schemasOf(data, '12.8');
  for (const done of prepareCompletion(schemas)) assert.equal(done, undefined);
  const schema = schemaOf(data, '12.8');
  const places = [
    inDevices('<$0'),
    inDisk('<$0'),
    inDisk('<driver $0/>'),
    inDomain('<$0'),
    inDevices(`<interface type='network'>\n      <$0\n    </interface>`),
  ];
  for (const marked of places) {
    const { subject, position } = atCursor(marked, { schema: schemas });
    const before = schema.size;
    completion(subject, position, PLAIN_EDITOR);
    const made = schema.size.patterns - before.patterns;
    assert.ok(made <= 40, `${made} patterns are made at ${marked.slice(-60)}`);
  }
});

testWithShared('ten thousand disks cost no more elements than ten', data => {
  const checked = SIZES.map(size => {
    const { text } = benchDocument(size);
    const middle = text.indexOf(`/disk${Math.floor(size.disks / 2)}.qcow2`);
    const line = text.lastIndexOf('\n    <disk', middle) + 1;
    const marked = `${text.slice(0, line)}    <$0\n${text.slice(line)}`;
    const { subject, position } = atCursor(marked, { schema: schemasOf(data, '11.3') });
    const checker = schemaOf(data, '11.3').checker;
    const before = checker.checkedElements;
    assert.ok(completion(subject, position, FULL_EDITOR).items.some(({ label }) => label === 'disk'));
    return checker.checkedElements - before;
  });
  console.log(`# elements checked for a completion: ${checked.join(', ')}`);
  assert.ok(
    checked.every(count => count < 200),
    checked.join(', '),
  );
});
