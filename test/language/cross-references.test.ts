/** Iothreads, aliases, controllers and NUMA cells in the editor. `$0` is the cursor. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  completion,
  definition,
  highlights,
  prepareRename,
  references,
  rename,
} from '../../server/src/language';
import type { Range } from '../../server/src/engine';
import { FULL_EDITOR, TEST_URI, atCursor, withEdits } from '../support/marked-text';

const DOMAIN = `<domain type='kvm'>
  <vcpu>4</vcpu>
  <iothreadids>
    <iothread id='1'/>
    <iothread id='2'/>
  </iothreadids>
  <cputune>
    <vcpupin vcpu='0' cpuset='0'/>
    <iothreadpin iothread='2' cpuset='0'/>
  </cputune>
  <numatune>
    <memnode cellid='1' mode='strict' nodeset='0'/>
  </numatune>
  <cpu>
    <numa>
      <cell id='0' cpus='0-1' memory='65536'/>
      <cell id='1' cpus='2-3' memory='65536'/>
    </numa>
  </cpu>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' iothread='2'/>
      <target dev='vda' bus='virtio'/>
      <boot order='1'/>
    </disk>
    <disk type='file' device='disk'>
      <target dev='sda' bus='scsi'/>
      <address type='drive' controller='3' bus='0' target='0' unit='0'/>
    </disk>
    <controller type='scsi' index='3' model='virtio-scsi'/>
    <interface type='bridge'>
      <alias name='ua-spare'/>
    </interface>
    <interface type='hostdev'>
      <teaming type='transient' persistent='ua-spare'/>
    </interface>
  </devices>
</domain>
`;

/** The document with the cursor right behind the text, which stands in it once, and `typed` put there. */
function cursorBehind(text: string, document = DOMAIN): ReturnType<typeof atCursor> {
  const at = document.indexOf(text);
  assert.ok(at >= 0 && document.indexOf(text, at + 1) < 0, `${text} stands there once`);
  return atCursor(`${document.slice(0, at + text.length)}$0${document.slice(at + text.length)}`);
}

const shown = ({ text }: { text: string }, range: Range): string =>
  `${String(range.start.line + 1)}: ${(text.split('\n')[range.start.line] ?? '').slice(range.start.character, range.end.character)}`;

const definitionAt = (text: string, document = DOMAIN): readonly string[] => {
  const at = cursorBehind(text, document);
  return definition(at.subject, at.position, FULL_EDITOR).map(place =>
    'range' in place ? shown(at, place.range) : '',
  );
};

test('definition: from the use to where the number or name is given', () => {
  assert.deepEqual(definitionAt(`iothread='2`, DOMAIN.replace(/.*iothreadpin.*\n/, '')), ['5: 2']);
  assert.deepEqual(definitionAt(`<iothreadpin iothread='`), ['5: 2']);
  assert.deepEqual(definitionAt(`cellid='1`), ['17: 1']);
  assert.deepEqual(definitionAt(`controller='3`), ['30: 3']);
  assert.deepEqual(definitionAt(`persistent='ua-`), ['32: ua-spare']);
  assert.deepEqual(definitionAt(`order='1`), []);
});

test('definition: a thread that only the count makes is at the count', () => {
  const counted = DOMAIN.replace(/<iothreadids>[^]*<\/iothreadids>/, '<iothreads>2</iothreads>');
  assert.deepEqual(definitionAt(`<iothreadpin iothread='2`, counted), ['3: 2']);
});

test('references and highlights', () => {
  const at = cursorBehind(`<iothreadpin iothread='2`);
  const places = (declaration: boolean): readonly string[] =>
    references(at.subject, at.position, { declaration }).map(({ range }) => shown(at, range));
  assert.deepEqual(places(true), ['5: 2', '22: 2', '9: 2']);
  assert.deepEqual(places(false), ['22: 2', '9: 2']);
  assert.deepEqual(
    highlights(at.subject, at.position).map(({ kind }) => kind),
    [3, 2, 2],
  );
});

function renamed(text: string, newName: string, document = DOMAIN): string {
  const at = cursorBehind(text, document);
  const edit = rename(at.subject, at.position, newName, { ...FULL_EDITOR, versionedEdits: false });
  return 'refused' in edit ? edit.refused : withEdits(at.text, edit.changes?.[TEST_URI] ?? []);
}

