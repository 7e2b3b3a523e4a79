/** What QEMU tells of block devices: query-block, query-blockstats, query-named-block-nodes. */

import type { JsonObject, JsonValue } from '../qmp';
import { formatJson, isJsonObject } from '../qmp';
import type { AttachedDisk, BlockNode } from './state';

/** The reply of query-block. */
export const queryBlock = (disks: readonly AttachedDisk[]): JsonValue =>
  disks.map(disk => ({
    'io-status': 'ok',
    device: '',
    locked: false,
    removable: false,
    inserted: nodeInfo(disk, 0),
    qdev: qdevOf(disk),
    type: 'unknown',
  }));

/** The reply of query-blockstats: each disk with the chain of its nodes. */
export const queryBlockstats = (disks: readonly AttachedDisk[]): JsonValue =>
  disks.map(disk => ({ device: '', ...chainStats(disk.nodes, true), qdev: qdevOf(disk) }));

/** The reply of query-blockstats with `query-nodes`: each node. */
export const queryNodestats = (disks: readonly AttachedDisk[]): JsonValue =>
  disks.flatMap(({ nodes }) => nodes.map((_, index) => chainStats(nodes.slice(index), false)));

/** The reply of query-named-block-nodes: the newest first. */
export const queryNodes = (disks: readonly AttachedDisk[]): JsonValue =>
  disks.flatMap(disk => disk.nodes.map((_, index) => nodeInfo(disk, index))).reverse();

const qdevOf = (disk: AttachedDisk): string => `/machine/peripheral/${disk.alias}/virtio-backend`;

/** Bytes that every practice disk has. */
const DISK_SIZE = 10 * 1024 ** 3;

function nodeInfo(disk: AttachedDisk, index: number): JsonObject {
  const nodes = disk.nodes.slice(index);
  const file = fileName(disk, nodes);
  const driver = nodes[0]?.driver ?? '';
  return {
    iops_rd: 0,
    iops_wr: 0,
    iops: 0,
    bps_rd: 0,
    bps_wr: 0,
    bps: 0,
    detect_zeroes: 'off',
    image: {
      'virtual-size': DISK_SIZE,
      filename: file,
      format: driver,
      'actual-size': 0,
      'dirty-flag': false,
    },
    ro: disk.readonly,
    active: true,
    'node-name': nodes[0]?.name ?? '',
    backing_file_depth: 0,
    drv: driver,
    write_threshold: 0,
    encrypted: false,
    cache: { 'no-flush': false, direct: false, writeback: true },
    file,
  };
}

/** A plain name down to the first filter; above that the whole chain as `json:`, as QEMU writes it. */
function fileName(disk: AttachedDisk, nodes: readonly BlockNode[]): string {
  return nodes[0]?.group === undefined
    ? disk.source
    : `json:${asQemuWrites(description(disk, nodes))}`.slice(0, LONGEST_NAME);
}

/** QEMU cuts a file's name off behind so many characters (PATH_MAX with its end). */
const LONGEST_NAME = 4095;

/** With a blank behind each `:` and `,` (QEMU: qobject/json-writer.c): clients look at the beginning of the name. */
const asQemuWrites = (value: JsonObject): string => {
  const members = Object.entries(value).map(
    ([key, member]) =>
      `${formatJson(key)}: ${isJsonObject(member) ? asQemuWrites(member) : formatJson(member)}`,
  );
  return `{${members.join(', ')}}`;
};

function description(disk: AttachedDisk, [node, ...below]: readonly BlockNode[]): JsonObject {
  if (node === undefined) return {};
  if (below.length === 0) return { driver: node.driver, filename: disk.source };
  return {
    ...(node.group !== undefined && { 'throttle-group': node.group }),
    driver: node.driver,
    file: description(disk, below),
  };
}

function chainStats([node, ...below]: readonly BlockNode[], device: boolean): JsonObject {
  return {
    ...(below.length > 0 && { parent: chainStats(below, false) }),
    stats: stats(device),
    'node-name': node?.name ?? '',
  };
}

const OPERATIONS = ['rd', 'wr', 'flush', 'unmap', 'zone_append'];

/** No guest runs, so nothing was counted. */
const stats = (device: boolean): JsonObject => ({
  ...Object.fromEntries(
    OPERATIONS.flatMap(operation => [
      ...(operation === 'flush'
        ? []
        : [[`${operation}_bytes`, 0] as const, [`${operation}_merged`, 0] as const]),
      [`${operation}_operations`, 0] as const,
      [`${operation}_total_time_ns`, 0] as const,
      [`failed_${operation}_operations`, 0] as const,
      [`invalid_${operation}_operations`, 0] as const,
    ]),
  ),
  wr_highest_offset: 0,
  timed_stats: [],
  account_invalid: device,
  account_failed: device,
});
