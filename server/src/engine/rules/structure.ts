/**
 * What stands where in and around the throttle elements, without any schema: the common walk of the structure rules.
 *
 * Source of the grammar: libvirt 11.3's domaincommon.rng (throttlegroups, throttlefilters, diskIoTune, iotune);
 * libvirt itself drops silently what does not fit, so it is always the schema alone that refuses these.
 * Elements of other namespaces and `<metadata>` are left alone, but inside the throttle elements nothing foreign
 * is allowed.
 */

import { LIMITS, limitNamed } from '../limits/table';
import type { Domain } from '../domain/model';
import { holdsTemplate } from '../domain/template';
import type { SourceText, Span } from '../text';
import { shifted, span } from '../text';
import { decodeEntities } from '../xml/entities';
import type { XmlAttribute, XmlElement, XmlNode } from '../xml/tree';
import { nearestName } from './nearest';

export type StructureKind =
  'element-unknown' | 'element-misplaced' | 'element-repeated' | 'attribute-unknown' | 'text-not-allowed';

export interface StructureFault {
  readonly kind: StructureKind;
  /** The faulty name or text. */
  readonly span: Span;
  /** Name of the faulty element or attribute; '' for text. */
  readonly name: string;
  /** Name of the element that holds it. */
  readonly holder: string;
  /** What was most likely meant by an unknown name. */
  readonly meant?: string;
  /** The place of the first one, where one is repeated. */
  readonly first?: Span;
}

/** All structure faults of a domain, absolute, in document order. Unchanged parts are not walked again. */
export function structureFaults(domain: Domain, source: SourceText): readonly StructureFault[] {
  const faults = faultsWithin({ element: domain.element, start: domain.start, depth: 0 }, source.text);
  return moved(faults, domain.start);
}

/** Where each of our elements belongs: the names of the elements that may hold it. */
export function homesOf(name: string): readonly string[] {
  return HOMES.get(name) ?? (limitNamed(name) === undefined ? [] : LIMIT_HOMES);
}

const LIMIT_HOMES: readonly string[] = ['throttlegroup', 'iotune'];
const HOMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['throttlegroups', ['domain']],
  ['throttlegroup', ['throttlegroups']],
  ['group_name', LIMIT_HOMES],
  ['throttlefilters', ['disk']],
  ['throttlefilter', ['throttlefilters']],
  ['iotune', ['disk']],
]);

const LIMIT_CHILDREN: readonly string[] = ['group_name', ...LIMITS.map(field => field.xml)];
/** What the throttle elements may hold. */
const CHILDREN: ReadonlyMap<string, readonly string[]> = new Map([
  ['throttlegroups', ['throttlegroup']],
  ['throttlegroup', LIMIT_CHILDREN],
  ['iotune', LIMIT_CHILDREN],
  ['group_name', []],
  ['throttlefilters', ['throttlefilter']],
  ['throttlefilter', []],
]);
const ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([['throttlefilter', ['group']]]);
/** At most one of them in each holder; repeated limits are the rule limit-repeated's. */
const ONCE: ReadonlySet<string> = new Set(['throttlegroups', 'throttlefilters', 'iotune', 'group_name']);
/** In these holders, whose other children this walk does not know, a name close to one of ours is a slip of it. */
const CONTAINERS_OF: ReadonlyMap<string, readonly string[]> = new Map([
  ['domain', ['throttlegroups', 'throttlegroup']],
  ['disk', ['throttlefilters', 'throttlefilter', 'iotune']],
]);

/** Which of ours a child of `domain` or `disk` is a slip of. The same few names come thousands of times. */
function slipIn(holder: string, name: string): string | undefined {
  const candidates = CONTAINERS_OF.get(holder);
  const slips = SLIPS_IN.get(holder);
  if (candidates === undefined || slips === undefined) return undefined;
  const known = slips.get(name);
  if (known !== undefined) return known === '' ? undefined : known;
  const meant = nearestName(name, candidates);
  if (slips.size < MOST_SLIPS) slips.set(name, meant ?? '');
  return meant;
}

/** By holder, then by name; '' is no slip. A hostile document must not fill it without end. */
const SLIPS_IN: ReadonlyMap<string, Map<string, string>> = new Map(
  [...CONTAINERS_OF.keys()].map(holder => [holder, new Map<string, string>()]),
);
const MOST_SLIPS = 5000;

/** Faults of elements down to here are kept with the element: domain, its children, and those of `<devices>`. */
const KEPT_DEPTH = 2;
/** Nothing of libvirt's nests deeper; keeps the walk off the stack's end. */
const DEEPEST = 64;

interface Visit {
  readonly element: XmlElement;
  /** Absolute. */
  readonly start: number;
  readonly depth: number;
}

const kept = new WeakMap<XmlElement, readonly StructureFault[]>();
const NONE: readonly StructureFault[] = [];

/** The faults in an element's content and attributes, relative to its start. */
function faultsWithin(visit: Visit, text: string): readonly StructureFault[] {
  const isKept = visit.depth <= KEPT_DEPTH;
  const known = isKept ? kept.get(visit.element) : undefined;
  if (known !== undefined) return known;
  const faults: StructureFault[] = [];
  attributeFaults(visit.element, faults);
  // An element that is not well-formed tells of that; what seems to stand in it may stand behind it in truth.
  if (visit.element.problems.length === 0) contentFaults(visit, { text, faults, firsts: undefined });
  const result = faults.length === 0 ? NONE : faults;
  if (isKept) kept.set(visit.element, result);
  return result;
}

