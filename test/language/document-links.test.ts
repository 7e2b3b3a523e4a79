import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentLinks } from '../../server/src/language';
import { subjectOf } from '../support/marked-text';

/** Each link as "what is underlined -> where it leads". */
function links(text: string, uri = 'file:///home/me/vms/vm.domain.xml'): string[] {
  const subject = { ...subjectOf(text), uri };
  const { source } = subject.analysis;
  return documentLinks(subject).map(({ range, target }) => {
    const { start, end } = source.spanOf(range);
    return `${text.slice(start, end)} -> ${target ?? ''}`;
  });
}

test('images, their backing files, and what a domain boots from', () => {
  assert.deepEqual(
    links(`<domain><os>
  <kernel>/boot/vmlinuz</kernel><loader>/usr/share/OVMF.fd</loader><nvram template='/t.fd'>/v ars.fd</nvram>
</os><devices>
  <disk><source file='/img/a#1 &amp; ü.qcow2'/><backingStore><source file="/img/base.qcow2"/></backingStore></disk>
  <disk><source dev='/dev/vg/lv'/></disk><disk><source dir='/srv'/></disk>
</devices></domain>`),
    [
      '/boot/vmlinuz -> file:///boot/vmlinuz',
      '/usr/share/OVMF.fd -> file:///usr/share/OVMF.fd',
      '/t.fd -> file:///t.fd',
      '/v ars.fd -> file:///v%20ars.fd',
      '/img/a#1 &amp; ü.qcow2 -> file:///img/a%231%20%26%20%C3%BC.qcow2',
      '/img/base.qcow2 -> file:///img/base.qcow2',
    ],
  );
});

test('included documents and the schema, from where the document is', () => {
  assert.deepEqual(
    links(`<?xml-model href="../schemas/domain.rng" type="x"?>
<domain xmlns:xi='http://www.w3.org/2001/XInclude' xmlns:xsi='s' xsi:noNamespaceSchemaLocation='./d.xsd'>
  <xi:include href='disks/vda.xml'/><xi:include href='/abs.xml#x'/><xi:include href='https://example.org/a.xml'/>
</domain>`),
    [
      '../schemas/domain.rng -> file:///home/me/schemas/domain.rng',
      './d.xsd -> file:///home/me/vms/d.xsd',
      'disks/vda.xml -> file:///home/me/vms/disks/vda.xml',
      '/abs.xml#x -> file:///abs.xml',
      'https://example.org/a.xml -> https://example.org/a.xml',
    ],
  );
  assert.deepEqual(links(`<a><xi:include href='../../../../b.xml'/></a>`, 'vscode-remote://host/x/y.xml'), [
    '../../../../b.xml -> vscode-remote://host/b.xml',
  ]);
});

test('no link where the place is not known, or following it could do something', () => {
  assert.deepEqual(
    links(`<domain><devices>
  <disk><source file='rel.qcow2'/></disk><disk><source file=''/></disk><disk><source file='{{ dir }}/a.qcow2'/></disk>
  <disk><source file='/vm/\${name}.qcow2'/></disk><disk><source file='//host/share'/></disk><disk><source/></disk>
  <xi:include href='command:workbench.action.quit'/><xi:include href='javascript:x'/><xi:include href='//host/x.xml'/>
  <xi:include href=''/><xi:include href='#part'/><xi:include href='a b.xml'/><xi:include/>
</devices></domain><?xml-model type="x"?>`),
    [],
  );
  assert.deepEqual(links(`<a><xi:include href='b.xml'/></a>`, 'untitled:Untitled-1'), []);
  assert.deepEqual(links("<a><source file='/a\ud800b'/></a>"), []);
});