test('rename: an iothread with all who name it, an alias with the interface that stands in', () => {
  assert.equal(
    renamed(`<iothreadpin iothread='2`, '7'),
    DOMAIN.replace(`<iothread id='2'`, `<iothread id='7'`).replaceAll(`iothread='2'`, `iothread='7'`),
  );
  assert.equal(renamed(`<alias name='ua-`, 'ua-backup'), DOMAIN.replaceAll('ua-spare', 'ua-backup'));
});

test('rename: what is impossible is refused with words', () => {
  const thread = `<iothreadpin iothread='2`;
  assert.match(renamed(thread, '1'), /Iothread '1' is already there \(line 4\)/);
  assert.match(renamed(thread, '0'), /from 1 on/);
  assert.match(renamed(thread, 'x'), /from 1 on/);
  assert.match(renamed(`<alias name='ua-`, 'spare'), /begins with 'ua-'/);
  assert.match(renamed(`controller='3`, '4'), /by hand/);
  const counted = DOMAIN.replace(/<iothreadids>[^]*<\/iothreadids>/, '<iothreads>2</iothreads>');
  assert.match(renamed(thread, '7', counted), /from the count in <iothreads>/);
  const listed = DOMAIN.replace('</cputune>', `<iothreadsched iothreads='1-2' scheduler='batch'/></cputune>`);
  assert.match(renamed(thread, '7', listed), /in the list of an <iothreadsched>/);
  const at = cursorBehind(thread);
  assert.deepEqual(prepareRename(at.subject, at.position), {
    range: { start: { line: 8, character: 27 }, end: { line: 8, character: 28 } },
    placeholder: '2',
  });
});

/** "value: detail" of what is offered in place of the text between the quotes behind `before`. */
function offered(before: string, document = DOMAIN): readonly string[] {
  const at = cursorBehind(before, document);
  return completion(at.subject, at.position, FULL_EDITOR).items.map(
    ({ label, detail }) => `${label}: ${detail ?? ''}`,
  );
}

test('completion: iothreads, those without a user first', () => {
  assert.deepEqual(offered(`<driver name='qemu' iothread='`), ['1: free', '2: used by 1 device']);
  assert.deepEqual(offered(`<iothreadpin iothread='`), ['1: free', '2: used by 1 device']);
});

test('completion: the next free number or name', () => {
  const added = (where: string, what: string): string => DOMAIN.replace(where, what + where);
  const disk = `<disk><target dev='' bus='scsi'/><boot order=''/></disk>`;
  assert.deepEqual(offered(`<target dev='' bus='scsi'/><boot order='`, added('</devices>', disk)), [
    '2: next free',
  ]);
  assert.deepEqual(offered(`<disk><target dev='`, added('</devices>', disk)), ['sdb: next free']);
  assert.deepEqual(offered(`<disk><target dev='`, added('</devices>', `<disk><target dev=''/></disk>`)), [
    'vdb: next free',
    'sdb: next free',
  ]);
  assert.deepEqual(
    offered(`<controller index='`, added('</devices>', `<controller index='' type='scsi'/>`)),
    ['0: next free'],
  );
  assert.deepEqual(
    offered(`<iothread id='2'/>\n  <iothread id='`, added('</iothreadids>', `<iothread id=''/>`)),
    ['3: next free'],
  );
  assert.deepEqual(offered(`cpuset='0'/>\n  <vcpupin vcpu='`, added('</cputune>', `<vcpupin vcpu=''/>`)), [
    '1: next one without a pin',
  ]);
});

test('completion: controllers of the right type, cells and aliases', () => {
  assert.deepEqual(offered(`type='drive' controller='`), ['3: scsi, virtio-scsi']);
  assert.deepEqual(offered(`cellid='`), ['0: vCPUs 0-1', '1: vCPUs 2-3']);
  assert.deepEqual(offered(`persistent='`), ['ua-spare: bridge']);
  assert.deepEqual(offered(`controller='3' bus='`), []);
});

test('completion: a value that is not in quotes yet brings them', () => {
  const at = atCursor(DOMAIN.replace(`<boot order='1'/>`, `<boot order=$0/>`));
  const [item] = completion(at.subject, at.position, FULL_EDITOR).items;
  assert.ok(item?.textEdit !== undefined && 'range' in item.textEdit);
  assert.equal(withEdits(at.text, [{ range: item.textEdit.range, newText: item.textEdit.newText }]), DOMAIN);
});
