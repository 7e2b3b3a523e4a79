/**
 * Groups and filters as text, in libvirt's own order (virDomainThrottleGroupFormat, libvirt 11.3): rates, bursts,
 * request size, burst lengths, and the name last; what is not set is left out.
 */

import type { GivenLimits } from '../limits/qemu';
import { LIMITS } from '../limits/table';
import { encodeAttribute, encodeText } from '../xml/entities';

/** One level deeper, as libvirt indents. */
const LEVEL = '  ';

/**
 * A `<throttlegroup>` element over several lines, joined by `\n`, without a line break behind it.
 * Every line begins with `indent`. Zeroes and burst lengths of 1 are left out: they are what absence means.
 */
export function formatGroup(name: string, values: GivenLimits, indent = ''): string {
  const lines = LIMITS.flatMap(field => {
    const value = values[field.xml] ?? 0n;
    const absent = value === 0n || value === BigInt(field.neutral);
    return absent ? [] : [`${LEVEL}<${field.xml}>${String(value)}</${field.xml}>`];
  });
  return joined(indent, [
    '<throttlegroup>',
    ...lines,
    `${LEVEL}<group_name>${encodeText(name)}</group_name>`,
    '</throttlegroup>',
  ]);
}

/** A `<throttlegroups>` element with these groups. */
export function formatGroups(
  groups: readonly { readonly name: string; readonly limits: GivenLimits }[],
  indent = '',
): string {
  if (groups.length === 0) return `${indent}<throttlegroups/>`;
  const inner = groups.map(({ name, limits }) => formatGroup(name, limits, indent + LEVEL));
  return [`${indent}<throttlegroups>`, ...inner, `${indent}</throttlegroups>`].join('\n');
}

/** A `<throttlefilters>` element; the first name is nearest to the image, the last on top. */
export function formatFilters(names: readonly string[], indent = ''): string {
  if (names.length === 0) return `${indent}<throttlefilters/>`;
  const filters = names.map(name => `${LEVEL}${formatFilter(name)}`);
  return joined(indent, ['<throttlefilters>', ...filters, '</throttlefilters>']);
}

export const formatFilter = (name: string): string =>
  `<throttlefilter group='${encodeAttribute(name, "'")}'/>`;

const joined = (indent: string, lines: readonly string[]): string =>
  lines.map(line => indent + line).join('\n');
