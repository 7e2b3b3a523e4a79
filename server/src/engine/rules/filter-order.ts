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
    let groups: ReadonlyMap<string, Placed<Group>> | undefined;
    for (const disk of domain.disks) {
      if (disk.of.filters.length < 2) continue;
      groups ??= groupsByName(domain);
      const chain = ratesOfChain(disk.of, groups);
      const low = chain?.findIndex((_, index) => isTightBelow(chain, index)) ?? -1;
      const filter = disk.of.filters[low];
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

/** The first of a name, as libvirt finds it. */
function groupsByName(domain: Domain): ReadonlyMap<string, Placed<Group>> {
  const groups = new Map<string, Placed<Group>>();
  for (const group of domain.groups) {
    const name = group.of.name?.value;
    if (name !== undefined && !groups.has(name)) groups.set(name, group);
  }
  return groups;
}

type Rates = ReadonlyMap<RateName, bigint>;
type RateName = (typeof RATES)[number]['xml'];
const RATES = LIMITS.filter(field => field.kind === 'rate');

/** The rates of each filter, lowest first; undefined where one is not known. */
function ratesOfChain(disk: Disk, groups: ReadonlyMap<string, Placed<Group>>): Rates[] | undefined {
  const chain: Rates[] = [];
  for (const { group } of disk.filters) {
    const found = group === undefined || group.template ? undefined : groups.get(group.value);
    const rates = found === undefined ? undefined : ratesOf(found.of);
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
  const rates = new Map(RATES.flatMap(({ xml }) => (values[xml] > 0n ? [[xml, values[xml]] as const] : [])));
  keptRates.set(group, rates);
  return rates;
}

/** Tighter in some kind of rate than all filters above, while none of those is tighter in another kind. */
function isTightBelow(chain: readonly Rates[], index: number): boolean {
  const own = chain[index];
  const above = chain.slice(index + 1);
  if (own === undefined || above.length === 0) return false;
  const tighter = [...own].some(([kind, rate]) => above.every(rates => rate < boundOf(rates, kind)));
  return tighter && !above.some(rates => [...rates].some(([kind, rate]) => rate < boundOf(own, kind)));
}

/**
 * What a filter's rates let through of one kind, as a number greater than any rate where it is not limited: reads
 * are limited by a total too, and a total by reads and writes together.
 */
function boundOf(rates: Rates, kind: RateName): bigint {
  const own = rates.get(kind);
  if (own !== undefined) return own;
  const field = RATES.find(candidate => candidate.xml === kind);
  const of = (direction: LimitDirection): bigint => {
    const other = RATES.find(rate => rate.resource === field?.resource && rate.direction === direction);
    return (other && rates.get(other.xml)) ?? UNLIMITED;
  };
  return field?.direction === 'total' ? of('read') + of('write') : of('total');
}

const UNLIMITED = 1n << 64n;

function movedToTop(scene: FixScene, disk: Placed<Disk>, filter: Filter): Fix[] {
  const element = elementAt(scene.document, disk.start + filter.nameSpan.start);
  const top = disk.of.filters.at(-1);
  const block = top && elementAt(scene.document, disk.start + top.nameSpan.start)?.parent;
  if (element === undefined || block === undefined) return [];
  const edits = moveElement(scene.source, element, block, LAST);
  return [{ title: `Put '${filter.group?.value ?? ''}' on top of the chain`, safe: true, edits }];
}
