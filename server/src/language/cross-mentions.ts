/**
 * Numbers and names in a domain that refer to each other, beside throttle groups: iothreads, aliases, controllers and
 * guest NUMA cells, each where it gets its name and where that is used.
 */

import {
  attributeNamed,
  attributeValueSpan,
  controllerIndex,
  decimalOf,
  devicesNamed,
  elementAt,
  iothreadUses,
  iothreadsOf,
  keptWithDomain,
  numaCells,
  settingsAt,
  shifted,
} from '../engine';
import type { Analysis, Device, Domain, Piece, Placed, Span, XmlDocument } from '../engine';
import { touches } from './mentions';

export interface CrossMention {
  readonly kind: 'iothread' | 'alias' | 'controller' | 'numa-cell';
  /** Where it gets the name; where only a count makes it (`<iothreads>2</iothreads>`); or where it is used. */
  readonly role: 'naming' | 'count' | 'use';
  /** The same for a thing and its users: `2`, `ua-data`, `scsi 0`. */
  readonly name: string;
  /** Absolute place of the name. */
  readonly span: Span;
  /** The whole element that gets the name, or that the use stands in. */
  readonly element: Span;
}

/** The mention that the offset touches. */
export function crossMentionAt(analysis: Analysis, offset: number): CrossMention | undefined {
  const { domain, document } = analysis;
  const element = elementAt(document, offset) ?? elementAt(document, offset - 1);
  // Most places hold no such name, and the list of a large domain need not be made for them.
  if (domain === undefined || element === undefined || !HOLDERS.has(element.node.name)) return undefined;
  return mentionsIn(document, domain).find(mention => touches(mention.span, offset));
}

/** All mentions of the same thing: where it gets its name first. */
export function crossMentionsOf(analysis: Analysis, { kind, name }: CrossMention): readonly CrossMention[] {
  const { domain, document } = analysis;
  if (domain === undefined) return [];
  const same = mentionsIn(document, domain).filter(other => other.kind === kind && other.name === name);
  return [...same.filter(({ role }) => role !== 'use'), ...same.filter(({ role }) => role === 'use')];
}

const HOLDERS: ReadonlySet<string> = new Set([
  'iothread',
  'iothreads',
  'iothreadpin',
  'driver',
  'alias',
  'teaming',
  'qemu:device',
  'controller',
  'address',
  'cell',
  'memnode',
  'sibling',
  'node',
]);

function mentionsIn(document: XmlDocument, domain: Domain): readonly CrossMention[] {
  return [
    ...threadsAliasesAndCells(domain),
    ...devicesNamed(domain, 'controller').flatMap(controller => controllerNaming(controller)),
    ...domain.allDevices.flatMap(device => controllerUse(document, device)),
  ];
}

const threadsAliasesAndCells = keptWithDomain((domain): readonly CrossMention[] => [
  ...iothreads(domain),
  ...aliases(domain),
  ...cells(domain),
]);

/** A mention at a piece whose span is relative to `start`; none where the name is not known. */
function at(
  piece: Piece | undefined,
  start: number,
  facts: Pick<CrossMention, 'kind' | 'role'>,
  element?: Span,
): CrossMention[] {
  if (piece === undefined || piece.template || piece.value === '') return [];
  const number = decimalOf(piece.value);
  const name = facts.kind === 'alias' || number === undefined ? piece.value : String(number);
  const span = shifted(piece, start);
  return [{ ...facts, name, span, element: element === undefined ? span : shifted(element, start) }];
}

function iothreads(domain: Domain): CrossMention[] {
  const named = settingsAt(domain, 'iothreadids/iothread').flatMap(({ start, of }) =>
    at(of.attributes.get('id'), start, { kind: 'iothread', role: 'naming' }, of.span),
  );
  const uses = iothreadUses(domain).flatMap(({ piece, start }) =>
    at(piece, start, { kind: 'iothread', role: 'use' }),
  );
  // A scheduler names a list; one of a single thread is a name like others.
  const scheduled = settingsAt(domain, 'cputune/iothreadsched').flatMap(({ start, of }) => {
    const list = of.attributes.get('iothreads');
    return decimalOf(list?.value) === undefined ? [] : at(list, start, { kind: 'iothread', role: 'use' });
  });
  return [...named, ...uses, ...scheduled, ...countedThreads(domain, [...uses, ...scheduled])];
}

