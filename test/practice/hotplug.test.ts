/** Disks that are attached to and detached from a practice VM, as with QEMU. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { normalised } from '../../server/src/engine';
import { startPracticeVm, type PracticeDomain } from '../../server/src/practice';
import {
  formatJson,
  isJsonObject,
  jsonMember,
  parseJson,
  type JsonObject,
  type JsonValue,
} from '../../server/src/qmp';
import { startQemu } from '../support/qemu';
import { qmpText, type QmpText } from '../support/qmp-text';
import { requireReal } from '../support/real';
import { exchanges, type Exchange } from './exchanges';
import { HOTPLUG_SCRIPT } from './hotplug-exchanges';

const domain = (folder: string): PracticeDomain => ({
  name: 'db01',
  uuid: undefined,
  groups: [{ name: 'gold', limits: normalised({ total_iops_sec: 100n }) }],
  disks: [
    { alias: 'virtio-disk0', source: join(folder, 'a.raw'), filters: ['gold'] },
    {
      alias: 'scsi0-0-0-0',
      source: join(folder, 'e.raw'),
      serial: 'scsi',
      filters: [],
      scsi: { controller: 0, target: 0, lun: 0 },
    },
  ],
});

/** The same domain for QEMU. */
function qemuArguments(folder: string): readonly string[] {
  const json = (value: object): string => JSON.stringify(value);
  const image = (number: number, name: string): readonly string[] => {
    const [storage, format] = [`libvirt-${number}-storage`, `libvirt-${number}-format`];
    return [
      ...['-blockdev', json({ driver: 'file', 'node-name': storage, filename: join(folder, name) })],
      ...['-blockdev', json({ driver: 'raw', 'node-name': format, file: storage })],
    ];
  };
  const [group, file] = ['throttle-gold', 'libvirt-1-format'];
  const filter = { driver: 'throttle', 'node-name': 'libvirt-2-filter', 'throttle-group': group, file };
  return [
    ...['-object', json({ 'qom-type': 'throttle-group', id: group, limits: { 'iops-total': 100 } })],
    ...['-device', json({ driver: 'virtio-scsi-pci', id: 'scsi0' })],
    ...[...image(1, 'a.raw'), '-blockdev', json(filter), ...image(3, 'e.raw')],
    ...['-device', json({ driver: 'virtio-blk-pci', id: 'virtio-disk0', drive: 'libvirt-2-filter' })],
    ...[
      '-device',
      json({
        ...{ driver: 'scsi-hd', id: 'scsi0-0-0-0', bus: 'scsi0.0', channel: 0, 'scsi-id': 0, lun: 0 },
        ...{ drive: 'libvirt-3-format', serial: 'scsi' },
      }),
    ],
  ];
}

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-hotplug-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Images of the size that a practice VM makes up. */
async function makeImages(folder: string): Promise<void> {
  for (const name of ['a.raw', 'b.raw', 'c.raw', 'e.raw']) {
    const file = await open(join(folder, name), 'w', 0o600);
    await file.truncate(10 * 1024 ** 3);
    await file.close();
  }
  await promisify(execFile)('qemu-img', ['create', '-q', '-f', 'qcow2', join(folder, 'd.qcow2'), '10G']);
}

interface Reply {
  readonly reply: JsonObject;
  /** Data of the events DEVICE_DELETED that came of an `unplug`. */
  readonly deleted: readonly JsonValue[];
}

/** The script's exchanges at a socket. `release` makes the guest release what was unplugged. */
async function play(
  socket: string,
  script: readonly Exchange[],
  release: (connection: QmpText) => void,
): Promise<readonly Reply[]> {
  const connection = qmpText(socket);
  const next = async (): Promise<JsonObject> => {
    const message = parseJson(await connection.next());
    assert(isJsonObject(message));
    return message;
  };
  const replies: Reply[] = [];
  try {
    await next();
    for (const { line, request } of script) {
      connection.send(`${request}\n`);
      const reply = await nextReply(next);
      const isUnplugged = line.startsWith('unplug ') && 'return' in reply;
      if (isUnplugged) release(connection);
      const path = line.replace('unplug ', '').replace(/^(?!\/)/, '/machine/peripheral/');
      replies.push({ reply, deleted: isUnplugged ? await untilDeleted(next, path) : [] });
    }
    return replies;
  } finally {
    connection.close();
  }
}

async function nextReply(next: () => Promise<JsonObject>): Promise<JsonObject> {
  for (;;) {
    const message = await next();
    // A reset is answered, too, while its guest releases the device.
    if (!('event' in message) && jsonMember(message, 'id') !== RESET_ID) return message;
  }
}

