/** Reads a `<disk>`; all spans relative to its start. */

import { childElements, nameSpan, spanOf } from '../xml/navigate';
import type { Located } from '../xml/tree';
import { attributeText, contentOf, relative } from './pieces';
import { readLimits } from './read-limits';
import type { Disk, Filter, FilterBlock, Iotune, Piece } from './model';
import type { Span } from '../text';

/** Which attribute of `<source>` names the image, by the disk's type (libvirt: virDomainStorageSourceParse). */
const SOURCE_ATTRIBUTE: ReadonlyMap<string, string> = new Map([
  ['file', 'file'],
  ['block', 'dev'],
  ['dir', 'dir'],
  ['network', 'name'],
  ['volume', 'volume'],
  ['vhostuser', 'path'],
  ['vhostvdpa', 'dev'],
]);

interface Parts {
  target: Piece | undefined;
  bus: Piece | undefined;
  alias: Piece | undefined;
  serial: Piece | undefined;
  source: Piece | undefined;
  readonly: Span | undefined;
  iothread: Piece | undefined;
  discard: Piece | undefined;
}

export function readDisk(text: string, disk: Located): Disk {
  const type = attributeText(text, disk, 'type')?.value ?? 'file';
  const parts: Parts = {
    target: undefined,
    bus: undefined,
    alias: undefined,
    serial: undefined,
    source: undefined,
    readonly: undefined,
    iothread: undefined,
    discard: undefined,
  };
  const filterBlocks: FilterBlock[] = [];
  const iotunes: Iotune[] = [];
  for (const child of childElements(disk)) {
    if (child.node.name === 'throttlefilters') filterBlocks.push(filterBlockOf(text, child, disk.start));
    else if (child.node.name === 'iotune') {
      iotunes.push({
        element: child.node,
        span: relative(spanOf(child), disk.start),
        limits: readLimits(text, child, 'iotune', disk.start),
      });
    } else readPart(text, disk, child, type, parts);
  }
  return {
    element: disk.node,
    nameSpan: relative(nameSpan(disk), disk.start),
    type,
    device: attributeText(text, disk, 'device')?.value ?? 'disk',
    ...parts,
    filterBlocks,
    filters: filterBlocks.flatMap(block => block.filters),
    iotunes,
  };
}

function readPart(text: string, disk: Located, child: Located, type: string, parts: Parts): void {
  const attribute = (name: string): Piece | undefined => attributeText(text, child, name, disk.start);
  switch (child.node.name) {
    case 'target':
      parts.target ??= attribute('dev');
      parts.bus ??= attribute('bus');
      break;
    case 'alias':
      parts.alias ??= attribute('name');
      break;
    case 'serial':
      parts.serial ??= contentOf(text, child, disk.start);
      break;
    case 'source':
      parts.source ??= attribute(SOURCE_ATTRIBUTE.get(type) ?? 'file');
      break;
    case 'readonly':
      parts.readonly ??= relative(spanOf(child), disk.start);
      break;
    case 'driver':
      parts.iothread ??= attribute('iothread');
      parts.discard ??= attribute('discard');
      break;
    default:
      break;
  }
}

function filterBlockOf(text: string, block: Located, base: number): FilterBlock {
  return {
    span: relative(spanOf(block), base),
    nameSpan: relative(nameSpan(block), base),
    filters: childElements(block, 'throttlefilter').map((filter): Filter => ({
      span: relative(spanOf(filter), base),
      nameSpan: relative(nameSpan(filter), base),
      group: attributeText(text, filter, 'group', base),
    })),
  };
}