function contentFaults(visit: Visit, collected: Collected): void {
  const { element } = visit;
  // What a limit holds is judged by limit-not-a-number.
  if (visit.depth > DEEPEST || limitNamed(element.name) !== undefined) return;
  const ours = CHILDREN.has(element.name);
  for (let index = 0; index < element.children.length; index++) {
    const child = element.children[index];
    if (child === undefined) continue;
    const at = element.childStarts[index] ?? 0;
    if (child.kind === 'element') elementFaults(visit, child, at, collected);
    else if (ours) textFault(visit, child, at, collected);
  }
}

/** Of the content of one element. */
interface Collected {
  readonly text: string;
  readonly faults: StructureFault[];
  /** The first ones of those that may stand there once, by name; nearly no element holds any. */
  firsts: Map<string, Span> | undefined;
}

function elementFaults(visit: Visit, child: XmlElement, at: number, collected: Collected): void {
  const { text, faults } = collected;
  const holder = visit.element.name;
  const fault = placeFault(holder, child, at);
  if (fault !== undefined) {
    faults.push(fault);
    return;
  }
  if (isForeign(child) || child.name === 'metadata') return;
  if (ONCE.has(child.name)) {
    const firsts = (collected.firsts ??= new Map<string, Span>());
    const first = firsts.get(child.name);
    if (first === undefined) firsts.set(child.name, nameAt(child, at));
    else faults.push({ kind: 'element-repeated', span: nameAt(child, at), name: child.name, holder, first });
  }
  const inside = faultsWithin({ element: child, start: visit.start + at, depth: visit.depth + 1 }, text);
  for (const found of moved(inside, at)) faults.push(found);
}

/** Whether a child may stand in this holder at all. */
function placeFault(holder: string, child: XmlElement, at: number): StructureFault | undefined {
  // A lone `<` and a half-typed name are told of by xml-syntax.
  if (child.name === '') return undefined;
  const allowed = CHILDREN.get(holder);
  if (isForeign(child)) {
    if (allowed === undefined) return undefined;
    return { kind: 'element-unknown', span: nameAt(child, at), name: child.name, holder };
  }
  const homes = homesOf(child.name);
  if (homes.length > 0) {
    if (homes.includes(holder) || isBlkioLimit(holder, child.name)) return undefined;
    return { kind: 'element-misplaced', span: nameAt(child, at), name: child.name, holder };
  }
  if (child.problems.length > 0) return undefined;
  const meant = allowed === undefined ? slipIn(holder, child.name) : nearestName(child.name, allowed);
  if (allowed === undefined && meant === undefined) return undefined;
  const fault = { kind: 'element-unknown', span: nameAt(child, at), name: child.name, holder } as const;
  return meant === undefined ? fault : { ...fault, meant };
}

/** `<blkiotune><device>` has limits of the same names that have nothing to do with throttling in QEMU. */
const isBlkioLimit = (holder: string, name: string): boolean =>
  holder === 'device' && limitNamed(name)?.kind === 'rate' && limitNamed(name)?.direction !== 'total';

function textFault(visit: Visit, child: XmlNode, at: number, { text, faults }: Collected): void {
  if (visit.element.name === 'group_name' || (child.kind !== 'text' && child.kind !== 'cdata')) return;
  const start = visit.start + at;
  const raw = text.slice(start, start + child.length);
  const content = child.kind === 'cdata' ? raw.slice(9, child.closed ? -3 : undefined) : decodeEntities(raw);
  if (isBlank(content) || holdsTemplate(raw)) return;
  const from = child.kind === 'cdata' ? 0 : raw.search(/[^ \t\r\n]/);
  const to = child.kind === 'cdata' ? raw.length : raw.replace(/[ \t\r\n]+$/, '').length;
  faults.push({
    kind: 'text-not-allowed',
    span: span(at + from, at + to),
    name: '',
    holder: visit.element.name,
  });
}

/** The schema's blanks are XML's four; a no-break space is text. */
const isBlank = (content: string): boolean => !/[^ \t\r\n]/.test(content);

/** Attributes of our elements that are not theirs. Namespace declarations are no attributes to the schema. */
function attributeFaults(element: XmlElement, faults: StructureFault[]): void {
  if (!CHILDREN.has(element.name) && limitNamed(element.name) === undefined) return;
  const allowed = ATTRIBUTES.get(element.name) ?? [];
  for (const attribute of element.attributes) {
    if (allowed.includes(attribute.name) || !isWellFormed(attribute)) continue;
    const place = span(attribute.nameStart, attribute.nameEnd);
    const fault = {
      kind: 'attribute-unknown',
      span: place,
      name: attribute.name,
      holder: element.name,
    } as const;
    const meant = nearestName(attribute.name, allowed);
    faults.push(meant === undefined ? fault : { ...fault, meant });
  }
}

const isWellFormed = ({ name, valueStart }: XmlAttribute): boolean =>
  valueStart >= 0 &&
  /^[\p{L}_][\p{L}\p{N}_.:-]*$/u.test(name) &&
  name !== 'xmlns' &&
  !name.startsWith('xmlns:');

/** Of another namespace, by its prefix or by a default namespace of its own. */
const isForeign = (element: XmlElement): boolean =>
  element.name.includes(':') ||
  element.attributes.some(
    attribute => attribute.name === 'xmlns' && attribute.valueEnd > attribute.valueStart,
  );

const nameAt = (element: XmlElement, at: number): Span => span(at + 1, at + 1 + element.name.length);

function moved(faults: readonly StructureFault[], by: number): readonly StructureFault[] {
  if (faults.length === 0) return NONE;
  return faults.map(fault => {
    const there = { ...fault, span: shifted(fault.span, by) };
    return fault.first === undefined ? there : { ...there, first: shifted(fault.first, by) };
  });
}
