import type { Disk, Domain, Filter, Group, Placed } from '../domain/model';
import { LAST, moveElement } from '../edit/elements';
import { effectiveValues } from '../limits/values';
import { LIMITS, type LimitDirection } from '../limits/table';
import { shifted } from '../text';
import { elementAt } from '../xml/navigate';
import { defineRule, type Fix, type FixScene } from './rule';

export const filterOrder = defineRule({
  id: 'filter-order',
  may: { information: [null] },
  scope: 'domain',
  summary: 'The tightest filter of a chain should be the last.',
  explain: `The first \`<throttlefilter>\` is the one nearest to the image, the last is on top, next to the device. The limits in force do not depend on the order, but how the VM behaves does: where a lower filter holds requests back for long, QEMU 10 and 11 can freeze on \`stop\` and \`quit\`, and when the chain is changed, until that backlog is through. Eight seconds were measured with 2 IOPS below and 16 requests waiting; with the same filter on top, a millisecond.

Better not:
\`\`\`xml
<throttlefilters>
  <throttlefilter group='slow'/>   <!-- 10 IOPS -->
  <throttlefilter group='tenant'/> <!-- 1000 IOPS, shared -->
</throttlefilters>
\`\`\`
Better:
\`\`\`xml
<throttlefilters>
  <throttlefilter group='tenant'/>
  <throttlefilter group='slow'/>
</throttlefilters>
\`\`\``,
  check({ domain, runByQemu, qemu }, report) {
    // Measured with 7.2, 10.0 and 11.1: the first does not freeze. Releases between are taken to.
    if (!runByQemu || (qemu !== undefined && qemu.major <= 7)) return;
    let groups: Groups | undefined;
    for (const disk of domain.disks) {
      if (disk.of.filters.length < 2) continue;
      groups ??= follow(ratesByName(domain));
      const filter = disk.of.filters[tightestBelow(disk.of, groups)];
      if (filter?.group === undefined) continue;
      report({
        span: shifted(filter.group, disk.start),
        severity: 'information',
        refusedBy: null,
        message: `'${filter.group.value}' is tighter than every filter above it. The limit is the same in any order, but QEMU can freeze on stop and quit while a lower filter holds requests back: put the tightest filter last.`,
        fixes: scene => movedToTop(scene, disk, filter),
      });
    }
  },
});

/** The rates of each group by its name: the first of a name, as libvirt finds it. Without those that are not known. */
function ratesByName(domain: Domain): Groups {
  const seen = new Set<string>();
  const rates = new Map<string, Rates>();
  for (const { of: group } of domain.groups) {
    if (group.name === undefined || group.name.template || seen.has(group.name.value)) continue;
    seen.add(group.name.value);
    const known = ratesOf(group);
    if (known !== undefined) rates.set(group.name.value, known);
  }
  return rates;
}

type Groups = ReadonlyMap<string, Rates>;

/** The rates of a group by their place in RATES. */
interface Rates {
  /** As set; UNLIMITED where not. */
  readonly set: readonly bigint[];
  /** What is let through of each kind: reads are limited by a total too, a total by reads and writes together. */
  readonly bounds: readonly bigint[];
}

const RATES = LIMITS.filter(field => field.kind === 'rate');
/** Greater than any rate that can be written. */
const UNLIMITED = 1n << 64n;

/** The rates of each filter, lowest first; undefined where one is not known. */
function ratesOfChain(disk: Disk, groups: Groups): Rates[] | undefined {
  const chain: Rates[] = [];
  for (const { group } of disk.filters) {
    const rates = group === undefined || group.template ? undefined : groups.get(group.value);
    if (rates === undefined) return undefined;
    chain.push(rates);
  }
  return chain;
}

const keptRates = new WeakMap<Group, Rates>();

