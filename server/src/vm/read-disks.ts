/** Disks of a VM: device, chain of filters, images, legacy throttling. */

import type { VmDisk } from '../engine';
import { limitsFromInserted } from '../engine';
import type { JsonObject, JsonValue } from '../qmp';
import { isJsonObject, jsonMember, QmpCommandError } from '../qmp';
import type { Ask } from './answers';
import { entries, optionalText, requiredText } from './answers';
import { VmUnreadableError } from './errors';

export interface BlockAnswers {
  readonly blocks: JsonValue;
  readonly stats: JsonValue;
  readonly nodes: JsonValue;
  readonly filters: ReadonlyMap<string, string>;
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

/** All devices with a medium, in QEMU's order. */
export async function readDisks(ask: Ask, answers: BlockAnswers): Promise<readonly VmDisk[]> {
  const chains = chainsByDevice(answers.stats);
  const images = imagesByNode(answers.nodes);
  return Promise.all(
    entries(answers.blocks, 'query-block').map(async (block): Promise<VmDisk> => {
      const inserted = jsonMember(block, 'inserted');
      const qdev = optionalText(block, 'qdev') ?? '';
      const chain = chains.get(deviceKey(block)) ?? [];
      const legacy = isJsonObject(inserted) ? inserted : {};
      return {
        qdev,
        alias: aliasOf(qdev) ?? optionalText(block, 'device') ?? '',
        target: null,
        serial: qdev === '' ? null : await readSerial(ask, qdev),
        sources: [...new Set(chain.flatMap(node => images.get(node) ?? []))],
        filters: filtersOf(chain, answers.filters),
        base: null,
        size: null,
        shape: 'unseen',
        readonly: false,
        device: 'other',
        thread: { kind: 'main' },
        job: null,
        source: 'qemu',
        iotuneGroup: optionalText(legacy, 'group') ?? null,
        iotune: limitsFromInserted(legacy) ?? null,
      };
    }),
  );
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

/** Node names from the device down, by device. */
function chainsByDevice(stats: JsonValue): ReadonlyMap<string, readonly string[]> {
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
const deviceKey = (entry: JsonObject): string =>
  `${optionalText(entry, 'qdev') ?? ''}\0${optionalText(entry, 'device') ?? ''}`;

/** From the image up, as in a document. */
const filtersOf = (
  chain: readonly string[],
  filters: ReadonlyMap<string, string>,
): readonly { readonly node: string; readonly group: string }[] =>
  chain
    .flatMap(node => {
      const group = filters.get(node);
      return group === undefined ? [] : [{ node, group }];
    })
    .reverse();

/** File names of a node and of its backing chain. */
function imagesByNode(nodes: JsonValue): ReadonlyMap<string, readonly string[]> {
  return new Map(
    entries(nodes, 'query-named-block-nodes').map(node => {
      const names: string[] = [];
      let image = jsonMember(node, 'image');
      while (isJsonObject(image)) {
        const name = optionalText(image, 'filename');
        if (name !== undefined && !name.startsWith('json:')) names.push(name);
        image = jsonMember(image, 'backing-image');
      }
      return [optionalText(node, 'node-name') ?? '', names];
    }),
  );
}

/** The id that the device was given: libvirt's alias. Devices without an id are told by their place. */
function aliasOf(qdev: string): string | undefined {
  const placed = /^\/machine\/peripheral(?:-anon)?\/([^/]+)/.exec(qdev)?.[1];
  if (placed !== undefined) return placed;
  return qdev === '' ? undefined : (qdev.split('/').at(-1) ?? qdev);
}

/** Null for devices that have no serial, or none set. */
async function readSerial(ask: Ask, qdev: string): Promise<string | null> {
  const path = qdev.startsWith('/') ? qdev : `/machine/peripheral/${qdev}`;
  try {
    const serial = await ask('qom-get', { path, property: 'serial' });
    return typeof serial === 'string' && serial !== '' ? serial : null;
  } catch (error) {
    const isAbsent =
      error instanceof QmpCommandError &&
      (error.errorClass === 'DeviceNotFound' || / not found$/.test(error.desc));
    if (isAbsent) return null;
    throw error;
  }
}