/** Threads that only the count makes stand at its number, as far as somebody names them. */
function countedThreads(domain: Domain, uses: readonly CrossMention[]): CrossMention[] {
  const [counter] = settingsAt(domain, 'iothreads');
  const text = counter?.of.text;
  if (counter === undefined || text === undefined) return [];
  const { byId } = iothreadsOf(domain);
  const names = new Set(uses.map(({ name }) => name));
  return [...names]
    .filter(name => byId.has(Number(name)) && byId.get(Number(name)) === undefined)
    .map(name => ({
      kind: 'iothread',
      role: 'count',
      name,
      span: shifted(text, counter.start),
      element: shifted(counter.of.span, counter.start),
    }));
}

function aliases(domain: Domain): CrossMention[] {
  const namings = domain.allDevices.flatMap(({ start, of }) =>
    at(of.alias, start, { kind: 'alias', role: 'naming' }, { start: 0, end: of.element.length }),
  );
  const teamed = domain.allDevices.flatMap(({ start, of }) =>
    at(of.teamedWith, start, { kind: 'alias', role: 'use' }),
  );
  const overrides = settingsAt(domain, 'qemu:override/qemu:device').flatMap(({ start, of }) =>
    at(of.attributes.get('alias'), start, { kind: 'alias', role: 'use' }),
  );
  return [...namings, ...teamed, ...overrides];
}

function cells(domain: Domain): CrossMention[] {
  const namings = numaCells(domain).flatMap(({ cell: { start, of } }) =>
    at(of.attributes.get('id'), start, { kind: 'numa-cell', role: 'naming' }, of.span),
  );
  const uses = USES_OF_CELLS.flatMap(([path, name]) =>
    settingsAt(domain, path).flatMap(({ start, of }) =>
      at(of.attributes.get(name), start, { kind: 'numa-cell', role: 'use' }),
    ),
  );
  const memory = devicesNamed(domain, 'memory').flatMap(({ start, of }) =>
    at(of.memoryNode, start, { kind: 'numa-cell', role: 'use' }),
  );
  return [...namings, ...uses, ...memory];
}

const USES_OF_CELLS = [
  ['numatune/memnode', 'cellid'],
  ['cpu/numa/cell/distances/sibling', 'id'],
] as const;

function controllerNaming({ start, of }: Placed<Device>): CrossMention[] {
  const index = of.controller?.index;
  const number = controllerIndex(of);
  if (index === undefined || number === undefined || of.type === undefined) return [];
  return [
    {
      kind: 'controller',
      role: 'naming',
      name: `${of.type} ${String(number)}`,
      span: shifted(index, start),
      element: { start, end: start + of.element.length },
    },
  ];
}

/** The attribute of a device's address that names its controller. */
function controllerUse(document: XmlDocument, { start, of }: Placed<Device>): CrossMention[] {
  const named = controllerOf(of);
  if (named === undefined || of.address === undefined) return [];
  const number = decimalOf(of.address.values[named.attribute]);
  const element = elementAt(document, start + of.address.span.start);
  const attribute = element === undefined ? undefined : attributeNamed(element.node, named.attribute);
  if (number === undefined || element === undefined || attribute === undefined) return [];
  const span = attributeValueSpan(element, attribute);
  return [{ kind: 'controller', role: 'use', name: `${named.type} ${String(number)}`, span, element: span }];
}

function controllerOf(
  device: Device,
): { readonly type: string; readonly attribute: 'controller' | 'bus' } | undefined {
  switch (device.address?.type) {
    case 'drive': {
      const type = device.element.name === 'disk' ? device.bus : 'scsi';
      return type === undefined ? undefined : { type, attribute: 'controller' };
    }
    case 'virtio-serial':
    case 'ccid':
      return { type: device.address.type, attribute: 'controller' };
    case 'usb':
      return { type: 'usb', attribute: 'bus' };
    case undefined:
    default:
      return undefined;
  }
}
