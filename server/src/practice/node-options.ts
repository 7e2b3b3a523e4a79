/** Reads the options of a node as blockdev-add and blockdev-reopen take them (QEMU: qapi/block-core.json, BlockdevOptions). */

import type { Arguments } from './arguments';
import type { BlockNode } from './state';
import { IMAGE_SIZE } from './state';

/** A node as it is described. */
export interface DescribedNode {
  /** Undefined where it was given none. */
  readonly name: string | undefined;
  readonly node: NewNode;
  readonly discard: 'ignore' | 'unmap';
  readonly forceShare: boolean;
  readonly aio: Aio;
}

export type NewNode = Omit<BlockNode, 'name' | 'age'>;

type Aio = 'threads' | 'native' | 'io_uring';

/**
 * Reads one node: filters, formats, and what they stand on. Throws Refusal for an option that is wrong or that a
 * practice VM does not know, in the order of QEMU's schema: what all nodes have, then what the driver has.
 */
export function readNode(args: Arguments): DescribedNode {
  const driver = args.oneOf('driver', DRIVERS);
  const name = args.optionalString('node-name');
  const discard = args.optionalOneOf('discard', ['ignore', 'unmap']) ?? 'ignore';
  const cache = args.optionalObject('cache');
  const direct = cache?.optionalBoolean('direct') ?? false;
  const noFlush = cache?.optionalBoolean('no-flush') ?? false;
  cache?.done();
  const isReadonly = args.optionalBoolean('read-only') ?? false;
  // It speaks of files that may not be written to, which no file of a practice VM is.
  args.optionalBoolean('auto-read-only');
  const forceShare = args.optionalBoolean('force-share') ?? false;
  const detectZeroes = args.optionalOneOf('detect-zeroes', ['off', 'on', 'unmap']) ?? 'off';
  const { aio = 'threads', ...own } = readOwn(args, driver);
  args.done();
  const node = { ...NOTHING, driver, readonly: isReadonly, detectZeroes, cache: { direct, noFlush }, ...own };
  return { name, node, discard, forceShare, aio };
}

const NOTHING = { group: undefined, file: undefined, backing: undefined, source: '', size: 0n };

/** Whether the driver reads and writes an image itself, by its file name. */
export const isProtocol = (driver: string): boolean => driver === 'file' || driver === 'host_device';

const DRIVERS = ['file', 'host_device', 'null-co', 'qcow2', 'raw', 'throttle'] as const;
type Driver = (typeof DRIVERS)[number];

function readOwn(args: Arguments, driver: Driver): Partial<NewNode> & { readonly aio?: Aio } {
  switch (driver) {
    case 'throttle':
      return { group: args.string('throttle-group'), file: args.node('file') };
    case 'raw':
      return { file: args.node('file') };
    case 'qcow2':
      return { file: args.node('file'), backing: args.optionalNode('backing') };
    case 'file':
    case 'host_device': {
      const source = args.string('filename');
      args.optionalOneOf('locking', ['auto', 'on', 'off']);
      const aio = args.optionalOneOf('aio', ['threads', 'native', 'io_uring']) ?? 'threads';
      return { source, aio, size: IMAGE_SIZE };
    }
    case 'null-co': {
      const size = args.optionalInteger('size') ?? NULL_SIZE;
      args.optionalBoolean('read-zeroes');
      return { source: 'null-co://', size };
    }
  }
}

/** QEMU: block/null.c, bytes of a null node that was given no size. */
const NULL_SIZE = 1n << 30n;
