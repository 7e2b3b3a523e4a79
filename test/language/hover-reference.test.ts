/** Hover on everything that is none of throttling. `$0` is where the pointer is. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { World } from '../../server/src/engine';
import { hover, type EditorAbilities } from '../../server/src/language';
import { schemasOf } from '../engine/schema/schemas';
import { FULL_EDITOR, atCursor } from '../support/marked-text';
import { testWithShared } from '../support/shared';

interface Shown {
  readonly text: string;
  readonly marks: string;
}

function at(marked: string, world: World = {}, abilities: EditorAbilities = FULL_EDITOR): Shown | undefined {
  const { subject, position } = atCursor(marked, world);
  const found = hover(subject, position, abilities);
  if (found === undefined) return undefined;
  assert.ok(typeof found.contents === 'object' && 'value' in found.contents);
  const { source } = subject.analysis;
  const span = found.range === undefined ? { start: 0, end: 0 } : source.spanOf(found.range);
  return { text: found.contents.value, marks: source.text.slice(span.start, span.end) };
}

function shown(marked: string, world?: World, abilities?: EditorAbilities): Shown {
  const found = at(marked, world, abilities);
  assert.ok(found !== undefined, `something is shown at ${marked}`);
  return found;
}

const inDisk = (body: string): string => `<domain type='kvm'>
  <name>guest</name>
  <memory unit='KiB'>1048576</memory>
  <os>
    <type>hvm</type>
  </os>
  <devices>
    <disk type='file' device='disk'>
      ${body}
      <target dev='vda' bus='virtio'/>
    </disk>
  </devices>
</domain>`;

test('an element: what it is, since when, and its chapter; in the open and in the close tag', () => {
  for (const marked of [inDisk('<ser$0ial>1</serial>'), inDisk('<serial>1</ser$0ial>')]) {
    const { text, marks } = shown(marked);
    assert.equal(marks, 'serial');
    assert.match(text, /^`<serial>`: Serial number/);
    assert.match(text, /Since libvirt 0\.7\.1/);
    assert.match(text, /\(https:\/\/libvirt\.org\/formatdomain\.html#/);
  }
});

test('an attribute and its value, without a schema', () => {
  const name = shown(inDisk(`<driver name='qemu' ca$0che='none'/>`));
  assert.equal(name.marks, 'cache');
  assert.match(name.text, /^`cache` of `<driver>`: /);
  assert.match(name.text, /Values: /);
  const value = shown(inDisk(`<driver name='qemu' cache='no$0ne'/>`));
  assert.equal(value.marks, 'none');
  assert.equal(value.text, name.text);
  assert.doesNotMatch(name.text, /Allowed here/);
});

test('the text of an element is explained by the element', () => {
  const { text, marks } = shown(`<domain type='kvm'><on_crash>re$0start</on_crash></domain>`);
  assert.equal(marks, 'restart');
  assert.match(text, /^`<on_crash>`: /);
});

test('by the path of parents: a driver of a disk is not that of an interface', () => {
  const disk = shown(inDisk(`<dri$0ver name='qemu'/>`)).text;
  const card = shown(
    `<domain type='kvm'><devices><interface type='network'><dri$0ver name='vhost'/></interface></devices></domain>`,
  ).text;
  assert.notEqual(disk, card);
});

test('a device that stands alone is one of a guest, a lone interface may be a host’s', () => {
  assert.match(shown(`<disk type='file'><tar$0get dev='vda'/></disk>`).text, /^`<target>`: /);
  assert.equal(at(`<interface type='bridge' name='br0'><m$0tu size='1500'/></interface>`), undefined);
  assert.equal(at(`<in$0terface type='bridge' name='br0'/>`), undefined);
});

test('nothing in comments, between elements, and in documents of others', () => {
  for (const marked of [
    inDisk('<!-- <serial$0> -->'),
    inDisk('$0\n'),
    `<domain xmlns='urn:jboss:domain:1.0'><mem$0ory/></domain>`,
    `<domain><mem$0ory/><configs/></domain>`,
  ]) {
    assert.equal(at(marked), undefined, marked);
  }
});

test('plain text for editors that show no Markdown', () => {
  const { text } = shown(inDisk('<ser$0ial>1</serial>'), {}, { ...FULL_EDITOR, markdown: false });
  assert.match(text, /^<serial>: Serial number/);
  assert.doesNotMatch(text, /\]\(/, 'a link is an address');
});

testWithShared('values that the schema takes here, beside what the reference says', data => {
  const schema = schemasOf(data, '11.3');
  const { text } = shown(inDisk(`<driver name='qemu' cache='no$0ne'/>`), { schema });
  assert.match(text, /Values: /);
  assert.match(text, /Allowed here: `none`, `writeback`/);
  const network = shown(`<network><name>a</name><forward mo$0de='nat'/></network>`, { schema });
  assert.match(network.text, /^`mode` of `<forward>`\n\nAllowed here: .*`nat`/);
  const bound = shown(
    inDisk(`<source fi$0le='/a'/>`).replace(`type='file'`, `type='fi$0le'`).replace('fi$0le=', 'file='),
    { schema },
  );
  assert.match(bound.text, /Allowed here: `file`(?!, `block`)/);
});
