/** What QEMU tells of block devices: query-block, query-blockstats, query-named-block-nodes. */

import type { LimitValues } from '../engine';
import { LIMITS } from '../engine';
import type { JsonObject, JsonValue } from '../qmp';
import { formatJson, isJsonObject } from '../qmp';
import type { AttachedDisk, BlockNode, PracticeState } from './state';
import { chainFrom, qdevOf } from './state';

/** The reply of query-block. */
export const queryBlock = (state: PracticeState): JsonValue =>
  state.disks.map(disk => ({
    'io-status': 'ok',
    device: '',
    locked: false,
    removable: false,
    inserted: {
      ...nodeInfo(chainFrom(state, disk.drive), disk.writeCache !== 'off'),
      ...legacyInfo(state, disk),
    },
    qdev: qdevOf(disk),
    type: 'unknown',
  }));

/** The reply of query-blockstats: each disk with the chain of its nodes. */
export const queryBlockstats = (state: PracticeState): JsonValue =>
  state.disks.map(disk => ({
    device: '',
    ...chainStats(state, disk.drive, true),
    qdev: qdevOf(disk),
  }));

/** The reply of query-blockstats with `query-nodes`: each node. */
export const queryNodestats = (state: PracticeState): JsonValue =>
  [...state.nodes.keys()].map(name => chainStats(state, name, false));

/** The reply of query-named-block-nodes: the newest first. */
export const queryNodes = (state: PracticeState): JsonValue =>
  [...state.nodes.keys()].map(name => nodeInfo(chainFrom(state, name), true)).reverse();

/** Of the first node, which stands on the others. Whether writes are cached is the device's affair. */
function nodeInfo(nodes: readonly BlockNode[], writeback: boolean): JsonObject {
  const [node] = nodes;
  const file = fileName(nodes);
  return {
    iops_rd: 0,
    iops_wr: 0,
    iops: 0,
    bps_rd: 0,
    bps_wr: 0,
    bps: 0,
    detect_zeroes: node?.detectZeroes ?? 'off',
    image: {
      'virtual-size': Number(node?.size ?? 0n),
      filename: file,
      format: node?.driver ?? '',
      'actual-size': 0,
      'dirty-flag': false,
    },
    ro: node?.readonly ?? false,
    active: true,
    'node-name': node?.name ?? '',
    backing_file_depth: 0,
    drv: node?.driver ?? '',
    write_threshold: 0,
    encrypted: false,
    cache: {
      'no-flush': node?.cache.noFlush ?? false,
      direct: node?.cache.direct ?? false,
      writeback,
    },
    file,
  };
}

/** Legacy limits of a device: bursts and lengths only where they are set (block/qapi.c: bdrv_block_device_info). */
function legacyInfo(state: PracticeState, { legacyGroup }: AttachedDisk): JsonObject {
  const limits = legacyGroup === undefined ? undefined : limitsOfLegacy(state, legacyGroup);
  if (limits === undefined || legacyGroup === undefined) return {};
  const members = LIMITS.flatMap((field): [string, JsonValue][] => {
    const value = limits[field.xml];
    const burst = LIMITS.find(
      row => row.kind === 'burst' && row.resource === field.resource && row.direction === field.direction,
    );
    const isTold =
      field.kind === 'rate' ||
      (field.kind === 'burst-length' ? burst !== undefined && limits[burst.xml] !== 0n : value !== 0n);
    return isTold ? [[field.blockThrottle, value]] : [];
  });
  return { ...Object.fromEntries(members), group: legacyGroup };
}

/** A legacy group is an object where there is one of its name (W3). */
export const limitsOfLegacy = (state: PracticeState, name: string): LimitValues | undefined =>
  state.groups.get(name) ?? state.legacyGroups.get(name);

/** A plain name down to the first filter; above that the whole chain as `json:`, as QEMU writes it. */
function fileName(nodes: readonly BlockNode[]): string {
  const [node] = nodes;
  if (node === undefined) return '';
  return node.group === undefined
    ? node.source
    : `json:${asQemuWrites(description(nodes))}`.slice(0, LONGEST_NAME);
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

function description([node, ...below]: readonly BlockNode[]): JsonObject {
  if (node === undefined) return {};
  if (below.length === 0) return { driver: node.driver, filename: node.source };
  return {
    ...(node.group !== undefined && { 'throttle-group': node.group }),
    driver: node.driver,
    file: description(below),
  };
}

/**
 * What stands below a node is its `parent` in QEMU's words. QEMU 7.2 tells what a filter filters a second time, as
 * `backing`, which doubles the answer with each filter; a practice VM leaves that out.
 */
function chainStats(state: PracticeState, name: string, device: boolean): JsonObject {
  const file = state.nodes.get(name)?.file;
  return {
    ...(file !== undefined && { parent: chainStats(state, file, false) }),
    stats: stats(device),
    'node-name': name,
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
