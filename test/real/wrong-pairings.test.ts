/** Fifty documents that do not belong to the VM, or mistake one of its disks for another: none of them is applied. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { liveVm, sessionAt } from '../support/live';
import { documentText, planDocument, type DocumentDisk, type DocumentOfVm } from '../support/live-document';
import { requireReal } from '../support/real';

const skip = requireReal('qemu-system-x86_64') === undefined;

const UUID = '11112222-3333-4444-5555-666677778888';

/** The VM's disks, of different sizes, as its own document would name them. */
const DISKS = [
  { target: 'vda', bus: 'virtio', alias: 'virtio-disk0', serial: 'S-A', source: 'a.raw', mebibytes: 64 },
  { target: 'vdb', bus: 'virtio', alias: 'virtio-disk1', serial: 'S-B', source: 'b.raw', mebibytes: 80 },
  { target: 'sda', bus: 'scsi', alias: 'scsi0-0-0-0', serial: 'S-C', source: 'c.raw', mebibytes: 96 },
] as const;

type Change = (disk: DocumentDisk, other: DocumentDisk) => Partial<DocumentDisk>;

/** A disk that is described as itself and as another at once; `other` is a disk of the VM, too. */
const MIXED: Readonly<Record<string, Change>> = {
  'the alias is that of another disk': (_, other) => ({ alias: other.alias ?? '' }),
  'the serial is that of another disk': (_, other) => ({ serial: other.serial ?? '' }),
  'the image is that of another disk': (_, other) => ({ source: other.source ?? '' }),
  'serial and image are those of another disk': (_, other) => ({
    serial: other.serial ?? '',
    source: other.source ?? '',
  }),
  'alias and serial are those of another disk': (_, other) => ({
    alias: other.alias ?? '',
    serial: other.serial ?? '',
  }),
  'it is renamed to another, and has its own image': (disk, other) => ({
    target: other.target,
    bus: other.bus,
    alias: undefined,
    serial: undefined,
    source: disk.source ?? '',
  }),
};

/** A disk that the VM does not have. */
const ABSENT: Readonly<Record<string, Change>> = {
  'it is renamed, and nothing else is said of it': () => ({
    ...{ target: 'vdx', bus: 'virtio', alias: undefined, serial: undefined, source: undefined },
  }),
  'its serial is none that the VM has': () => ({ serial: 'S-Z' }),
  'it is on a bus that the VM does not have': ({ source }) => ({
    ...{ target: 'hdc', bus: 'ide', alias: undefined, serial: undefined, source: `${source ?? ''}.old` },
  }),
};

/** A document of another VM. */
const OTHERS: Readonly<Record<string, (document: DocumentOfVm) => DocumentOfVm>> = {
  'another uuid': document => ({ ...document, uuid: '99998888-3333-4444-5555-666677778888' }),
  'another uuid by its last digit': document => ({ ...document, uuid: UUID.replace(/8$/, '9') }),
  'another name and uuid': document => ({
    ...document,
    name: 'web01',
    uuid: '99998888-3333-4444-5555-666677778888',
  }),
  'another name, and no uuid': document => ({ ...document, name: 'web01', uuid: undefined }),
  'a name in other letters, and no uuid': document => ({ ...document, name: 'DB01', uuid: undefined }),
  'a longer name, and no uuid': document => ({ ...document, name: 'db011', uuid: undefined }),
};

interface Pairing {
  readonly title: string;
  readonly document: DocumentOfVm;
}

/** The document that does belong to the VM, but for the filters that it wants. */
function rightDocument(folder: string): DocumentOfVm {
  const disks = DISKS.map(({ target, bus, alias, serial, source }): DocumentDisk => ({
    ...{ target, bus, alias, serial, filters: [] },
    source: join(folder, source),
  }));
  return { name: 'db01', uuid: UUID, groups: { gold: 100, base: 50 }, disks };
}

