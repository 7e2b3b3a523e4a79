/** Groups and filters in libvirt's canonical form: limits in the table's order, what is not set left out, the name last. */

import { LIMITS, type LimitName } from '../limits/table';
import type { Layout } from './layout';
import { printLines, type Markup, type Quote } from './markup';

/** Values of some limits; absent is not set. */
export type SomeLimits = Readonly<Partial<Record<LimitName, bigint>>>;

/** How libvirt indents. */
export const LIBVIRT_LAYOUT: Layout = { lineBreak: '\n', step: '  ' };

/** A `<throttlegroup>`, one limit a line, as libvirt writes it; `indent` stands before every line but the first. */
export const formatGroup = (
  name: string,
  values: SomeLimits,
  layout: Layout = LIBVIRT_LAYOUT,
  indent = '',
): string => printLines(groupMarkup(name, values), layout, indent, "'");

/** A `<throttlefilters>` block; the first group is nearest to the image. */
export const formatFilters = (
  groups: readonly string[],
  layout: Layout = LIBVIRT_LAYOUT,
  indent = '',
  quote: Quote = "'",
): string => printLines(filtersMarkup(groups), layout, indent, quote);

/** A `<throttlegroups>` block with these groups, as libvirt writes it. */
export const formatGroups = (
  groups: readonly { readonly name: string; readonly limits: SomeLimits }[],
): string => {
  const inner = groups.map(({ name, limits }) => groupMarkup(name, limits));
  return printLines({ name: 'throttlegroups', inner }, LIBVIRT_LAYOUT, '', "'");
};

/** What a disk is limited by, beside the target that names it: for people, not to be pasted over a disk. */
export const formatDisk = (
  target: string,
  filters: readonly string[],
  iotune: { readonly limits: SomeLimits; readonly group: string | null } | null,
): string => {
  const limits =
    iotune === null
      ? []
      : [
          {
            name: 'iotune',
            inner: [
              ...limitMarkups(iotune.limits),
              ...(iotune.group === null ? [] : [{ name: 'group_name', inner: iotune.group }]),
            ],
          },
        ];
  const inner: Markup[] = [
    { name: 'target', attributes: [['dev', target]] },
    ...(filters.length === 0 ? [] : [filtersMarkup(filters)]),
    ...limits,
  ];
  return printLines({ name: 'disk', inner }, LIBVIRT_LAYOUT, '', "'");
};

export const groupMarkup = (name: string, values: SomeLimits): Markup => ({
  name: 'throttlegroup',
  inner: [...limitMarkups(values), { name: 'group_name', inner: name }],
});

/** One element for each limit that is set to something else than what QEMU takes for "not set". */
export const limitMarkups = (values: SomeLimits): Markup[] =>
  LIMITS.flatMap(field => {
    const value = values[field.xml];
    return value === undefined || value === BigInt(field.neutral) || value === 0n
      ? []
      : [limitMarkup(field.xml, value)];
  });

export const limitMarkup = (name: LimitName, value: bigint): Markup => ({ name, inner: value.toString() });

export const filtersMarkup = (groups: readonly string[]): Markup => ({
  name: 'throttlefilters',
  inner: groups.map(filterMarkup),
});

export const filterMarkup = (group: string): Markup => ({
  name: 'throttlefilter',
  attributes: [['group', group]],
});
