/** Disks of a VM: device, chain of filters, images, legacy throttling. */

import type { BlockJob, ChainShape, FilterNode, VmDisk } from '../engine';
import { limitsFromInserted } from '../engine';
import type { JsonObject, JsonValue } from '../qmp';
import { isJsonObject, jsonMember } from '../qmp';
import { entries, optionalText, requiredText } from './answers';
import { VmUnreadableError } from './errors';
import type { DeviceFact } from './read-devices';

export interface BlockAnswers {
  readonly blocks: JsonValue;
  readonly nodes: JsonValue;
  /** Filter node -> id of its group. */
  readonly filters: ReadonlyMap<string, string>;
  /** Node names from the device down, by device. */
  readonly chains: ReadonlyMap<string, readonly string[]>;
  readonly facts: ReadonlyMap<string, DeviceFact>;
  readonly jobs: readonly BlockJob[];
}

/** Filter node -> id of its group. Throws VmUnreadableError where a filter does not say its group. */
export function throttleNodes(nodes: JsonValue): ReadonlyMap<string, string> {
  const filters = new Map<string, string>();
  for (const node of entries(nodes, 'query-named-block-nodes')) {
    if (jsonMember(node, 'drv') !== 'throttle') continue;
    const name = requiredText(node, 'node-name', 'query-named-block-nodes');
    filters.set(name, groupOfFilter(name, requiredText(node, 'file', 'query-named-block-nodes')));
  }
  return filters;
}

/** All block devices, in QEMU's order; drives without a medium too. */
export function readDisks(answers: BlockAnswers): readonly VmDisk[] {
  const images = imagesByNode(answers.nodes);
  return entries(answers.blocks, 'query-block').map((block): VmDisk => {
    const inserted = jsonMember(block, 'inserted');
    const legacy = isJsonObject(inserted) ? inserted : {};
    const qdev = optionalText(block, 'qdev') ?? '';
    const nodes = answers.chains.get(deviceKey(block)) ?? [];
    const chain = chainOf(nodes, answers.filters, optionalText(legacy, 'node-name'));
    const fact = answers.facts.get(qdev);
    return {
      qdev,
      alias: aliasOf(qdev) ?? optionalText(block, 'device') ?? '',
      target: null,
      bus: fact?.bus ?? null,
      serial: fact?.serial ?? null,
      sources: [...new Set(nodes.flatMap(node => images.get(node)?.names ?? []))],
      ...chain,
      size: (chain.base === null ? undefined : images.get(chain.base)?.size) ?? null,
      readonly: jsonMember(legacy, 'ro') === true,
      device: qdev.endsWith('/virtio-backend') ? 'virtio-blk' : 'other',
      thread: fact?.thread ?? { kind: 'main' },
      job: answers.jobs.find(({ disks }) => disks === null || disks.includes(qdev))?.id ?? null,
      iotuneGroup: optionalText(legacy, 'group') ?? null,
      iotune: limitsFromInserted(legacy) ?? null,
      source: 'qemu',
      nodes,
    };
  });
}

/**
 * QEMU gives a filter's options as `json:{"throttle-group": "NAME", ...}`, cut off behind 4095 characters: only the
 * beginning is read (measured with 7.2, 10.0 and 11.1).
 */
function groupOfFilter(node: string, file: string): string {
  const name = /^json:\{"throttle-group": ("(?:[^"\\]|\\.)*")/.exec(file)?.[1];
  if (name === undefined) {
    throw new VmUnreadableError(`The VM does not say in a readable way which group the filter ${node} uses.`);
  }
  return String(JSON.parse(name));
}

/** Node names from the device down, by device, from `query-blockstats`. */
export function chainsInStats(stats: JsonValue): ReadonlyMap<string, readonly string[]> {
  return new Map(
    entries(stats, 'query-blockstats').map(device => {
      const chain: string[] = [];
      for (let node: JsonValue | undefined = device; isJsonObject(node); node = jsonMember(node, 'parent')) {
        const name = optionalText(node, 'node-name');
        if (name !== undefined) chain.push(name);
      }
      return [deviceKey(device), chain];
    }),
  );
}

/** Devices of -blockdev have a qdev and no name, drives nobody plugged in the other way round. */
export const deviceKey = (entry: JsonObject): string =>
  `${optionalText(entry, 'qdev') ?? ''}\0${optionalText(entry, 'device') ?? ''}`;

/** The filters on top, from the image up as in a document, and what they stand on. */
function chainOf(
  nodes: readonly string[],
  filters: ReadonlyMap<string, string>,
  root: string | undefined,
): { readonly filters: readonly FilterNode[]; readonly base: string | null; readonly shape: ChainShape } {
  const all = nodes.flatMap((node): FilterNode[] => {
    const group = filters.get(node);
    return group === undefined ? [] : [{ node, group }];
  });
  if (root === undefined) return { filters: all.reverse(), base: null, shape: 'empty' };
  const count = nodes.findIndex(node => !filters.has(node));
  const base = count < 0 ? undefined : nodes[count];
  const isPlain = base !== undefined && count === all.length && nodes[0] === root;
  return { filters: all.reverse(), base: isPlain ? base : null, shape: isPlain ? 'plain' : 'mixed' };
}

interface Image {
  /** File names of the node and of its backing chain. */
  readonly names: readonly string[];
  readonly size: bigint | undefined;
}

function imagesByNode(nodes: JsonValue): ReadonlyMap<string, Image> {
  return new Map(
    entries(nodes, 'query-named-block-nodes').map(node => {
      const names: string[] = [];
      const top = jsonMember(node, 'image');
      for (let image = top; isJsonObject(image); image = jsonMember(image, 'backing-image')) {
        const name = optionalText(image, 'filename');
        if (name !== undefined && !name.startsWith('json:')) names.push(name);
      }
      const size = isJsonObject(top) ? jsonMember(top, 'virtual-size') : undefined;
      const isSize = typeof size === 'bigint' || Number.isSafeInteger(size);
      return [
        optionalText(node, 'node-name') ?? '',
        { names, size: isSize ? BigInt(size as bigint | number) : undefined },
      ];
    }),
  );
}

/** The id that the device was given: libvirt's alias. Devices without an id are told by their place. */
function aliasOf(qdev: string): string | undefined {
  const placed = /^\/machine\/peripheral(?:-anon)?\/([^/]+)/.exec(qdev)?.[1];
  if (placed !== undefined) return placed;
  return qdev === '' ? undefined : (qdev.split('/').at(-1) ?? qdev);
}
