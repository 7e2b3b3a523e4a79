/** A document and a VM in, what is not as the document says out. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VmState } from '../../../server/src/engine';
import { analyze, desiredGroups, driftOf, normalised, SourceText } from '../../../server/src/engine';
import { vmWith } from '../../support/states';

/** A document of two groups and the disk vda, with these parts in place of the usual ones. */
function drift(
  state: VmState,
  parts: { readonly groups?: string; readonly disk?: string } = {},
): readonly string[] {
  const { groups = GROUPS, disk = FILTERS } = parts;
  const text = `<domain type='kvm'>
  <throttlegroups>${groups}</throttlegroups>
  <devices><disk type='file'><source file='/data/0.raw'/><target dev='vda' bus='virtio'/>${disk}</disk></devices>
</domain>`;
  const result = desiredGroups(analyze(SourceText.of(text)));
  assert.ok(result.kind === 'desired', result.kind === 'refusal' ? result.refusal.message : '');
  return driftOf(result.desired, state).map(({ object, vm, document }) => `${object}: ${vm} | ${document}`);
}

const group = (name: string, limits: string): string =>
  `<throttlegroup><group_name>${name}</group_name>${limits}</throttlegroup>`;
const GROUPS =
  group('gold', '<total_iops_sec>100</total_iops_sec>') +
  group('all', '<total_iops_sec>500</total_iops_sec>');
const FILTERS = `<throttlefilters><throttlefilter group='gold'/><throttlefilter group='all'/></throttlefilters>`;
const SAME = { 'throttle-gold': { total_iops_sec: 100n }, 'throttle-all': { total_iops_sec: 500n } };
const CHAIN = ['throttle-gold', 'throttle-all'];

test('nothing where all is as the document says', () => {
  assert.deepEqual(drift(vmWith(SAME, { users: [CHAIN] })), []);
});

test('limits that differ are told by name, exactly, on both sides', () => {
  const vm = vmWith(
    { ...SAME, 'throttle-gold': { total_iops_sec: 101n, total_iops_sec_max: 1000n } },
    { users: [CHAIN] },
  );
  assert.deepEqual(drift(vm), [
    'group gold: total_iops_sec 101 IOPS, total_iops_sec_max 1,000 IOPS | total_iops_sec 100 IOPS, total_iops_sec_max unlimited',
  ]);
});

test('groups that one side lacks', () => {
  const vm = vmWith(
    { 'throttle-gold': { total_iops_sec: 100n }, 'throttle-old': { read_iops_sec: 5n } },
    {
      users: [['throttle-gold']],
    },
  );
  assert.deepEqual(drift(vm), [
    'group all: not there | 500 IOPS',
    'group old: read 5 IOPS | not there',
    'disk vda: filters gold | filters gold, then all',
  ]);
});

test('filters in another order, and none', () => {
  assert.deepEqual(drift(vmWith(SAME, { users: [[...CHAIN].reverse()] })), [
    'disk vda: filters all, then gold | filters gold, then all',
  ]);
  assert.deepEqual(drift(vmWith(SAME, { users: [[]] })), ['disk vda: no filters | filters gold, then all']);
});

test('disks that one side lacks', () => {
  assert.deepEqual(drift(vmWith(SAME, { users: [] })), ['disk vda: not there | filters gold, then all']);
  assert.deepEqual(drift(vmWith(SAME, { users: [CHAIN, ['throttle-gold']] })), [
    'disk virtio-disk1: filters gold | not there',
  ]);
});

test('iotune', () => {
  const vm = vmWith(SAME, { users: [[]] });
  const limited: VmState = {
    ...vm,
    disks: vm.disks.map(disk => ({ ...disk, iotune: normalised({ total_iops_sec: 7n }) })),
  };
  const disk = '<iotune><total_iops_sec>8</total_iops_sec></iotune>';
  assert.deepEqual(drift(limited, { disk }), ['iotune of vda: 7 IOPS | 8 IOPS']);
  assert.deepEqual(drift(limited, { disk: '' }), ['iotune of vda: 7 IOPS | none']);
  assert.deepEqual(drift(limited, { disk: disk.replace('8', '7') }), []);
});

test('template text differs from nothing', () => {
  const groups =
    group('gold', '<total_iops_sec>{{ iops }}</total_iops_sec>') +
    group('{{ tier }}', '<total_iops_sec>5</total_iops_sec>');
  const disk = `<throttlefilters><throttlefilter group='{{ tier }}'/></throttlefilters>`;
  assert.deepEqual(drift(vmWith(SAME, { users: [CHAIN] }), { groups, disk }), []);
});

test('a group without limits may be missing, as libvirt does not create it', () => {
  const groups = GROUPS + group('none', '');
  assert.deepEqual(drift(vmWith(SAME, { users: [CHAIN] }), { groups }), []);
});
