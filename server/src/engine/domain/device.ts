/** What is known of any device: the names and numbers by which devices, controllers and threads refer to each other. */

import type { Span } from '../text';
import type { XmlElement } from '../xml/tree';
import type { Piece } from './model';

/** A child element of `<devices>`, disks too. Spans relative to the element's start. */
export interface Device {
  readonly element: XmlElement;
  readonly nameSpan: Span;
  /** Attribute `type`, as it stands. */
  readonly type: string | undefined;
  /** Attribute `bus` of `<input>`, `<hub>` and `<redirdev>`, `bus` of `<target>` of a disk. */
  readonly bus: string | undefined;
  /** Attribute `model`, else `type` or `name` of a `<model>` child. */
  readonly model: string | undefined;
  /** `<alias name=''>`. */
  readonly alias: Piece | undefined;
  /** `<boot order=''>`. */
  readonly bootOrder: Piece | undefined;
  /** The device's place on the guest's buses: its own `<address>`, not that of its `<source>`. */
  readonly address: DeviceAddress | undefined;
  /** `<driver iothread=''>`. */
  readonly iothread: Piece | undefined;
  readonly queueMapping: QueueMapping | undefined;
  readonly target: DeviceTarget | undefined;
  readonly controller: ControllerFacts | undefined;
  /** What of the host is handed over, for `<hostdev>` and `<interface type='hostdev'>`. */
  readonly hostDevice: HostDevice | undefined;
  /** Guest memory is shared with another process: vhost-user and virtiofs. The word that libvirt refuses it with. */
  readonly sharesMemory: 'interface' | 'virtiofs' | 'vhostuser' | undefined;
  /** `<node>` in the `<target>` of a `<memory>` device: the NUMA cell it belongs to. */
  readonly memoryNode: Piece | undefined;
  /** `persistent` of `<teaming>`: the alias of the interface that stands in for this one. */
  readonly teamedWith: Piece | undefined;
}

/** An `<address>` of a device: its attributes by name, decoded. */
export interface DeviceAddress {
  readonly type: string;
  readonly span: Span;
  readonly values: Readonly<Partial<Record<string, string>>>;
  /** Some attribute holds template text. */
  readonly template: boolean;
}

/** The attributes of `<target>` by which devices are told apart. */
export interface DeviceTarget {
  readonly span: Span;
  readonly type: Piece | undefined;
  /** `dev` of a disk. */
  readonly dev: Piece | undefined;
  /** `name` of a channel. */
  readonly name: Piece | undefined;
  readonly port: Piece | undefined;
}

export interface ControllerFacts {
  readonly index: Piece | undefined;
  readonly ports: Piece | undefined;
  /** Holds a `<master>`: a companion of a USB 2 controller, which shares its index. */
  readonly companion: boolean;
}

/** `<driver><iothreads>` of a disk or controller: which iothread serves which of its queues. */
export interface QueueMapping {
  readonly nameSpan: Span;
  /** `queues` of the `<driver>`. */
  readonly queues: Piece | undefined;
  readonly threads: readonly MappedThread[];
}

export interface MappedThread {
  readonly span: Span;
  readonly nameSpan: Span;
  readonly id: Piece | undefined;
  /** `id` of each `<queue>` in it. */
  readonly queues: readonly Piece[];
}

/** What of the host is handed over: equal keys are the same thing to libvirt (virDomainHostdevMatch). */
export interface HostDevice {
  readonly key: string;
  readonly span: Span;
  readonly template: boolean;
}