const RESET_ID = 'reset';

async function untilDeleted(next: () => Promise<JsonObject>, path: string): Promise<readonly JsonValue[]> {
  const deleted: JsonValue[] = [];
  for (;;) {
    const message = await next();
    if (message['event'] !== 'DEVICE_DELETED') continue;
    const data = jsonMember(message, 'data');
    assert(isJsonObject(data));
    deleted.push(data);
    if (jsonMember(data, 'path') === path) return deleted;
  }
}

async function practiceReplies(folder: string, script: readonly Exchange[]): Promise<readonly Reply[]> {
  const path = join(folder, 'practice.sock');
  const vm = await startPracticeVm(domain(folder), { kind: 'unix', path });
  try {
    return await play(path, script, () => undefined);
  } finally {
    await vm.stop();
  }
}

async function qemuReplies(folder: string, script: readonly Exchange[]): Promise<readonly Reply[]> {
  await makeImages(folder);
  const qemu = await startQemu({ machine: 'pc', args: qemuArguments(folder) });
  try {
    return await play(qemu.sockets[0] ?? '', script, connection =>
      // A guest that starts anew lets go of what it was asked for.
      connection.send(`{"execute":"system_reset","id":"${RESET_ID}"}\n`),
    );
  } finally {
    await qemu.stop();
  }
}

/** "ok", or class and text of a refusal. */
function outcome(reply: JsonObject | undefined): string {
  const error = reply === undefined ? undefined : jsonMember(reply, 'error');
  if (!isJsonObject(error)) return 'ok';
  const [errorClass, desc] = [jsonMember(error, 'class'), jsonMember(error, 'desc')];
  assert(typeof errorClass === 'string' && typeof desc === 'string');
  return `${errorClass}: ${desc}`;
}

/** What must be equal of a reply. */
function comparable(request: string, { reply, deleted }: Reply): unknown {
  const list = jsonMember(reply, 'return');
  if (/"query-(?:block|named)/.test(request)) return reduced(reply);
  // Lists of qom-list are in the order of QEMU's hash table, which says nothing.
  const returned = Array.isArray(list)
    ? list.map((item: JsonValue) => formatJson(sorted(item))).sort()
    : list;
  return { ...reply, deleted, ...(returned !== undefined && { return: returned }) };
}

/** With the members in one order. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).map(([name, member]): [string, JsonValue] => [name, sorted(member)]);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Of a node what a practice VM can know: nothing of the insides of a file, nothing that was counted. */
function reduced(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reduced);
  if (!isJsonObject(value)) return value;
  const isFile = value['format'] === 'file';
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => KNOWN.has(name) && !(isFile && name === 'virtual-size'))
      .map(([name, member]) => [name, reduced(member)]),
  );
}

const KNOWN: ReadonlySet<string> = new Set([
  ...['return', 'error', 'qdev', 'device', 'inserted', 'parent', 'node-name', 'drv', 'ro', 'file'],
  ...['image', 'filename', 'format', 'virtual-size', 'detect_zeroes', 'cache', 'direct', 'no-flush'],
  ...['writeback', 'io-status', 'locked', 'removable', 'type', 'group', 'iops', 'bps', 'bps_rd', 'bps_wr'],
]);

const script = (folder: string): readonly Exchange[] =>
  exchanges(HOTPLUG_SCRIPT.replaceAll('FOLDER', () => folder));

test('a practice VM answers the script of attaching and detaching as the script says', async t => {
  const folder = await folderOf(t);
  const lines = script(folder);
  const replies = await practiceReplies(folder, lines);
  for (const [index, { line, wanted }] of lines.entries()) {
    if (wanted !== undefined) assert.equal(outcome(replies[index]?.reply), wanted, line);
  }
});

test(
  'real QEMU answers the script of attaching and detaching the same',
  { skip: [requireReal('qemu-system-x86_64'), requireReal('qemu-img')].includes(undefined) },
  async t => {
    const folder = await folderOf(t);
    const lines = script(folder);
    const practice = await practiceReplies(folder, lines);
    const qemu = await qemuReplies(folder, lines);
    for (const [index, { line, request, wanted }] of lines.entries()) {
      const [ours, real] = [practice[index], qemu[index]];
      assert(ours !== undefined && real !== undefined);
      assert.deepEqual(comparable(request, ours), comparable(request, real), line);
      if (wanted !== undefined) assert.equal(outcome(real.reply), wanted, line);
    }
  },
);
