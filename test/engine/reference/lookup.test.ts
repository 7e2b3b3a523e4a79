/** Which entry an element gets. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeEntry, chapterUrl, elementEntry } from '../../../server/src/engine/reference';

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
