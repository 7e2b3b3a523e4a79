/** Which entry an element gets. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeEntry, chapterUrl, elementEntry } from '../../../server/src/engine/reference';
import { entriesAt, indexEntries } from '../../../server/src/engine/reference/entry-index';

const entryAt = (path: string): string | undefined => elementEntry(path.split('/'))?.path;

test('an element is found by its parents, not by its name', () => {
  assert.equal(
    entryAt('domain/throttlegroups/throttlegroup/total_bytes_sec'),
    'domain/throttlegroups/throttlegroup/total_bytes_sec',
  );
  assert.equal(
    entryAt('domain/devices/disk/iotune/total_bytes_sec'),
    'domain/devices/disk/iotune/total_bytes_sec',
  );
  assert.equal(entryAt('domain/total_bytes_sec'), undefined);
  assert.equal(entryAt(''), undefined);
});

test('a domain inside a snapshot, a checkpoint or a status is a domain', () => {
  const limit = 'domain/throttlegroups/throttlegroup/total_bytes_sec';
  for (const around of ['domainsnapshot', 'domaincheckpoint', 'domstatus']) {
    assert.equal(entryAt(`${around}/${limit}`), limit);
  }
  assert.equal(entryAt(limit.replace('domain', 'domainsnapshot/inactiveDomain')), limit);
  assert.equal(entryAt('domainsnapshot/disks/disk'), undefined);
});

test('of entries that fit, the one with fewer stars is closer, then the one whose star stands further down', () => {
  const index = indexEntries(
    ['domain/*/*', 'domain/*/b', 'domain/a/*', 'domain/a/b', 'domain/a/b/c'].map(path => ({
      path,
      summary: path,
      chapter: 'devices',
    })),
  );
  const fitting = (path: string): readonly string[] =>
    entriesAt(index, path.split('/')).map(entry => entry.path);
  assert.deepEqual(fitting('domain/a/b'), ['domain/a/b', 'domain/a/*', 'domain/*/b', 'domain/*/*']);
  assert.deepEqual(fitting('domain/x/b'), ['domain/*/b', 'domain/*/*']);
  assert.deepEqual(fitting('domain/a/x'), ['domain/a/*', 'domain/*/*']);
  assert.deepEqual(fitting('domain/a/x/c'), []);
  assert.deepEqual(fitting('domain/a'), []);
});

test('a star stands for names that have no entry of their own', () => {
  assert.equal(entryAt('domain/metadata/libosinfo:libosinfo'), 'domain/metadata/libosinfo:libosinfo');
  assert.equal(entryAt('domain/metadata/app:anything'), 'domain/metadata/*');
  assert.ok(attributeEntry('domain/features/capabilities/mknod'.split('/'), 'state'));
});

test('attributes are those of the element at that place', () => {
  assert.equal(attributeEntry(['domain', 'vcpu'], 'current')?.since, '0.8.5');
  assert.equal(attributeEntry(['domain', 'memory'], 'current'), undefined);
  assert.equal(attributeEntry(['domain', 'vcpus'], 'current'), undefined);
});

test('a device that stands alone is read as one of a domain', () => {
  assert.equal(entryAt('memballoon/stats'), 'domain/devices/memballoon/stats');
  assert.equal(entryAt('vcpu'), undefined);
});

test('the domain of a network is another thing', () => {
  assert.equal(entryAt('network/domain'), undefined);
  assert.equal(entryAt('capabilities/guest/arch/domain'), undefined);
});

test('names from documents are data', () => {
  for (const name of ['constructor', '__proto__', 'toString', '*']) {
    assert.equal(elementEntry([name]), undefined);
    assert.equal(elementEntry(['domain', name]), undefined);
    assert.equal(attributeEntry(['domain'], name), undefined);
  }
});

test('a chapter has an address', () => {
  assert.equal(chapterUrl('time-keeping'), 'https://libvirt.org/formatdomain.html#time-keeping');
  assert.equal(
    chapterUrl('drvqemu#pass-through-of-arbitrary-qemu-commands'),
    'https://libvirt.org/drvqemu.html#pass-through-of-arbitrary-qemu-commands',
  );
});