/** One disk wants a filter, and is described wrongly. */
function* pairings(folder: string): Generator<Pairing> {
  const right = rightDocument(folder);
  const withDisk = (at: number, disk: DocumentDisk): DocumentOfVm => ({
    ...right,
    disks: right.disks.map((own, place) => (place === at ? { ...disk, filters: ['gold'] } : own)),
  });
  for (const [title, change] of Object.entries(OTHERS)) {
    const [first] = right.disks;
    if (first !== undefined) yield { title, document: change(withDisk(0, first)) };
  }
  for (const [at, disk] of right.disks.entries()) {
    for (const [title, change] of Object.entries(ABSENT)) {
      yield { title: `${disk.target}: ${title}`, document: withDisk(at, { ...disk, ...change(disk, disk) }) };
    }
    for (const other of right.disks) {
      if (other === disk) continue;
      for (const [title, change] of Object.entries(MIXED)) {
        yield {
          title: `${disk.target}: ${title} (${other.target})`,
          document: withDisk(at, { ...disk, ...change(disk, other) }),
        };
      }
    }
  }
  yield* swaps(right);
}

/** Two disks change places in one respect, and both want a filter. */
function* swaps(right: DocumentOfVm): Generator<Pairing> {
  for (const key of ['source', 'serial', 'alias'] as const) {
    const [first, second, ...rest] = right.disks;
    if (first === undefined || second === undefined) continue;
    const disks = [
      { ...first, [key]: second[key], filters: ['gold'] },
      { ...second, [key]: first[key], filters: ['base'] },
      ...rest,
    ];
    yield { title: `${key} of vda and vdb swapped`, document: { ...right, disks } };
  }
}

async function argumentsFor(folder: string): Promise<readonly string[]> {
  const args = ['-name', 'guest=db01,debug-threads=on', '-uuid', UUID, '-device', 'virtio-scsi-pci,id=scsi0'];
  for (const { bus, alias, serial, source, mebibytes } of DISKS) {
    const filename = join(folder, source);
    await writeFile(filename, '');
    await truncate(filename, mebibytes * 1024 * 1024);
    const node = { driver: 'raw', 'node-name': source, file: { driver: 'file', filename } };
    const driver = bus === 'virtio' ? { driver: 'virtio-blk-pci' } : { driver: 'scsi-hd', bus: 'scsi0.0' };
    args.push('-blockdev', JSON.stringify(node));
    args.push('-device', JSON.stringify({ ...driver, id: alias, drive: source, serial }));
  }
  return args;
}

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-pairings-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('of fifty wrong pairings none is applied, and the right one is', { skip }, async t => {
  const folder = await folderOf(t);
  const groups = { 'throttle-gold': { total_iops_sec: 100n }, 'throttle-base': { total_iops_sec: 50n } };
  const args = await argumentsFor(folder);
  const live = await liveVm(t, groups, { disks: 0, machine: 'q35', args });
  const writes: string[] = [];
  const session = await sessionAt(t, live.socket, {
    onTranscript: ({ direction, text }) => {
      const isQuery = /"execute":"(?:query-|x-debug-query-|qom-list|qom-get|qmp_capabilities)/.test(text);
      if (direction === 'sent' && !isQuery) writes.push(text);
    },
  });
  const apply = (document: DocumentOfVm) => {
    const plan = (state: typeof session.state) => planDocument(documentText(document), state);
    const shown = plan(session.state);
    return session.apply({ plan, expect: shown.kind === 'plan' ? shown.plan.hash : '' });
  };
  const wrong = [...pairings(folder)];
  assert.ok(wrong.length >= 50, `${wrong.length} pairings`);
  for (const { title, document } of wrong) {
    const { outcome, message } = await apply(document);
    assert.ok(['refused', 'unchanged'].includes(outcome), `${title}: ${outcome}: ${message}`);
    assert.deepEqual(writes, [], title);
  }
  const right = rightDocument(folder);
  const [first, ...rest] = right.disks;
  assert.ok(first !== undefined);
  const { outcome, message } = await apply({ ...right, disks: [{ ...first, filters: ['gold'] }, ...rest] });
  assert.equal(outcome, 'applied', message);
});