function ratesOf(group: Group): Rates | undefined {
  const known = keptRates.get(group);
  if (known !== undefined) return known;
  const values = effectiveValues(group.limits);
  if (values === undefined) return undefined;
  const set = RATES.map(({ xml }) => (values[xml] > 0n ? values[xml] : UNLIMITED));
  const rates = { set, bounds: RATES.map((_, kind) => boundOf(set, kind)) };
  keptRates.set(group, rates);
  return rates;
}

function boundOf(set: readonly bigint[], kind: number): bigint {
  const own = set[kind] ?? UNLIMITED;
  if (own !== UNLIMITED) return own;
  const field = RATES[kind];
  const of = (direction: LimitDirection): bigint => {
    const other = RATES.findIndex(rate => rate.resource === field?.resource && rate.direction === direction);
    return set[other] ?? UNLIMITED;
  };
  return field?.direction === 'total' ? of('read') + of('write') : of('total');
}

/** The place of the filter that should be on top, or -1. Kept with the disk while the groups of its chain stay the same. */
function tightestBelow(disk: Disk, groups: Groups): number {
  const known = keptPlaces.get(disk);
  if (known !== undefined && isStillTrue(known, disk)) {
    known.change = changes;
    return known.low;
  }
  const low = lowestTight(ratesOfChain(disk, groups) ?? []);
  keptPlaces.set(disk, { low, change: changes });
  return low;
}

/** Made since the last change of groups, or before it from groups that it did not touch. */
const isStillTrue = ({ change }: KeptPlace, { filters }: Disk): boolean =>
  change === changes ||
  (change === changes - 1 && !filters.some(({ group }) => group !== undefined && changed.has(group.value)));

interface KeptPlace {
  readonly low: number;
  /** The change of groups that it was last seen to hold after. */
  change: number;
}

const keptPlaces = new WeakMap<Disk, KeptPlace>();

/** Counts changes of groups from one check to the next; the last one and what it touched. */
let changes = 0;
let changed: ReadonlySet<string> = new Set();
let latest: Groups = new Map();

/** A keystroke in a group must not cost a look at the chains of all disks. */
function follow(groups: Groups): Groups {
  const names = new Set([...latest.keys()].filter(name => !groups.has(name)));
  for (const [name, rates] of groups) if (latest.get(name) !== rates) names.add(name);
  if (names.size === 0) return latest;
  changes++;
  changed = names;
  latest = groups;
  return groups;
}

/**
 * The lowest filter that is tighter in some kind of rate than all filters above it, while none of those is tighter
 * in another kind. Walks down once, with the least of what stands above.
 */
function lowestTight(chain: readonly Rates[]): number {
  const top = chain.at(-1);
  if (top === undefined) return -1;
  let low = -1;
  let leastSet = top.set;
  let leastBounds = top.bounds;
  for (let index = chain.length - 2; index >= 0; index--) {
    const own = chain[index];
    if (own === undefined) continue;
    const tighter = own.set.some((rate, kind) => isBelow(rate, leastBounds[kind]));
    const looser = leastSet.some((rate, kind) => isBelow(rate, own.bounds[kind]));
    if (tighter && !looser) low = index;
    leastSet = least(leastSet, own.set);
    leastBounds = least(leastBounds, own.bounds);
  }
  return low;
}

const isBelow = (rate: bigint, bound: bigint | undefined): boolean =>
  rate !== UNLIMITED && bound !== undefined && rate < bound;

const least = (a: readonly bigint[], b: readonly bigint[]): bigint[] =>
  a.map((rate, kind) => {
    const other = b[kind] ?? UNLIMITED;
    return rate < other ? rate : other;
  });

function movedToTop(scene: FixScene, disk: Placed<Disk>, filter: Filter): Fix[] {
  const element = elementAt(scene.document, disk.start + filter.nameSpan.start);
  const top = disk.of.filters.at(-1);
  const block = top && elementAt(scene.document, disk.start + top.nameSpan.start)?.parent;
  if (element === undefined || block === undefined) return [];
  const edits = moveElement(scene.source, element, block, LAST);
  return [{ title: `Put '${filter.group?.value ?? ''}' on top of the chain`, safe: true, edits }];
}
