/**
 * The parts of a domain outside of its devices that numbers elsewhere refer to: how many vCPUs and iothreads there are,
 * NUMA cells, pins. Each is a flat list of elements by their path, cached with its top element.
 */

import type { Span } from '../text';
import type { XmlElement } from '../xml/tree';
import type { Piece } from './model';

/** One element. Spans relative to the start of the top element that holds it. */
export interface Setting {
  /** From below `<domain>` on: `cputune/vcpupin`. */
  readonly path: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly attributes: ReadonlyMap<string, Piece>;
  /** Its text; undefined where it has child elements. */
  readonly text: Piece | undefined;
}

/** A child of `<domain>` with all elements in it, itself the first. */
export interface SettingBlock {
  readonly element: XmlElement;
  readonly settings: readonly Setting[];
}

/** The children of `<domain>` that are read so. */
export const SETTING_BLOCKS: ReadonlySet<string> = new Set([
  'vcpu',
  'vcpus',
  'iothreads',
  'iothreadids',
  'cputune',
  'cpu',
  'numatune',
  'memoryBacking',
  'maxMemory',
  'os',
  'qemu:override',
]);
