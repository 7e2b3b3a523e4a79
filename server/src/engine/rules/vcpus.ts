/** What the rules about the number of vCPUs have in common. */

import { settingsAt } from '../domain/cross-references';
import { runByQemu, type Domain, type Placed } from '../domain/model';
import { decimalOf, numberSet } from '../domain/numbers';
import type { Setting } from '../domain/setting';
import { setAttribute } from '../edit/attributes';
import { replaceInner } from '../edit/elements';
import { shifted, type Span, type TextEdit } from '../text';
import { childElements, elementAt } from '../xml/navigate';
import type { Fix, FixScene } from './rule';

export const vcpuWords = (count: number): string => counted(count, 'vCPU');

export const counted = (count: number, one: string): string =>
  `${String(count)} ${one}${count === 1 ? '' : 's'}`;

/** The `<topology>` of a domain's CPU. */
export interface Topology {
  readonly setting: Placed<Setting>;
  readonly sockets: number;
  /** All factors multiplied. */
  readonly product: number;
  /** "2 sockets × 4 cores × 1 thread". */
  readonly words: string;
}

/** Undefined where there is none, or where not all factors that libvirt asks for are there and numbers. */
export function topologyOf(domain: Domain): Topology | undefined {
  const [setting] = settingsAt(domain, 'cpu/topology');
  if (setting === undefined) return undefined;
  let product = 1;
  const words: string[] = [];
  for (const [name, one, needed] of FACTORS) {
    const piece = setting.of.attributes.get(name);
    if (piece === undefined && !needed) continue;
    const factor = decimalOf(piece?.value);
    if (factor === undefined || factor === 0) return undefined;
    product *= factor;
    words.push(counted(factor, one));
  }
  const sockets = decimalOf(setting.of.attributes.get('sockets')?.value) ?? 1;
  return { setting, sockets, product, words: words.join(' × ') };
}

/** Those that must be there, and those that are 1 where they are not (virCPUDefParseXML; measured with 11.3 and 12.8). */
const FACTORS = [
  ['sockets', 'socket', true],
  ['dies', 'die', false],
  ['clusters', 'cluster', false],
  ['cores', 'core', true],
  ['threads', 'thread', true],
] as const;

/** Sets the number in `<vcpu>`, and the sockets by it; a domain without the element is left to its author. */
export function giveVcpus(scene: FixScene, count: number): Fix[] {
  const { domain, source } = scene;
  if (domain === undefined) return [];
  const root = { node: domain.element, start: domain.start, parent: undefined };
  const vcpu = childElements(root, 'vcpu')[0];
  if (vcpu === undefined) return [];
  const edits = replaceInner(source, vcpu, String(count));
  const title = `Give the domain ${vcpuWords(count)}`;
  const topology = runByQemu(domain) ? topologyOf(domain) : undefined;
  if (topology === undefined || topology.product === count) return [{ title, safe: false, edits }];
  return changedSockets(scene, topology, count).map(({ sockets, edits: more }) => ({
    title: `${title} in ${counted(sockets, 'socket')}`,
    safe: false,
    edits: [...edits, ...more],
  }));
}

/** As many sockets as make so many vCPUs; none where no number of them does. */
export function giveSockets(scene: FixScene, topology: Topology, count: number): Fix[] {
  return changedSockets(scene, topology, count).map(({ sockets, edits }) => ({
    title: `Make it ${counted(sockets, 'socket')}`,
    safe: false,
    edits,
  }));
}

function changedSockets(
  { source, document }: FixScene,
  { setting, sockets, product }: Topology,
  count: number,
): readonly { readonly sockets: number; readonly edits: readonly TextEdit[] }[] {
  const wanted = count / (product / sockets);
  const element = elementAt(document, setting.start + setting.of.nameSpan.start);
  if (!Number.isInteger(wanted) || wanted < 1 || element === undefined) return [];
  return [{ sockets: wanted, edits: setAttribute(source, element, 'sockets', String(wanted)) }];
}

/** A place that gives vCPUs by their numbers. */
export interface VcpuNames {
  /** A line about one vCPU, a pin of one, or a list of them. */
  readonly kind: 'line' | 'pin' | 'list';
  /** The highest number in it. */
  readonly highest: number;
  /** Absolute. */
  readonly span: Span;
}

/** All of them but `current` of `<vcpu>`, which gives a count. */
export const vcpuNames = (domain: Domain): readonly VcpuNames[] =>
  PLACES.flatMap(([path, attribute, kind]) =>
    settingsAt(domain, path).flatMap(({ start, of }) => {
      const piece = of.attributes.get(attribute);
      const highest = piece && (kind === 'list' ? highestOf(piece.value) : decimalOf(piece.value));
      return highest === undefined || piece === undefined
        ? []
        : [{ kind, highest, span: shifted(piece, start) }];
    }),
  );

const PLACES = [
  ['vcpus/vcpu', 'id', 'line'],
  ['cputune/vcpupin', 'vcpu', 'pin'],
  ['cputune/vcpusched', 'vcpus', 'list'],
  ['cpu/numa/cell', 'cpus', 'list'],
] as const;

function highestOf(list: string): number | undefined {
  const numbers = numberSet(list);
  return numbers === undefined || numbers.size === 0 ? undefined : Math.max(...numbers);
}

/** The highest number that the domain gives a vCPU anywhere, or -1. */
export function highestVcpu(domain: Domain): number {
  const [vcpu] = settingsAt(domain, 'vcpu');
  const current = decimalOf(vcpu?.of.attributes.get('current')?.value) ?? 0;
  return Math.max(current - 1, ...vcpuNames(domain).map(({ highest }) => highest));
}
