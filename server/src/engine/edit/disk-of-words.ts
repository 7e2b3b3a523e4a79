/** A whole new `<disk>`, for who has only words for it. */

import { filtersMarkup, LIBVIRT_LAYOUT } from './format';
import { printLines, type Markup } from './markup';

/** A disk by the words of `virsh attach-disk`. */
export interface DiskWords {
  readonly source: string;
  readonly target: string;
  readonly sourcetype: string | undefined;
  readonly targetbus: string | undefined;
  readonly subdriver: string | undefined;
  readonly cache: string | undefined;
  readonly io: string | undefined;
  readonly iothread: string | undefined;
  readonly serial: string | undefined;
  readonly mode: string | undefined;
  /** From the image up. */
  readonly throttleGroups: readonly string[];
}

/** The `<disk>` that the words describe, as libvirt writes it. Names are data, whatever is in them. */
export function formatDiskOfWords(words: DiskWords): string {
  const isBlock = (words.sourcetype ?? (words.source.startsWith('/dev/') ? 'block' : 'file')) === 'block';
  const given = (pairs: readonly (readonly [string, string | undefined])[]): [string, string][] =>
    pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const inner: Markup[] = [
    {
      name: 'driver',
      attributes: given([
        ['name', 'qemu'],
        ['type', words.subdriver ?? 'raw'],
        ['cache', words.cache],
        ['io', words.io],
        ['iothread', words.iothread],
      ]),
    },
    { name: 'source', attributes: [[isBlock ? 'dev' : 'file', words.source]] },
    {
      name: 'target',
      attributes: given([
        ['dev', words.target],
        ['bus', words.targetbus],
      ]),
    },
    ...(words.mode === 'readonly' ? [{ name: 'readonly' }] : []),
    ...(words.mode === 'shareable' ? [{ name: 'shareable' }] : []),
    ...(words.serial === undefined ? [] : [{ name: 'serial', inner: words.serial }]),
    ...(words.throttleGroups.length === 0 ? [] : [filtersMarkup(words.throttleGroups)]),
  ];
  const disk: Markup = {
    name: 'disk',
    attributes: [
      ['type', isBlock ? 'block' : 'file'],
      ['device', 'disk'],
    ],
    inner,
  };
  return printLines(disk, LIBVIRT_LAYOUT, '', "'");
}
