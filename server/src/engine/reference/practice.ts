/** What is used how often in practice, from `practice-table.ts`: which order offers have, and what one mostly writes. */

import { PRACTICE_TABLE } from './practice-table';

/** Names or values, the most used first. */
export interface Usage {
  readonly ranks: ReadonlyMap<string, number>;
  /** Attributes that four of five have; child elements that three of five have, in the order in which they are written. */
  readonly usual: readonly string[];
}

/** Of the elements of one name in parents of one name. */
export interface ElementUsage {
  readonly attributes: Usage;
  readonly children: Usage;
  /** Whether most of them have attributes. */
  readonly holdsAttributes: boolean;
  /** Whether most of them have child elements. */
  readonly holdsChildren: boolean;
}

/** What libvirt fills in by itself, though its own documents mostly have it. */
export const MADE_BY_LIBVIRT: ReadonlySet<string> = new Set([
  'address',
  'alias',
  'backingStore',
  'controller',
  'currentMemory',
  'emulator',
  'id',
  'mac',
  'memballoon',
  'seclabel',
  'uuid',
]);

/** The last two names of the path count; an element without parent, or in an unusual one, is known by its own. */
export function elementUsage(path: readonly string[]): ElementUsage | undefined {
  const { elements } = tables();
  const name = path.at(-1) ?? '';
  const parent = path.at(-2);
  return (parent === undefined ? undefined : elements.get(`${parent}/${name}`)) ?? elements.get(name);
}

/** Values of an attribute of the element at the path; without an attribute, of its text. The most used first. */
export function usedValues(path: readonly string[], attribute?: string): readonly string[] {
  const { values } = tables();
  const name = `${path.at(-1) ?? ''}@${attribute ?? ''}`;
  const key = `${path.at(-2) ?? ''}/${name}`;
  const counted = values.get(key) ?? values.get(name) ?? [];
  const today = TODAY.get(key);
  return today === undefined ? counted : [...new Set([...today, ...counted])];
}

/** What hosts run today, where libvirt's tests, which cover many old guests, would put something else first. */
const TODAY: ReadonlyMap<string, readonly string[]> = new Map([
  ['devices/controller@model', ['virtio-scsi', 'pcie-root-port', 'qemu-xhci']],
  ['devices/hostdev@type', ['pci', 'usb']],
  ['devices/interface@type', ['network', 'bridge', 'direct']],
  ['disk/driver@cache', ['none', 'writeback']],
  ['disk/driver@io', ['native', 'io_uring', 'threads']],
  ['disk/driver@type', ['qcow2', 'raw']],
  ['disk/target@bus', ['virtio', 'scsi', 'sata']],
  ['interface/model@type', ['virtio', 'e1000e']],
  ['os/type@machine', ['q35', 'pc']],
  ['video/model@type', ['virtio', 'qxl']],
]);

interface Tables {
  readonly elements: ReadonlyMap<string, ElementUsage>;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

let made: Tables | undefined;

/** Read when first asked for: who completes nothing need not wait for it. */
function tables(): Tables {
  if (made !== undefined) return made;
  const elements = new Map<string, ElementUsage>();
  const values = new Map<string, readonly string[]>();
  for (const line of PRACTICE_TABLE.split('\n')) {
    const blank = line.indexOf(' ');
    if (blank < 0) continue;
    const key = line.slice(0, blank);
    const [names = '', ...lists] = line.slice(blank + 1).split(';');
    elements.set(key, elementLine(names));
    for (const list of lists) {
      const equals = list.indexOf('=');
      values.set(`${key}@${list.slice(0, equals)}`, list.slice(equals + 1).split(' '));
    }
  }
  return (made = { elements, values });
}

function elementLine(rest: string): ElementUsage {
  const [, holdsAttributes, holdsChildren, attributes = '', children = '', order = ''] =
    /^(@?)(\+?)([^>|]*)(?:>([^|]*))?(?:\|(.*))?$/.exec(rest) ?? [];
  return {
    attributes: usageOf(attributes, ''),
    children: usageOf(children, order),
    holdsAttributes: holdsAttributes === '@',
    holdsChildren: holdsChildren === '+',
  };
}

function usageOf(words: string, order: string): Usage {
  const ranks = new Map<string, number>();
  const usual: string[] = [];
  for (const word of words === '' ? [] : words.split(' ')) {
    const name = word.replace(/\+$/, '');
    ranks.set(name, ranks.size);
    if (name !== word) usual.push(name);
  }
  return { ranks, usual: order === '' ? usual : order.split(' ') };
}
