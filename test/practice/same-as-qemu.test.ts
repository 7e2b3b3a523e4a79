import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { LIMITS, type LimitName, type LimitValues } from '../../server/src/engine';
import { startPracticeVm, type PracticeDomain } from '../../server/src/practice';
import { formatJson, isJsonObject, jsonMember, parseJson, type JsonValue } from '../../server/src/qmp';
import { startQemu } from '../support/qemu';
import { qmpText } from '../support/qmp-text';
import { requireReal } from '../support/real';
import { exchanges } from './exchanges';

const limits = (given: Partial<Record<LimitName, bigint>>): LimitValues =>
  Object.fromEntries(LIMITS.map(({ xml, neutral }) => [xml, given[xml] ?? BigInt(neutral)])) as Record<
    LimitName,
    bigint
  >;

const UUID = '11111111-2222-3333-4444-555555555555';
const GOLD = limits({ total_iops_sec: 100n });
const DOMAIN: PracticeDomain = {
  name: 'db01',
  uuid: UUID,
  groups: [{ name: 'gold', limits: GOLD }],
  disks: [{ alias: 'virtio-disk0', filters: ['gold'] }],
};

/** The reply to each request of the script, read. */
async function play(path: string): Promise<readonly JsonValue[]> {
  const connection = qmpText(path);
  try {
    await connection.next();
    const replies: JsonValue[] = [];
    for (const { request } of exchanges()) {
      connection.send(`${request}\n`);
      replies.push(parseJson(await connection.next()));
    }
    return replies;
  } finally {
    connection.close();
  }
}

async function practiceReplies(): Promise<readonly JsonValue[]> {
  const folder = await mkdtemp(join(tmpdir(), 'domxml-practice-'));
  const vm = await startPracticeVm(DOMAIN, { kind: 'unix', path: join(folder, 'vm.sock') });
  try {
    return await play(join(folder, 'vm.sock'));
  } finally {
    await vm.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function qemuReplies(): Promise<readonly JsonValue[]> {
  const json = (value: object): string => JSON.stringify(value);
  const group = { 'qom-type': 'throttle-group', id: 'throttle-gold', limits: { 'iops-total': 100 } };
  const filter = { driver: 'throttle', 'node-name': 'f', 'throttle-group': 'throttle-gold', file: 'n' };
  const qemu = await startQemu({
    args: [
      ...['-name', 'db01', '-uuid', UUID, '-object', json(group)],
      ...['-blockdev', json({ driver: 'null-co', 'node-name': 'n' }), '-blockdev', json(filter)],
    ],
  });
  try {
    return await play(qemu.sockets[0] ?? '');
  } finally {
    await qemu.stop();
  }
}

/** "ok", or class and text of a refusal. */
function outcome(reply: JsonValue | undefined): string {
  const error = isJsonObject(reply) ? jsonMember(reply, 'error') : undefined;
  if (!isJsonObject(error)) return 'ok';
  const [errorClass, desc] = [jsonMember(error, 'class'), jsonMember(error, 'desc')];
  assert(typeof errorClass === 'string' && typeof desc === 'string');
  return `${errorClass}: ${desc}`;
}

/** Lists of qom-list are in the order of QEMU's hash table, which says nothing: compared sorted. */
function comparable(reply: JsonValue | undefined): JsonValue | undefined {
  const list = isJsonObject(reply) ? jsonMember(reply, 'return') : undefined;
  if (!Array.isArray(list)) return reply;
  return { return: list.map((item: JsonValue) => formatJson(item)).sort() };
}

test('the practice VM answers the whole script as the script says', async () => {
  const replies = await practiceReplies();
  for (const [index, { line, wanted }] of exchanges().entries()) {
    if (wanted !== undefined) assert.equal(outcome(replies[index]), wanted, line);
  }
});

test(
  'real QEMU gives the same answers to the same script: return values, classes, texts and ids',
  { skip: requireReal('qemu-system-x86_64') === undefined },
  async () => {
    const practice = await practiceReplies();
    const qemu = await qemuReplies();
    for (const [index, { line, wanted }] of exchanges().entries()) {
      assert.deepEqual(comparable(practice[index]), comparable(qemu[index]), line);
      if (wanted !== undefined) assert.equal(outcome(qemu[index]), wanted, line);
    }
  },
);

test('the script meets every refusal of facts/qemu.md 1.1 and 1.2 that concerns groups', () => {
  const all = exchanges();
  assert(all.length >= 200, `The script has ${all.length} exchanges.`);
  const wanted = new Set(all.map(exchange => exchange.wanted));
  for (const refusal of REFUSALS) assert(wanted.has(refusal), `No exchange of the script wants: ${refusal}`);
});

const REFUSALS = [
  'GenericError: bps/iops/max total values and read/write values cannot be used at the same time',
  'GenericError: iops size requires an iops value to be set',
  'GenericError: bps/iops/max values must be within [0, 1000000000000000]',
  'GenericError: Property values cannot be negative',
  'GenericError: the burst length cannot be 0',
  'GenericError: burst length set without burst rate',
  'GenericError: burst length too high for this burst rate',
  'GenericError: iops-total-max-length value must be in the range [0, 4294967295]',
  'GenericError: bps_max/iops_max require corresponding bps/iops values',
  'GenericError: bps_max/iops_max cannot be lower than bps/iops',
  "GenericError: Invalid parameter type for 'limits.iops-total', expected: integer",
  "GenericError: Parameter 'limits.iops-foo' is unexpected",
  "GenericError: Invalid parameter type for 'limits', expected: object",
  "GenericError: Parameter 'props' is unexpected",
  'GenericError: Property cannot be set after initialization',
  "GenericError: Parameter 'id' expects an identifier",
  "GenericError: Parameter 'id' is missing",
  "GenericError: Parameter 'qom-type' does not accept value 'nosuch'",
  "GenericError: attempt to add duplicate property 'a' to object (type 'container')",
  "GenericError: object 'nosuch' not found",
  "GenericError: object 'throttle-gold' is in use, can not be deleted",
  "DeviceNotFound: Device '/objects/nosuch' not found",
  "GenericError: Property 'throttle-group.nosuch' not found",
];
